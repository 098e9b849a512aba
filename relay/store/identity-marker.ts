/**
 * Beside the data file, the word that there was one: a hash of the relay's key. A data file that is gone, empty or another relay's then
 * stops the relay, where SQLite would make a new one without a word, and the number would be linked as somebody new.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { DATA_FILE, MARKER_FILE } from './data-directory.ts';
import { diskFull, notWritable, StoreError } from './store.ts';

const OWNER_ONLY = 0o600;
const PublicParts = v.object({ x: v.string(), y: v.string() });

/** Before the data file is opened: SQLite would empty the log of one that is empty. */
export function requireDataFile(directory: string): void {
  const size = statSync(path.join(directory, DATA_FILE), { throwIfNoEntry: false })?.size ?? 0;
  if (readMarker(directory) !== null && size === 0) throw lost();
}

/** `jwk`: the relay's private key as the data file has it, or null. */
export function requireIdentity(directory: string, jwk: string | null): void {
  const marker = readMarker(directory);
  if (marker !== null && (jwk === null || marker !== fingerprintOf(jwk))) throw lost();
}

/** Durable when it returns. Written only where it says something new. Throws StoreError. */
export function keepMarker(directory: string, jwk: string): void {
  const fingerprint = fingerprintOf(jwk);
  if (readMarker(directory) === fingerprint) return;
  try {
    writeDurably(path.join(directory, MARKER_FILE), `${fingerprint}\n`);
    syncDirectory(directory);
  } catch (error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw full ? diskFull(error) : notWritable(error);
  }
}

/** Whole or as it was before. */
function writeDurably(file: string, text: string): void {
  const next = `${file}.new`;
  const handle = openSync(next, 'w', OWNER_ONLY);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, file);
}

function readMarker(directory: string): string | null {
  try {
    return readFileSync(path.join(directory, MARKER_FILE), 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A hash of the public half alone: anyone who may read the directory may read the marker. */
function fingerprintOf(jwk: string): string {
  const { x, y } = v.parse(PublicParts, JSON.parse(jwk));
  return createHash('sha256').update(`${x}.${y}`).digest('hex');
}

/** Makes a new name in it durable. Windows does that by itself, and opens no directories. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function lost(): StoreError {
  return new StoreError(
    'lost',
    'The data file is missing, empty or of another relay, though this relay had one. It stops here rather than create a second identity.',
    'Put a backup of recado.sqlite in its place. To start over on purpose, move the whole data directory away, start again, and remove the old device under Linked devices on the phone.',
  );
}
