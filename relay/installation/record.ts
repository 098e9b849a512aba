/** What was installed: one file beside it, read by whoever wakes, updates or removes it. Read anew each time; what is in it was written by us. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** What starts the relay. `keeper`: a process of our own, where the system has nothing of the kind. */
const STARTERS = ['systemd', 'launchd', 'task', 'keeper'] as const;
export type Starter = (typeof STARTERS)[number];

const path = v.pipe(v.string(), v.minLength(1));

const RecordSchema = v.object({
  version: v.string(),
  /** The relay's data directory. */
  home: path,
  starter: v.picklist(STARTERS),
  node: path,
  main: path,
  keeper: path,
  /** Given to the relay at every start. */
  environment: v.record(v.string(), v.string()),
  /** Files and folders outside of the installation's own, in the order in which they were written. */
  files: v.array(path),
  /** Windows: keys under `HKEY_CURRENT_USER`. */
  registryKeys: v.array(v.string()),
});
export type InstallationRecord = v.InferOutput<typeof RecordSchema>;

/** Null where nothing is installed, or the file is none of ours. */
export function readRecord(file: string): InstallationRecord | null {
  try {
    return v.parse(RecordSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not there, cut off, or of another program: nothing that could be relied on.
    return null;
  }
}

export function recordText(record: InstallationRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
