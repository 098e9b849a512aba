import { defineConfig } from 'vitest/config';

/** Where .ci/run wants the counts. */
const reportFile = process.env.RECADO_TEST_REPORT;

const BROWSER_TESTS = 'test/browser/**/*.test.ts';

export default defineConfig({
  test: {
    // Real sockets, real files, real Signal sessions: a slow machine may need long, a hang still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: reportFile ? ['default', ['json', { outputFile: reportFile }]] : ['default'],
    projects: [
      { extends: true, test: { name: 'relay', include: ['test/**/*.test.ts'], exclude: [BROWSER_TESTS] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          globalSetup: ['test/browser/setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
