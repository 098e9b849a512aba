/**
 * `npm run soak -- --minutes 30`: a relay as people start it, with thirty people who write all the time and a connection that is cut now and
 * then; how its memory goes. Prints a sample a minute, and at the end by how much it grew a minute over the last half. Says what is.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freshBuild } from '../../extension/build/fresh-build.ts';
import { startWhatsApp } from '../simulator/whatsapp.ts';
import { localClient } from '../support/local-client.ts';
import { usageOf } from './receive/process-usage.ts';

const MAIN = path.join(import.meta.dirname, '..', '..', 'recado-relay', 'main.js');
const PEOPLE = 30;
/** Between two messages of anybody. */
const EVERY_MS = 160;
const CUT_EVERY = 90;
const SAMPLE_MS = 5_000;
const MINUTE_MS = 60_000;
const MIB = 1_048_576;

type Sample = { readonly minute: number; readonly mib: number };

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(values.minutes);
freshBuild('relay');
const home = path.join(mkdtempSync(path.join(tmpdir(), 'recado-soak-')), 'home');
const whatsapp = await startWhatsApp();
const child = spawn(process.execPath, [MAIN, 'start', '--json'], {
  env: {
    PATH: process.env.PATH,
    RECADO_HOME: home,
    RECADO_PORT: '0',
    RECADO_WHATSAPP_URL: whatsapp.url,
    RECADO_WHATSAPP_ROOT_KEY: Buffer.from(whatsapp.rootKey).toString('hex'),
    RECADO_GATHER_SECONDS: '0.5',
    RECADO_PACE_SECONDS: '0.5',
    RECADO_PIECES_SECONDS: '0',
    RECADO_GAP_SECONDS: '0',
    RECADO_BACKOFF_FIRST_SECONDS: '0.2',
    RECADO_DAILY_ANSWERS: '100000',
    RECADO_BRAKE_SHORT_ANSWERS: '100',
    RECADO_BRAKE_LONG_ANSWERS: '100',
    RECADO_BRAKE_HOUR_ANSWERS: '10000',
    RECADO_BRAKE_LOOP_TURNS: '10000',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const gone = once(child, 'close');
const running = Promise.withResolvers<void>();
createInterface({ input: child.stdout }).on('line', (line) => {
  if (JSON.parse(line).event === 'running') running.resolve();
  else if (JSON.parse(line).error) process.stdout.write(`${line}\n`);
});
await Promise.race([running.promise, gone]);
const client = await localClient(path.join(home, 'relay.sock'));
const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
const people = Array.from({ length: PEOPLE }, (_, at) => whatsapp.contact({ number: `551198888${1_000 + at}` }));
let scans = 0;
await client.ask('link', {}, (event) => {
  if (event.event === 'qr' && scans++ === 0) void ana.scan(String(event.text));
});
await client.ask('agents.edit', { settings: { greeting: 'Olá! {name}', away: '', rules: null } });
await client.ask('switch', { on: true, scope: 'everyone' });

const samples: Sample[] = [];
const begun = performance.now();
const passed = (): number => (performance.now() - begun) / MINUTE_MS;
let written = 0;
let goesOn = true;

const writing = (async () => {
  for (; goesOn; written++) {
    await people[written % PEOPLE]?.write(ana, `pergunta ${written}`);
    if (written % CUT_EVERY === CUT_EVERY - 1) whatsapp.cut(ana);
    // What the phones keep is not the relay's.
    for (const { received } of people) if (received.length > 50) (received as unknown[]).splice(0, 25);
    await pause(EVERY_MS);
  }
})();
while (passed() < minutes) {
  await pause(SAMPLE_MS);
  if (child.exitCode !== null) throw new Error('the relay has ended');
  const sample = { minute: passed(), mib: usageOf(child.pid ?? 0).rssBytes / MIB };
  if (Math.floor(sample.minute) > Math.floor(samples.at(-1)?.minute ?? 0))
    process.stdout.write(`${Math.floor(sample.minute)} min: ${sample.mib.toFixed(0)} MiB, ${written} messages\n`);
  samples.push(sample);
}
goesOn = false;
await writing;
const half = samples.filter(({ minute }) => minute >= minutes / 2);
const most = Math.max(...samples.map(({ mib }) => mib));
process.stdout.write(
  `${written} messages in ${minutes} min: at most ${most.toFixed(0)} MiB; over the last half ${slopeOf(half).toFixed(2)} MiB a minute\n`,
);
client.close();
child.kill('SIGTERM');
await gone;
await whatsapp.stop();
rmSync(path.dirname(home), { recursive: true, force: true });
process.exit(0);

/** Least squares. */
function slopeOf(points: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ minute }) => minute), mean(({ mib }) => mib)];
  const over = points.reduce((sum, { minute, mib }) => sum + (minute - x) * (mib - y), 0);
  return over / points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}
