/** The processes that are measured, and the WhatsApp that they are linked with: how each is started, spoken to and ended. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { StockTold } from './stock.ts';
import type { Order, Talk, Told } from './whatsapp.ts';

/** The bundle that `npm start` runs. */
const RELAY = path.join(import.meta.dirname, '..', '..', '..', 'recado-relay', 'main.js');

/** See loop-delay.js. */
const LOOP_DELAY = new URL('loop-delay.js', import.meta.url).href;
const LOOP_SIGNAL = 'SIGUSR2';
const STOCK_WRITES_MS = 500;
const LOOK_MS = 5;

export type Kind = 'bare' | 'multi-file' | 'recado';
type Place = Extract<Told, { readonly url: string }>;

export class WhatsAppProcess {
  readonly #child: ChildProcess = fork(path.join(import.meta.dirname, 'whatsapp.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

  async ready(): Promise<Place> {
    const [told] = (await once(this.#child, 'message')) as [Told];
    if (!('url' in told)) throw new Error('no WhatsApp');
    return told;
  }

  async scan(code: string, number: string | null = null): Promise<void> {
    await this.#order({ type: 'scan', code, number });
  }

  async prepare(messages: number, contacts: number): Promise<void> {
    await this.#order({ type: 'prepare', messages, contacts });
  }

  /** Milliseconds that it took. */
  async burst(): Promise<number> {
    return (await this.#order({ type: 'burst' })).ms;
  }

  async talk(questions: number): Promise<Talk> {
    return (await this.#order({ type: 'talk', questions })).result as Talk;
  }

  /** The next login, epoch ms. */
  async login(): Promise<number> {
    return (await this.#order({ type: 'login' })).result as number;
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }

  #order(order: Order): Promise<Extract<Told, { readonly done: unknown }>> {
    return new Promise((resolve) => {
      const onMessage = (told: Told): void => {
        if (!('done' in told) || told.done !== order.type) return;
        this.#child.off('message', onMessage);
        resolve(told);
      };
      this.#child.on('message', onMessage);
      this.#child.send(order);
    });
  }
}

/** One client that is started, linked, ended, and started again as the same device. */
export type Client = {
  readonly pid: number;
  /** Where `/healthz` answers; null where nothing does. */
  readonly port: number | null;
  /** From its start until it could be asked something, ms; null where it cannot. */
  readonly startMs: number | null;
  link(): Promise<void>;
  /** Ready for `talk`: everyone is answered. */
  answerEveryone(): Promise<void>;
  stop(): Promise<void>;
};

function watchedLoop(folder: string): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import=${LOOP_DELAY}`, BENCH_LOOP_FILE: path.join(folder, 'loop') };
}

/** Watches a client's event loop from now on; what is returned ends that, and says how long its longest block was, ms. */
export function watchLoop({ pid }: Pick<Client, 'pid'>, folder: string): () => Promise<number> {
  const file = path.join(folder, 'loop');
  process.kill(pid, LOOP_SIGNAL);
  return async () => {
    process.kill(pid, LOOP_SIGNAL);
    while (!existsSync(file)) await pause(LOOK_MS);
    const blockMs = Number(readFileSync(file, 'utf8'));
    rmSync(file);
    return blockMs;
  };
}

/** `talks`: every text goes to the agent and its answer is sent; otherwise nothing is asked. */
export function startClient(
  kind: Kind,
  place: Place,
  { whatsapp, folder, talks }: { readonly whatsapp: WhatsAppProcess; readonly folder: string; readonly talks: boolean },
): Promise<Client> {
  return kind === 'recado'
    ? startRecado(place, whatsapp, folder, talks)
    : startStock(kind, place, whatsapp, folder, talks);
}

async function startStock(
  kind: Kind,
  { url, rootKey, agentUrl }: Place,
  whatsapp: WhatsAppProcess,
  folder: string,
  talks: boolean,
): Promise<Client> {
  const args = [kind, url, rootKey, folder, ...(talks ? [agentUrl] : [])];
  const child = fork(path.join(import.meta.dirname, 'stock.ts'), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...watchedLoop(folder) },
  });
  const opened = Promise.withResolvers<void>();
  let scanned = false;
  child.on('message', (told: StockTold) => {
    if ('open' in told) opened.resolve();
    else if (!scanned) {
      scanned = true;
      void whatsapp.scan(told.code);
    }
  });
  return {
    pid: child.pid ?? 0,
    port: null,
    startMs: null,
    link: () => opened.promise,
    answerEveryone: () => opened.promise,
    stop: async () => {
      // What it keeps in files is not written before it goes on.
      await pause(STOCK_WRITES_MS);
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

export class Recado {
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  async start(): Promise<{ readonly child: ChildProcess; readonly port: number }> {
    const child = spawn(process.execPath, [RELAY, 'start', '--json'], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { port } = await lineOf(child, ({ event }) => event === 'running');
    return { child, port: Number(port) };
  }

  /** What the command wrote. */
  async command(...args: readonly string[]): Promise<string> {
    const child = this.#begin(args);
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    await once(child, 'close');
    return text;
  }

  async link(scan: (code: string) => Promise<void>, agent: readonly string[] = []): Promise<void> {
    const child = this.#begin(['link', ...agent, '--json']);
    const closed = once(child, 'close');
    const { text } = await lineOf(child, ({ event }) => event === 'qr');
    await scan(String(text));
    child.stdout?.resume();
    await closed;
  }

  #begin(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [RELAY, ...args], { env: this.#env, stdio: ['ignore', 'pipe', 'inherit'] });
  }
}

/** Nothing that makes an answer wait, and no brake: what is measured is the way. */
const AT_ONCE = {
  RECADO_GATHER_SECONDS: '0',
  RECADO_PACE_SECONDS: '0',
  RECADO_PIECES_SECONDS: '0',
  RECADO_GAP_SECONDS: '0',
  RECADO_BRAKE_SHORT_ANSWERS: '1000000',
  RECADO_BRAKE_LONG_ANSWERS: '1000000',
  RECADO_BRAKE_HOUR_ANSWERS: '1000000',
  RECADO_BRAKE_LOOP_TURNS: '1000000',
  RECADO_DAILY_ANSWERS: '100000',
};

export function environment({ url, rootKey }: Place, home: string, talks: boolean): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    RECADO_HOME: home,
    RECADO_PORT: '0',
    RECADO_WHATSAPP_URL: url,
    RECADO_WHATSAPP_ROOT_KEY: rootKey,
    // Nothing is asked within a burst.
    ...(talks ? AT_ONCE : { RECADO_GATHER_SECONDS: '600' }),
  };
}

async function startRecado(place: Place, whatsapp: WhatsAppProcess, folder: string, talks: boolean): Promise<Client> {
  const recado = new Recado({ ...environment(place, path.join(folder, 'home'), talks), ...watchedLoop(folder) });
  const began = performance.now();
  const { child, port } = await recado.start();
  const startMs = performance.now() - began;
  return {
    pid: child.pid ?? 0,
    port,
    startMs,
    link: async () => {
      await recado.link((code) => whatsapp.scan(code));
      await recado.command('on', '--answer', 'everyone', '--json');
    },
    answerEveryone: async () => {
      const set = ['--adapter', 'webhook', '--set', `url=${place.agentUrl}`];
      // What the burst left is nobody's to answer.
      await recado.command('off', '--json');
      await recado.command('agents', 'edit', 'Recado', ...set, '--json');
      await recado.command('on', '--answer', 'everyone', '--json');
      while (!(await recado.command('status', '--json')).includes('"status":"connected"')) await pause(50);
    },
    stop: async () => {
      const gone = once(child, 'close');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function lineOf(
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
