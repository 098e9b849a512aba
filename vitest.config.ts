import { defineConfig } from 'vitest/config';

/** Where .ci/run wants the counts. */
const reportFile = process.env.RECADO_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real sockets, real files, real Signal sessions: a slow machine may need long, a hang still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: reportFile ? ['default', ['json', { outputFile: reportFile }]] : ['default'],
  },
});
