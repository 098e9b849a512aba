/** settings.json as the relay itself reads and writes it: whole, or as it was before. What it does not know stays in it. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { SETTINGS_FILE } from './resolution.ts';

const OWNER_ONLY = 0o600;

export type FileContent = Readonly<Record<string, unknown>>;

/** Empty where there is no file; null where it is no JSON object. */
export function readContent(home: string): FileContent | null {
  const text = readText(home);
  if (text === null) return {};
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? { ...content } : null;
  } catch {
    // The parser's own words would quote the file.
    return null;
  }
}

/** The old file stays until the new one is on disk. */
export function writeContent(home: string, content: FileContent): void {
  const file = path.join(home, SETTINGS_FILE);
  const next = `${file}.new`;
  try {
    const handle = openSync(next, 'w', OWNER_ONLY);
    try {
      writeSync(handle, `${JSON.stringify(content, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function readText(home: string): string | null {
  try {
    return readFileSync(path.join(home, SETTINGS_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
