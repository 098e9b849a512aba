/** Looks for values in every file of a directory, byte for byte: what is said to be erased is in none of them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export type Planted = ReadonlyMap<string, Buffer>;

/** Names of the values that some file still holds, each with that file. */
export function foundIn(directory: string, planted: Planted): readonly string[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(directory, name))
    .filter((file) => statSync(file).isFile());
  const contents = files.map((file) => [path.basename(file), readFileSync(file)] as const);
  return [...planted].flatMap(([name, value]) =>
    contents.filter(([, bytes]) => bytes.includes(value)).map(([file]) => `${name} in ${file}`),
  );
}

/** Values of `bytes` random bytes, told apart from everything else in a file. */
export function plant(names: readonly string[], bytes = 32): Planted {
  return new Map(names.map((name) => [name, Buffer.from(crypto.getRandomValues(new Uint8Array(bytes)))]));
}
