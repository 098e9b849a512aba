/** Before the browser tests: a browser, and the extension as it is built for people. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { freshBuild } from '../../extension/build/fresh-build.ts';
import { type BrowserName, findBrowser, howToGet, installMissing } from '../support/browser-finder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: string | null;
    firefox: string | null;
  }
}

const ROOT = path.join(import.meta.dirname, '..', '..');
const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];

export function setup(project: TestProject): () => void {
  installMissing();
  for (const name of BROWSERS) project.provide(name, findBrowser(name));
  const build = freshBuild('extension');
  if (build.type === 'failed') throw new Error(`the extension could not be built: ${build.why}`);
  return () => {
    for (const name of BROWSERS) if (findBrowser(name) === null) sayNotRun(name);
  };
}

/** Loud and counted: a run without a browser is not a run of everything. */
function sayNotRun(name: BrowserName): void {
  const titles = globSync('test/browser/*.test.ts', { cwd: ROOT })
    .map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
    .flatMap((source) => source.match(new RegExp(`^in${name}\\(`, 'gim')) ?? []);
  process.stdout.write(`\nNOT RUN: ${titles.length} tests, because no ${name} was found; ${howToGet(name)}.\n`);
}
