/**
 * `npm run bench`: how fast and how light messages are received, beside stock Baileys with its keys in memory (bare), with its keys in
 * files (multi-file), and the floor: an empty process, and the bare appending and syncing of as many records. All in turns, in processes
 * of their own; medians with their spread, as a Markdown table and a JSON file. Says what is; judges nothing.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  fdatasyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { StockTold } from './stock.ts';
import type { Order, Told } from './whatsapp.ts';

const HERE = import.meta.dirname;
const MAIN = path.join(HERE, '..', '..', '..', 'relay', 'main.ts');
const OUT = path.join(HERE, '..', '..', '..', '.output', 'bench');
const CONTACTS = 50;
const SETTLE_MS = 1_500;
const HEALTH_EVERY_MS = 4;
const RECORD_BYTES = 400;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    messages: { type: 'string', default: '2000' },
  },
});
const rounds = Number(values.rounds);
const messages = Number(values.messages);

type Kind = 'bare' | 'multi-file' | 'recado';
type Sample = {
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly writtenBytes: number;
  readonly idleRss: number;
  readonly burstRss: number;
  /** The longest that `/healthz` took in the burst; null where there is none. */
  readonly longestMs: number | null;
};

/** User and system time of a process, ms; bytes that it gave to the disk; its resident memory, bytes. Linux. */
function usage(pid: number): { readonly cpuMs: number; readonly written: number; readonly rss: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const written = /^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1];
  const rss = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuMs: ticks * 10, written: Number(written), rss: Number(rss) * 1_024 };
}

class WhatsAppProcess {
  readonly child: ChildProcess = fork(path.join(HERE, 'whatsapp.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

  async ready(): Promise<{ readonly url: string; readonly rootKey: string }> {
    const [told] = (await once(this.child, 'message')) as [Told];
    if (!('url' in told)) throw new Error('no WhatsApp');
    return told;
  }

  /** Milliseconds that it took. */
  order(order: Order): Promise<number> {
    return new Promise((resolve) => {
      const onMessage = (told: Told): void => {
        if (!('done' in told) || told.done !== order.type) return;
        this.child.off('message', onMessage);
        resolve(told.ms);
      };
      this.child.on('message', onMessage);
      this.child.send(order);
    });
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }
}

/** One linked device: how it is started, and started again. */
type Client = { readonly pid: number; readonly port: number | null; stop(): Promise<void> };

async function startStock(
  { url, rootKey }: { readonly url: string; readonly rootKey: string },
  folder: string | null,
  scan: (code: string) => Promise<unknown>,
): Promise<Client> {
  const args = [url, rootKey, ...(folder === null ? [] : [folder])];
  const child = fork(path.join(HERE, 'stock.ts'), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let scanned = false;
  await new Promise<void>((resolve) => {
    child.on('message', (told: StockTold) => {
      if ('open' in told) resolve();
      else if (!scanned) {
        scanned = true;
        void scan(told.code);
      }
    });
  });
  return {
    pid: child.pid ?? 0,
    port: null,
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function startRecado(
  { url, rootKey }: { readonly url: string; readonly rootKey: string },
  home: string,
  scan: (code: string) => Promise<unknown>,
): Promise<Client> {
  const env = {
    PATH: process.env.PATH,
    RECADO_HOME: home,
    RECADO_PORT: '0',
    RECADO_WHATSAPP_URL: url,
    RECADO_WHATSAPP_ROOT_KEY: rootKey,
    // Nothing is asked within the burst: what is measured is the receiving.
    RECADO_GATHER_SECONDS: '600',
  };
  const relay = spawn(process.execPath, [MAIN, 'start', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const started = await line(relay, ({ event }) => event === 'running');
  const command = async (...args: string[]): Promise<void> => {
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    if (args[0] === 'link') {
      const { text } = await line(child, ({ event }) => event === 'qr');
      await scan(String(text));
    }
    child.stdout?.resume();
    await closed;
  };
  await command('link', '--json');
  await command('on', '--answer', 'everyone', '--json');
  await connected(env);
  return {
    pid: relay.pid ?? 0,
    port: Number(started.port),
    stop: async () => {
      const gone = once(relay, 'close');
      relay.kill('SIGTERM');
      await gone;
    },
  };
}

async function statusOf(env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [MAIN, 'status', '--json'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, 'close');
  return text;
}

async function connected(env: NodeJS.ProcessEnv): Promise<void> {
  while (!(await statusOf(env)).includes('"status":"connected"')) await pause(50);
}

async function line(
  child: ChildProcess,
  fits: (object: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.on('close', () => reject(new Error('it ended before it said so')));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const each of text.split('\n')) {
        if (!each.startsWith('{') || !each.endsWith('}')) continue;
        const object = JSON.parse(each) as Record<string, unknown>;
        if (fits(object)) resolve(object);
      }
    });
  });
}

async function measure(kind: Kind): Promise<Sample> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recado-bench-'));
  const whatsapp = new WhatsAppProcess();
  try {
    const at = await whatsapp.ready();
    const scan = (code: string): Promise<number> => whatsapp.order({ type: 'scan', code });
    const client =
      kind === 'recado'
        ? await startRecado(at, path.join(folder, 'home'), scan)
        : await startStock(at, kind === 'bare' ? null : path.join(folder, 'auth'), scan);
    await whatsapp.order({ type: 'prepare', messages, contacts: CONTACTS });
    await pause(SETTLE_MS);
    const before = usage(client.pid);
    const health = client.port === null ? null : watchHealth(client.port);
    const ms = await whatsapp.order({ type: 'burst' });
    const after = usage(client.pid);
    const longestMs = health ? await health() : null;
    await client.stop();
    return {
      perSecond: messages / (ms / 1_000),
      cpuMs: (after.cpuMs - before.cpuMs) / messages,
      writtenBytes: (after.written - before.written) / messages,
      idleRss: before.rss,
      burstRss: after.rss,
      longestMs,
    };
  } finally {
    await whatsapp.stop();
    rmSync(folder, { recursive: true, force: true });
  }
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

/** What the disk alone allows: a record, a sync, one after the other. */
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
  return messages / (ms / 1_000);
}

async function emptyRss(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  await pause(SETTLE_MS);
  const { rss } = usage(child.pid ?? 0);
  child.kill('SIGKILL');
  return rss;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const KINDS: readonly Kind[] = ['bare', 'multi-file', 'recado'];
const samples: Record<Kind, Sample[]> = { bare: [], 'multi-file': [], recado: [] };
const floors: number[] = [];
for (let round = 0; round < rounds; round++) {
  for (const kind of KINDS) samples[kind].push(await measure(kind));
  floors.push(floor());
}
const empty = await emptyRss();

const MIB = 1_048_576;
type Figure = readonly [title: string, of: (sample: Sample) => number | null, digits: number, unit: string];
const FIGURES: readonly Figure[] = [
  ['received, messages/s', ({ perSecond }) => perSecond, 0, ''],
  ['CPU per message', ({ cpuMs }) => cpuMs, 2, ' ms'],
  ['bytes written per message', ({ writtenBytes }) => writtenBytes, 0, ''],
  ['RSS linked, idle', ({ idleRss }) => idleRss / MIB, 0, ' MB'],
  ['RSS after the burst', ({ burstRss }) => burstRss / MIB, 0, ' MB'],
  ['longest wait for /healthz', ({ longestMs }) => longestMs, 0, ' ms'],
];

function cell(kind: Kind, [, of, digits, unit]: Figure): string {
  const found = samples[kind].map(of).filter((each) => each !== null);
  if (found.length === 0) return '–';
  const [least, most] = [Math.min(...found), Math.max(...found)];
  return `${median(found).toFixed(digits)}${unit} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

const table = [
  '| | bare | multi-file | Recado | Recado ÷ bare |',
  '|---|---|---|---|---|',
  ...FIGURES.map((figure) => {
    const [title, of] = figure;
    const ratio =
      median(samples.recado.map((sample) => of(sample) ?? Number.NaN)) /
      median(samples.bare.map((sample) => of(sample) ?? Number.NaN));
    return `| ${title} | ${KINDS.map((kind) => cell(kind, figure)).join(' | ')} | ${Number.isFinite(ratio) ? ratio.toFixed(2) : '–'} |`;
  }),
].join('\n');
const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / MIB / 1_024)} GB, Node ${process.version}`;
const text = `${machine}; ${rounds} rounds in turns, a burst of ${messages} messages of ${CONTACTS} contacts, medians (least–most)

${table}

Floor: ${median(floors).toFixed(0)} records of ${RECORD_BYTES} bytes appended and synced one after the other per second; an empty Node process ${(empty / MIB).toFixed(0)} MB.
`;
process.stdout.write(`${text}\n`);
mkdirSync(OUT, { recursive: true });
writeFileSync(path.join(OUT, 'receive.md'), text);
writeFileSync(
  path.join(OUT, 'receive.json'),
  `${JSON.stringify({ machine, rounds, messages, samples, floors, empty }, null, 2)}\n`,
);
