import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** Where .ci/run wants the counts. */
const reportFile = process.env.RECADO_TEST_REPORT;

const BROWSER_TESTS = 'test/browser/**/*.test.ts';
/** The demo, scene by scene: `npm run test:demo`. A newcomer plays its story to the end in every run of .ci/run. */
const DEMO = 'test/browser/demo.test.ts';
/** No tests, but walks through the same screens: `npm run gallery`. */
const GALLERY = 'test/gallery/**/*.test.ts';
/** Measures, and judges nothing but a size: `npm run bench:popup`. */
const BENCH = 'test/bench/**/*.test.ts';
const IN_BROWSER = {
  globalSetup: ['test/support/relay-bundle.ts', 'test/browser/setup.ts'],
  testTimeout: 300_000,
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    // Real sockets, real files, real Signal sessions: a slow machine may need long, a hang still ends.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 3,
    // As long as a condition is waited for where a test does not say.
    expect: { poll: { timeout: 30_000 } },
    globalSetup: ['test/support/relay-bundle.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: reportFile ? ['default', ['json', { outputFile: reportFile }]] : ['default'],
    projects: [
      {
        extends: true,
        test: { name: 'relay', include: ['test/**/*.test.ts'], exclude: [BROWSER_TESTS, GALLERY, BENCH] },
      },
      { extends: true, test: { name: 'browser', include: [BROWSER_TESTS], exclude: [DEMO], ...IN_BROWSER } },
      { extends: true, test: { name: 'demo', include: [DEMO], ...IN_BROWSER } },
      { extends: true, test: { name: 'bench', include: [BENCH], ...IN_BROWSER } },
      { extends: true, test: { name: 'gallery', include: [GALLERY], ...IN_BROWSER } },
    ],
  },
});
