/**
 * `npm run bench`: how fast and how light messages are received and answered, beside stock Baileys with its keys in memory (bare), with its
 * keys in files (multi-file), and the floor: an empty process, and the bare appending and syncing of as many records. All in turns, in
 * processes of their own; medians with their spread, as a Markdown table and a JSON file. Says what is; judges nothing.
 * `--full` takes longer: more rounds and messages, many numbers in one relay, and a store with a million messages.
 */
import { spawn } from 'node:child_process';
import { fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freshBuild } from '../../../extension/build/fresh-build.ts';
import { type Client, type Kind, startClient, WhatsAppProcess, watchLoop } from './clients.ts';
import { measureNumbers } from './many-numbers.ts';
import { usageOf } from './process-usage.ts';
import { measureQueries } from './queries.ts';

const OUT = path.join(import.meta.dirname, '..', '..', '..', '.output', 'bench');
const CONTACTS = 50;
const SETTLE_MS = 1_000;
const HEALTH_EVERY_MS = 4;
const BURSTS = 2;
const RECORD_BYTES = 400;
const HOUR_MS = 3_600_000;
const MIB = 1_048_576;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    messages: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? '5');
const messages = Number(values.messages ?? (values.full ? 10_000 : 2_000));
const questions = values.full ? 510 : 90;
const idleMs = values.full ? 60_000 : 3_000;

type Sample = {
  readonly startMs: number | null;
  readonly startedRss: number | null;
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly writtenBytes: number;
  readonly idleRss: number;
  readonly burstRss: number;
  /** What the files grew by, bytes a message. */
  readonly grownBytes: number | null;
  /** For so long the event loop did nothing else in a burst, at most. */
  readonly blockMs: number;
  /** The longest that `/healthz` took in a burst; null where there is none. */
  readonly longestMs: number | null;
  readonly onlineMs: number;
  readonly asked: readonly number[];
  readonly answered: readonly number[];
  readonly idleCpuMs: number;
  readonly idleWakeUps: number;
  readonly idleWritten: number;
};

/** One device from its first start to its second: idle, in a burst, started again, in talks, idle again. */
async function measure(kind: Kind): Promise<Sample> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recado-bench-'));
  const whatsapp = new WhatsAppProcess();
  try {
    const place = await whatsapp.ready();
    const first = await startClient(kind, place, { whatsapp, folder, talks: false });
    const burst = await measureBurst(first, whatsapp, folder);
    const login = whatsapp.login();
    const began = Date.now();
    const second = await startClient(kind, place, { whatsapp, folder, talks: true });
    const onlineMs = (await login) - began;
    await second.answerEveryone();
    await pause(SETTLE_MS);
    const { asked, answered } = await whatsapp.talk(questions);
    await pause(SETTLE_MS);
    const before = usageOf(second.pid);
    await pause(idleMs);
    const after = usageOf(second.pid);
    await second.stop();
    return {
      ...burst,
      onlineMs,
      asked,
      answered,
      idleCpuMs: after.cpuMs - before.cpuMs,
      idleWakeUps: after.wakeUps - before.wakeUps,
      idleWritten: after.writtenBytes - before.writtenBytes,
    };
  } finally {
    await whatsapp.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Burst = Omit<Sample, 'onlineMs' | 'asked' | 'answered' | 'idleCpuMs' | 'idleWakeUps' | 'idleWritten'>;

/** Two bursts: the first is counted, in the second the event loop is watched and somebody asks all the time how the relay is. Ends the client. */
async function measureBurst(client: Client, whatsapp: WhatsAppProcess, folder: string): Promise<Burst> {
  await pause(SETTLE_MS);
  const startedRss = client.port === null ? null : usageOf(client.pid).rssBytes;
  await client.link();
  await whatsapp.prepare(messages, CONTACTS);
  await pause(SETTLE_MS);
  const sizeBefore = sizeOf(folder);
  const before = usageOf(client.pid);
  const ms = await whatsapp.burst();
  const after = usageOf(client.pid);
  await whatsapp.prepare(messages, CONTACTS);
  const block = watchLoop(client, folder);
  const longest = client.port === null ? null : watchHealth(client.port);
  await whatsapp.burst();
  const longestMs = (await longest?.()) ?? null;
  const blockMs = await block();
  await client.stop();
  return {
    startMs: client.startMs,
    startedRss,
    perSecond: messages / (ms / 1_000),
    cpuMs: (after.cpuMs - before.cpuMs) / messages,
    writtenBytes: (after.writtenBytes - before.writtenBytes) / messages,
    idleRss: before.rssBytes,
    burstRss: after.rssBytes,
    grownBytes: sizeBefore === null ? null : ((sizeOf(folder) ?? 0) - sizeBefore) / (messages * BURSTS),
    blockMs,
    longestMs,
  };
}

/** Of Recado's data file; null where there is none. */
function sizeOf(folder: string): number | null {
  return statSync(path.join(folder, 'home', 'recado.sqlite'), { throwIfNoEntry: false })?.size ?? null;
}

/** Asks again and again; says how long the longest answer took. */
function watchHealth(port: number): () => Promise<number> {
  let over = false;
  let longest = 0;
  const watching = (async () => {
    while (!over) {
      const began = performance.now();
      await fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.text());
      longest = Math.max(longest, performance.now() - began);
      await pause(HEALTH_EVERY_MS);
    }
  })();
  return async () => {
    over = true;
    await watching;
    return longest;
  };
}

/** What the disk alone allows: a record, a sync, one after the other. Milliseconds each. */
function floor(): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'recado-floor-'));
  const file = openSync(path.join(folder, 'log'), 'a');
  const record = Buffer.alloc(RECORD_BYTES, 7);
  const began = performance.now();
  for (let at = 0; at < messages; at++) {
    writeSync(file, record);
    fdatasyncSync(file);
  }
  const ms = performance.now() - began;
  rmSync(folder, { recursive: true, force: true });
  return ms / messages;
}

async function emptyRss(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  await pause(SETTLE_MS);
  const { rssBytes } = usageOf(child.pid ?? 0);
  child.kill('SIGKILL');
  return rssBytes;
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

const build = freshBuild('relay');
if (build.type === 'failed') throw new Error(`the relay could not be bundled: ${build.why}`);
const KINDS: readonly Kind[] = ['bare', 'multi-file', 'recado'];
const samples: Record<Kind, Sample[]> = { bare: [], 'multi-file': [], recado: [] };
const floors: number[] = [];
for (let round = 0; round < rounds; round++) {
  for (const kind of KINDS) samples[kind].push(await measure(kind));
  floors.push(floor());
}
const empty = await emptyRss();
const numbers = await measureNumbers(values.full ? [1, 10, 50] : [1, 5]);
const queries = values.full ? await measureQueries([10_000, 1_000_000]) : [];

type Figure = readonly [title: string, of: (sample: Sample) => number | null, digits: number, unit: string];
const perHour = (counted: number): number => (counted * HOUR_MS) / idleMs;
const FIGURES: readonly Figure[] = [
  ['received, messages/s', ({ perSecond }) => perSecond, 0, ''],
  ['CPU per message', ({ cpuMs }) => cpuMs, 2, ' ms'],
  ['bytes written per message', ({ writtenBytes }) => writtenBytes, 0, ''],
  ['data file grown per message', ({ grownBytes }) => grownBytes, 0, ' bytes'],
  ['RSS started, nothing linked', ({ startedRss }) => startedRss && startedRss / MIB, 0, ' MB'],
  ['RSS linked, idle', ({ idleRss }) => idleRss / MIB, 0, ' MB'],
  ['RSS after the burst', ({ burstRss }) => burstRss / MIB, 0, ' MB'],
  ['start → port open', ({ startMs }) => startMs, 0, ' ms'],
  ['start → logged in at WhatsApp', ({ onlineMs }) => onlineMs, 0, ' ms'],
  ['longest block of the loop in a burst', ({ blockMs }) => blockMs, 0, ' ms'],
  ['longest wait for /healthz in a burst', ({ longestMs }) => longestMs, 0, ' ms'],
  ['message → agent asked, p50', ({ asked }) => quantile(asked, 0.5), 1, ' ms'],
  ['… p95', ({ asked }) => quantile(asked, 0.95), 1, ' ms'],
  ['… p99', ({ asked }) => quantile(asked, 0.99), 1, ' ms'],
  ['agent’s answer → WhatsApp, p50', ({ answered }) => quantile(answered, 0.5), 1, ' ms'],
  ['… p95', ({ answered }) => quantile(answered, 0.95), 1, ' ms'],
  ['… p99', ({ answered }) => quantile(answered, 0.99), 1, ' ms'],
  ['idle for an hour: CPU', ({ idleCpuMs }) => perHour(idleCpuMs) / 1_000, 1, ' s'],
  ['idle for an hour: wake-ups', ({ idleWakeUps }) => perHour(idleWakeUps), 0, ''],
  ['idle: bytes written', ({ idleWritten }) => idleWritten, 0, ''],
];

function valuesOf(kind: Kind, [, of]: Figure): number[] {
  return samples[kind].map(of).filter((each) => each !== null);
}

function cell(kind: Kind, figure: Figure): string {
  const [, , digits, unit] = figure;
  const found = valuesOf(kind, figure);
  if (found.length === 0) return '–';
  const [least, most] = [Math.min(...found), Math.max(...found)];
  return `${median(found).toFixed(digits)}${unit} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

function ratio(figure: Figure): string {
  const found = median(valuesOf('recado', figure)) / median(valuesOf('bare', figure));
  return Number.isFinite(found) ? found.toFixed(2) : '–';
}

const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / MIB / 1_024)} GB, Node ${process.version}`;
const text = `${machine}; ${rounds} rounds in turns, a burst of ${messages} messages of ${CONTACTS} contacts, ${questions - 10} questions; medians (least–most)

| | bare | multi-file | Recado | Recado ÷ bare |
|---|---|---|---|---|
${FIGURES.map((figure) => `| ${figure[0]} | ${KINDS.map((kind) => cell(kind, figure)).join(' | ')} | ${ratio(figure)} |`).join('\n')}

Floor: a record of ${RECORD_BYTES} bytes appended and synced in ${median(floors).toFixed(2)} ms; an empty Node process ${(empty / MIB).toFixed(0)} MB.
Numbers in one relay: ${numbers.map(({ count, rssBytes }) => `${count}: ${(rssBytes / MIB).toFixed(0)} MB`).join(', ')}.
${queries.map(({ title, ms }) => `${title}: ${ms.map((each) => each.toFixed(2)).join(' → ')} ms`).join('\n')}`;
process.stdout.write(`${text}\n`);
mkdirSync(OUT, { recursive: true });
writeFileSync(path.join(OUT, 'receive.md'), text);
writeFileSync(
  path.join(OUT, 'receive.json'),
  `${JSON.stringify({ machine, rounds, messages, samples, floors, empty, numbers, queries }, null, 2)}\n`,
);
