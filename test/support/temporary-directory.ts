/** A directory for one test, gone after it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'recado-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
