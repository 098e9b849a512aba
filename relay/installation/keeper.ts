/** Runs the relay and starts it again after a crash or a kill, where the system has no such service of its own. Ends with it, or when asked to. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { isStartedAgain, PAUSE_SECONDS } from './keeper-policy.ts';
import { readRecord } from './record.ts';

/** The installation's folder, above the program's and the bundle's. */
const ROOT = path.join(import.meta.dirname, '..', '..');

const startedAt: number[] = [];
let stopping = false;
let relay = start();

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopping = true;
    relay.kill(signal);
  });
}

/** What is installed now: while an update is taken back, nothing is. */
function start(): ReturnType<typeof spawn> {
  const record = readRecord(path.join(ROOT, 'installation.json'));
  if (!record) process.exit(1);
  const { node, main, environment } = record;
  startedAt.push(performance.now());
  const child = spawn(node, [main, 'start'], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
    windowsHide: true,
  });
  child.on('error', () => process.exit(1));
  child.on('exit', (code) => {
    if (stopping || !isStartedAgain({ code }, startedAt, performance.now())) process.exit(code ?? 1);
    setTimeout(() => {
      relay = start();
    }, PAUSE_SECONDS * 1_000);
  });
  return child;
}
