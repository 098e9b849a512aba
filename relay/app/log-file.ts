/** The log's file: relay.log in the data directory, 0600. A disk that is full or gone costs log lines, never the relay. */
import { lstatSync, renameSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { createLog, type Log, type LogLevel } from '../log.ts';

const LOG_FILE = 'relay.log';
/** A log that has grown beyond this makes room for a new one, also while the relay runs; one former is kept. */
const MOST_LOG_BYTES = 5_000_000;
/** Upper bound of bytes that wait for a disk; more are dropped. */
const MOST_WAITING_BYTES = 1_000_000;

export type LogFile = { readonly log: Log; close(): void };

/** A link to another file, or another name of one: nothing is written into that. */
function standAlone(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found && (found.isSymbolicLink() || found.nlink > 1)) unlinkSync(file);
}

export function openLogFile(home: string, level: LogLevel, mostBytes = MOST_LOG_BYTES): LogFile {
  const file = path.join(home, LOG_FILE);
  standAlone(file);
  makeRoom(file, mostBytes);
  const destination = pino.destination({ dest: file, mode: 0o600, sync: true, maxLength: MOST_WAITING_BYTES });
  // Lines that could not be written are written with the next one that can; there is nowhere else to say so.
  destination.on('error', () => undefined);
  let left = mostBytes - sizeOf(file);
  const write = (line: string): void => {
    destination.write(line);
    left -= Buffer.byteLength(line);
    if (left >= 0) return;
    left = mostBytes;
    if (makeRoom(file, mostBytes)) destination.reopen();
  };
  const log = createLog(level, { write });
  return {
    log,
    close: () => {
      // A library's last words may come later than the file's end.
      log.level = 'silent';
      destination.end();
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** True if the file has gone to the side. A disk that refuses keeps the one that there is. */
function makeRoom(file: string, mostBytes: number): boolean {
  try {
    if (sizeOf(file) <= mostBytes) return false;
    renameSync(file, `${file}.1`);
    return true;
  } catch {
    // Somebody has taken the directory away, or it cannot be written: logging goes on as it can.
    return false;
  }
}
