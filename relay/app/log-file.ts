/** The log's file: relay.log in the data directory, 0600. A disk that is full or gone costs log lines, never the relay. */
import { lstatSync, renameSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { createLog, type Log, type LogLevel } from '../log.ts';

const LOG_FILE = 'relay.log';
/** A log that has grown beyond this when the relay starts makes room for a new one; one former is kept. */
const MOST_LOG_BYTES = 5_000_000;
/** Upper bound of bytes that wait for a disk; more are dropped. */
const MOST_WAITING_BYTES = 1_000_000;

export type LogFile = { readonly log: Log; close(): void };

/** A link to another file, or another name of one: nothing is written into that. */
function standAlone(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found && (found.isSymbolicLink() || found.nlink > 1)) unlinkSync(file);
}

export function openLogFile(home: string, level: LogLevel): LogFile {
  const file = path.join(home, LOG_FILE);
  standAlone(file);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_LOG_BYTES) renameSync(file, `${file}.1`);
  const destination = pino.destination({ dest: file, mode: 0o600, sync: true, maxLength: MOST_WAITING_BYTES });
  // Lines that could not be written are written with the next one that can; there is nowhere else to say so.
  destination.on('error', () => undefined);
  const log = createLog(level, destination);
  return {
    log,
    close: () => {
      // A library's last words may come later than the file's end.
      log.level = 'silent';
      destination.end();
    },
  };
}
