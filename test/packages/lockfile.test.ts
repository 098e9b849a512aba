/** A clone installs what was tested: nothing missing from the lockfile, nothing that an install would write into it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly libc?: readonly string[];
};

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);

test('it names the parts of every platform', () => {
  const names = Object.keys(lock.packages);
  const missing = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !names.includes(`node_modules/${name}`) && !names.includes(`${place}/node_modules/${name}`),
    ),
  );
  expect(missing).toEqual([]);
});

test('it holds no field that only some versions of npm write, and no download address', () => {
  const odd = Object.entries(lock.packages).filter(([, { resolved, libc }]) => resolved ?? libc);
  expect(odd.map(([place]) => place)).toEqual([]);
});

test('no package runs code while it is installed', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});
