/**
 * Imported into a process that is measured: a first SIGUSR2 begins to watch its event loop, a second one writes the longest block since,
 * in milliseconds, into the file that BENCH_LOOP_FILE names. No TypeScript: what strips its types would weigh in the process.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;
const NS_PER_MS = 1_000_000;
const file = process.env.BENCH_LOOP_FILE;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let watches = false;

process.on('SIGUSR2', () => {
  if (watches && file) {
    delays.disable();
    // Whole, or not there.
    writeFileSync(`${file}.new`, String(delays.max / NS_PER_MS - RESOLUTION_MS));
    renameSync(`${file}.new`, file);
  } else {
    delays.reset();
    delays.enable();
  }
  watches = !watches;
});
