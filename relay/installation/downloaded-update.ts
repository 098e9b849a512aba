/** A downloaded release: compared with its checksum, unpacked, and looked at before anything of it is run or put in a place. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { Run } from './system-commands.ts';

export type UpdateFault =
  /** No such file. */
  | 'update-no-file'
  /** Neither a checksum that was given nor a list of them beside the file. */
  | 'update-no-sum'
  /** The file is not the one that was published, or is cut off. */
  | 'update-wrong-sum'
  /** No release of Recado's, or one for another kind of computer. */
  | 'update-not-ours';

export class UpdateError extends Error {
  readonly code: UpdateFault;

  constructor(code: UpdateFault) {
    super(code);
    this.code = code;
  }
}

export type UnpackedUpdate = { readonly folder: string; readonly version: string };

const SUMS = 'SHA256SUMS';
const ManifestSchema = v.object({ name: v.literal('recado'), version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/)) });

/** Throws an UpdateError. `sum`: hexadecimal; null for the one in the list beside the file. */
export function checkSum(file: string, sum: string | null): void {
  if (!existsSync(file)) throw new UpdateError('update-no-file');
  const wanted = sum ?? sumBeside(file);
  if (wanted === null) throw new UpdateError('update-no-sum');
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found !== wanted.trim().toLowerCase()) throw new UpdateError('update-wrong-sum');
}

function sumBeside(file: string): string | null {
  const list = path.join(path.dirname(file), SUMS);
  if (!existsSync(list)) return null;
  const line = readFileSync(list, 'utf8')
    .split('\n')
    .find((each) => each.endsWith(`  ${path.basename(file)}`));
  return line?.split(' ')[0] ?? null;
}

/** Into `folder`, which is made anew. `tar` reads both kinds of archives: GNU's on Linux, libarchive's on macOS and Windows. */
export function unpackUpdate(file: string, folder: string, tar: string, run: Run): UnpackedUpdate {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!run(tar, ['-xf', path.resolve(file), '-C', folder]).ok) throw new UpdateError('update-not-ours');
  const [name, ...others] = readdirSync(folder);
  if (name === undefined || others.length > 0) throw new UpdateError('update-not-ours');
  const unpacked = path.join(folder, name);
  const node = path.join(unpacked, process.platform === 'win32' ? 'node.exe' : 'node');
  const manifest = v.safeParse(ManifestSchema, readManifest(path.join(unpacked, 'package.json')));
  const isWhole = ['main.js', 'host.js', 'keeper.js'].every((each) =>
    existsSync(path.join(unpacked, 'recado-relay', each)),
  );
  if (!manifest.success || !isWhole || !run(node, ['--version']).ok) throw new UpdateError('update-not-ours');
  return { folder: unpacked, version: manifest.output.version };
}

function readManifest(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Not there, or no JSON: the caller sees that it is none of ours.
    return null;
  }
}

/** True if `one` is an older version than `other`: three numbers each. */
export function isOlder(one: string, other: string): boolean {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  const index = left?.findIndex((number, at) => number !== right?.[at]) ?? -1;
  return index >= 0 && (left?.[index] ?? 0) < (right?.[index] ?? 0);
}
