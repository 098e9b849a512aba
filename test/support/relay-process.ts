/** The relay as its own process, as people start it, and the command line as another: everything they write is kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** The bundle that `npm start` runs. */
const MAIN = path.join(import.meta.dirname, '..', '..', 'recado-relay', 'main.js');

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

class RecadoProcess {
  readonly child: ChildProcess;
  #out = '';
  #err = '';

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [MAIN, ...args], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.#out += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.#err += chunk.toString();
    });
  }

  get out(): string {
    return this.#out;
  }

  get err(): string {
    return this.#err;
  }

  /** The objects of standard output, one a line. */
  get lines(): readonly Record<string, unknown>[] {
    return this.#out
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  }

  async ended(): Promise<Ended> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return { code: this.child.exitCode, out: this.#out, err: this.#err };
  }
}

export type RelayProcess = {
  readonly home: string;
  readonly relay: RecadoProcess;
  /** Runs a command to its end. */
  recado(...args: string[]): Promise<Ended>;
  /** Starts a command and leaves it running. */
  begin(...args: string[]): RecadoProcess;
  /** Links an agent through the command line, as a script would: scans its first code and waits until it is connected. */
  link(person: Person, agent?: string): Promise<void>;
  /** Everything that relay and commands have written so far. */
  written(): string;
};

/** What of a simulated WhatsApp a relay's process needs; a simulator in another process has it too. */
export type Simulated = Pick<WhatsApp, 'url' | 'rootKey' | 'until'>;

/** `environment` names settings as a user would: `RECADO_GATHER_SECONDS`. */
export async function startRelayProcess(
  whatsapp: Simulated,
  options: { readonly home?: string; readonly environment?: Record<string, string> } = {},
): Promise<RelayProcess> {
  const home = options.home ?? path.join(temporaryDirectory(), 'home');
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    LANG: 'pt_BR.UTF-8',
    RECADO_HOME: home,
    RECADO_PORT: '0',
    RECADO_LOG_LEVEL: 'debug',
    RECADO_WHATSAPP_URL: whatsapp.url,
    RECADO_WHATSAPP_ROOT_KEY: Buffer.from(whatsapp.rootKey).toString('hex'),
    RECADO_GATHER_SECONDS: '0.2',
    RECADO_PACE_SECONDS: '0',
    RECADO_PIECES_SECONDS: '0',
    RECADO_GAP_SECONDS: '0',
    ...options.environment,
  };
  const commands: RecadoProcess[] = [];
  const begin = (...args: string[]): RecadoProcess => {
    const command = new RecadoProcess(args, environment);
    commands.push(command);
    return command;
  };
  const relay = begin('start', '--json');
  onTestFinished(async () => {
    for (const { child } of commands) child.kill('SIGKILL');
    await Promise.all(commands.map((command) => command.ended()));
  });
  await whatsapp.until(() => relay.lines.length > 0 || relay.child.exitCode !== null, 'the relay said something');
  return {
    home,
    relay,
    begin,
    recado: (...args) => begin(...args).ended(),
    link: async (person, agent) => {
      const command = begin('link', ...(agent === undefined ? [] : [agent]), '--json');
      await whatsapp.until(() => command.lines.some(({ event }) => event === 'qr'), 'a code was shown');
      await person.scan(String(command.lines.find(({ event }) => event === 'qr')?.text));
      const { code } = await command.ended();
      if (code !== 0) throw new Error(`linking ended with ${code}`);
    },
    written: () => commands.map(({ out, err }) => out + err).join(''),
  };
}
