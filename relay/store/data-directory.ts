/**
 * The data directory before anything is written into it: ours alone, or refused. Nothing of another user's is touched, and what others
 * can write is not trusted: they could have put anything there. Windows has no such modes and owners.
 */
import { chmodSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { notWritable, StoreError, type StoreFault } from './store.ts';

export const DATA_FILE = 'recado.sqlite';
export const MARKER_FILE = 'relay.identity';

const OWNER_ONLY = 0o700;
const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
/** Every file that a relay makes, or its owner beside it. Only names: what is in them is judged where they are read. */
const OUR_FILES =
  /^(recado\.sqlite(-wal|-shm|-journal)?|relay\.(log|log\.1|sock|token|socket-path|identity|identity\.new)|settings\.json(\.new)?|recado-(export|linking).*|recado-update\.sqlite)$/;
/** What systems and file managers leave in a directory by themselves. */
const NOBODYS: ReadonlySet<string> = new Set(['lost+found', '.DS_Store', '.directory', 'Thumbs.db', 'desktop.ini']);

/** Makes the directory, or takes one that is ours. Throws a StoreError with the path at fault, and changes nothing then. */
export function claimDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: OWNER_ONLY });
  } catch (error) {
    throw notWritable(error);
  }
  const stats = statSync(directory);
  judge(directory, stats);
  const names = readdirSync(directory);
  const ours = names.some((name) => name === DATA_FILE || name === MARKER_FILE);
  const foreign = names.find((name) => !OUR_FILES.test(name) && !NOBODYS.has(name));
  if (!ours && foreign !== undefined) throw refusal('not-ours', directory);
  for (const name of names.filter((each) => OUR_FILES.test(each))) {
    const file = path.join(directory, name);
    const found = lstatSync(file);
    if (!found.isFile() && !found.isSocket()) throw refusal('not-a-file', file);
    judge(file, found);
  }
  if (process.getuid && (stats.mode & OTHERS) !== 0) closeToOthers(directory);
}

/** Every file that a relay made in it, and the directory where nothing else is there. No relay may run in it. */
export function eraseDirectory(directory: string): void {
  for (const name of readdirSync(directory))
    if (OUR_FILES.test(name)) rmSync(path.join(directory, name), { force: true });
  if (readdirSync(directory).length === 0) rmdirSync(directory);
}

function closeToOthers(directory: string): void {
  try {
    chmodSync(directory, OWNER_ONLY);
  } catch (error) {
    throw notWritable(error);
  }
}

function judge(place: string, { uid, mode }: Stats): void {
  const self = process.getuid?.();
  if (self === undefined) return;
  if (uid !== self) throw refusal('not-owned', place);
  if ((mode & OTHERS_WRITE) !== 0) throw refusal('open-to-others', place);
}

type Refusal = Extract<StoreFault, 'not-ours' | 'not-a-file' | 'not-owned' | 'open-to-others'>;

const REFUSALS: Readonly<Record<Refusal, readonly [message: string, hint: string]>> = {
  'not-ours': [
    'The directory is not empty, and what is in it is not of a relay.',
    'Choose an empty or a new directory with RECADO_HOME.',
  ],
  'not-a-file': ['Something else stands in the place of a file.', 'Move it away, or choose another RECADO_HOME.'],
  'not-owned': [
    'It belongs to another user.',
    'Run the relay as that user, or choose a directory of your own with RECADO_HOME.',
  ],
  'open-to-others': [
    'Other users can write to it, so what is in it cannot be trusted.',
    'Look at it, then close it with: chmod go-rwx',
  ],
};

function refusal(fault: Refusal, place: string): StoreError {
  const [message, hint] = REFUSALS[fault];
  return new StoreError(fault, `${place}: ${message}`, hint, { path: place });
}
