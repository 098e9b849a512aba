/** `start`: runs the relay until Ctrl-C or SIGTERM, and says what to do next. What a relay is, main.ts knows. */

import type { Command } from 'commander';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import { wait } from '../clock.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { Inputs, Resolution, Sources } from '../settings/resolution.ts';
import { CliError, type CliFaultCode, EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import { portHolder } from './port-holder.ts';
import { givenFlags } from './setting-flags.ts';
import { printable } from './table.ts';

export type Started = {
  readonly port: number;
  readonly home: string;
  /** Folders of the built extension; null where it is not built. */
  readonly extension: { readonly chromium: string; readonly firefox: string } | null;
  /** Resolves at an uncaught error. */
  readonly failed: Promise<void>;
  /** Resolves when somebody asked for another start. */
  readonly restart: Promise<void>;
  /** Resolves when somebody asked for the end. */
  readonly ended: Promise<void>;
  /** `show` is called when a browser that is not paired asks for a code. */
  showCodes(show: () => void): void;
  stop(): Promise<void>;
};

type Resolved = { readonly settings: Settings; readonly sources: Sources };

/** Rejects with an error that carries a `fault` or a `code`, a sentence, and a `hint`. */
export type StartRelay = (settings: Settings, sources: Sources) => Promise<Started>;

/** The relay is down within five seconds of being asked; what hangs longer is not waited for: nothing is half-done on disk. */
const STOP_MOST_MS = 4_500;
/** How long data that another program holds are waited for, and how often they are tried. */
const HELD_MOST_MS = 10_000;
const HELD_PAUSE_MS = 500;
/** Half an hour of codes that nobody typed. */
const MOST_CODES = 15;

/** `resolveAgain`: the settings as they are now, for another start; null where they cannot be used. */
async function start(context: Context, parts: StartParts, resolveAgain: () => Resolved | null): Promise<ExitCode> {
  const { startRelay } = parts;
  const interrupts = new Interrupts(context);
  const ended = new AbortController();
  try {
    const begin = async ({ settings, sources }: Resolved): Promise<Started> => {
      const started = await onceFree(context, interrupts.first, () => startRelay(settings, sources)).catch(
        async (error: unknown) => {
          throw await startFault(context, settings, error);
        },
      );
      // A code is for somebody who reads along, never for a log.
      if (context.terminal.shows && !context.json) started.showCodes(() => void showCode(context));
      return started;
    };
    let resolved: Resolved = context;
    let relay = await begin(resolved);
    await announce(context, relay, ended.signal);
    if (context.terminal.shows && !context.json && parts.canInstall()) context.say(context.words.start.offer);
    const reason = (): Promise<'asked' | 'failed' | 'again'> =>
      Promise.race([
        interrupts.first.then(() => 'asked' as const),
        relay.failed.then(() => 'failed' as const),
        relay.restart.then(() => 'again' as const),
        relay.ended.then(() => 'asked' as const),
      ]);
    let why = await reason();
    while (why === 'again') {
      // A relay that is left half-way would keep its data directory, and the next start would be refused.
      await Promise.race([relay.stop(), interrupts.second]);
      const next = resolveAgain() ?? resolved;
      try {
        relay = await begin(next);
        resolved = next;
      } catch (error) {
        // Settings that do not start, such as a port that is taken, are no reason to be gone.
        if (!(error instanceof CliError)) throw error;
        context.terminal.err(`${error.message} ${error.hint}\n`);
        relay = await begin(resolved);
      }
      context.tell({ event: 'restarted', port: relay.port, home: relay.home });
      context.say(context.words.start.restarted, { port: relay.port });
      why = await reason();
    }
    ended.abort();
    context.say(context.words.start.stopping);
    await Promise.race([relay.stop(), interrupts.second, after(context, STOP_MOST_MS)]);
    context.tell({ event: 'stopped' });
    if (why === 'failed') throw context.fault('relay-crashed', EXIT.crashed);
    context.say(context.words.start.stopped);
    return EXIT.done;
  } finally {
    ended.abort();
    interrupts.end();
    await context.relay.close();
  }
}

/** A backup or a virus scanner may hold the data for a moment: the start waits a little, until somebody asks to stop. */
async function onceFree(context: Context, stop: Promise<void>, begin: () => Promise<Started>): Promise<Started> {
  let stopped = false;
  void stop.then(() => {
    stopped = true;
  });
  for (let waitedMs = 0; ; waitedMs += HELD_PAUSE_MS) {
    try {
      return await begin();
    } catch (error) {
      if (!hasText(error, 'fault') || error.fault !== 'in-use') throw error;
      const { type } = await context.relay.request('status', {});
      if (type !== 'not-running') throw error;
      if (stopped || waitedMs >= HELD_MOST_MS) throw new HeldByOthers('held', { cause: error });
      await Promise.race([after(context, HELD_PAUSE_MS), stop]);
    }
  }
}

class HeldByOthers extends Error {
  readonly fault = 'held';
}

class Interrupts {
  readonly first: Promise<void>;
  /** A second request to stop: the person does not want to wait. */
  readonly second: Promise<void>;
  readonly end: () => void;

  constructor({ terminal }: Context) {
    const once = Promise.withResolvers<void>();
    const twice = Promise.withResolvers<void>();
    let count = 0;
    this.first = once.promise;
    this.second = twice.promise;
    this.end = terminal.onInterrupt(() => {
      count += 1;
      (count === 1 ? once : twice).resolve();
    });
  }
}

async function announce(context: Context, { port, home, extension }: Started, ended: AbortSignal): Promise<void> {
  const { start } = context.words;
  context.tell({ event: 'running', port, home });
  context.say(start.running, { port });
  if (!context.json) {
    // One way only: whoever pairs a browser is led on by its popup.
    const invited = extension !== null && (await inviteBrowser(context, extension, ended));
    if (!invited) context.say(await nextStep(context));
  }
  context.say(start.data, { home });
  context.say(start.toStop);
}

/** Only while no browser is paired: how it gets the extension, and a code where a person reads along, never in a log. Says whether it did. */
async function inviteBrowser(
  context: Context,
  folders: NonNullable<Started['extension']>,
  ended: AbortSignal,
): Promise<boolean> {
  const { start } = context.words;
  const { clients } = await context.ask(setup.listClients, {});
  if (clients.length > 0) return false;
  context.say(start.toolbar);
  context.say(start.inChrome, { folder: folders.chromium });
  context.say(start.inFirefox, { folder: folders.firefox });
  if (!context.terminal.shows) {
    context.say(start.askCode);
    return true;
  }
  const { text, expiresAt } = await context.ask(setup.issuePairingCode, {});
  context.say(start.code, { code: text });
  void renewCode(context, expiresAt, ended);
  return true;
}

/** A person who comes back to the terminal finds a code that is good: another one when it has run out, while nobody is paired. */
async function renewCode(context: Context, expiresAt: number, ended: AbortSignal): Promise<void> {
  const { clock, words } = context;
  let runsOutAt = expiresAt;
  try {
    for (let codes = 1; codes < MOST_CODES; codes += 1) {
      await wait(clock, Math.max(0, runsOutAt - clock.now()), ended);
      const { clients } = await context.ask(setup.listClients, {});
      if (clients.length > 0) return;
      const code = await context.ask(setup.issuePairingCode, {});
      runsOutAt = code.expiresAt;
      context.say(words.start.nextCode, { code: code.text });
    }
    context.say(words.start.noMoreCodes);
  } catch (error) {
    // The relay ends, or is gone: what becomes of it is told elsewhere.
    if (!ended.aborted && !(error instanceof CliError)) throw error;
  }
}

/** A browser's popup waits for one. */
async function showCode(context: Context): Promise<void> {
  try {
    const { text } = await context.ask(setup.issuePairingCode, {});
    context.say(context.words.start.askedCode, { code: text });
  } catch (error) {
    // The relay ends: its popup says so.
    if (!(error instanceof CliError)) throw error;
  }
}

async function nextStep(context: Context): Promise<string> {
  const { start } = context.words;
  const { agents } = await context.ask(setup.status, {});
  if (agents.every(({ link }) => link.account === null)) return start.nextLink;
  return agents.some(({ on }) => on) ? start.answering : start.nextOn;
}

const FAULTS: ReadonlyMap<string, CliFaultCode> = new Map([
  ['in-use', 'relay-in-use'],
  ['port-taken', 'port-taken'],
  ['port-refused', 'port-refused'],
  ['held', 'relay-held'],
  ['damaged', 'relay-damaged'],
  ['lost', 'relay-lost'],
  ['newer', 'relay-newer'],
  ['not-ours', 'home-not-ours'],
  ['not-a-file', 'home-not-a-file'],
  ['not-owned', 'home-not-owned'],
  ['open-to-others', 'home-open-to-others'],
  ['not-writable', 'relay-not-writable'],
  ['disk-full', 'relay-disk-full'],
  ['failed', 'relay-disk-failing'],
]);

/** Errors of the store and of the servers, told apart by their codes: the rooms themselves are not known here. */
async function startFault(context: Context, { home, port }: Settings, error: unknown): Promise<CliError> {
  const code = (hasText(error, 'fault') && FAULTS.get(error.fault)) || 'relay-failed';
  const place = hasText(error, 'path') ? error.path : home;
  const fault = context.fault(code, EXIT.cannotStart, { home, place, port }, error);
  if (code === 'port-taken') return withHolder(context, fault, port, error);
  if (code !== 'relay-failed' || !hasText(error, 'hint')) return fault;
  // Its own sentence is written for people, if not in their language.
  const message = error instanceof Error ? `${fault.message} ${error.message}` : fault.message;
  return new CliError({ code, message, hint: error.hint, exitCode: EXIT.cannotStart }, { cause: error });
}

async function withHolder(context: Context, fault: CliError, port: number, cause: unknown): Promise<CliError> {
  const holder = await portHolder(port);
  if (holder === null) return fault;
  const { holders } = context.words.start;
  const who =
    holder.type === 'relay'
      ? context.fill(holders.relay)
      : context.fill(holders.program, { name: printable(holder.name), pid: holder.pid });
  const { code, hint, exitCode } = fault;
  return new CliError({ code, message: `${fault.message} ${who}`, hint, exitCode }, { cause });
}

function hasText<const Name extends string>(value: unknown, name: Name): value is Record<Name, string> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'string';
}

function after({ clock }: Context, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

export type StartParts = {
  readonly startRelay: StartRelay;
  /** Flags to settings, with this machine's environment and files. */
  readonly resolve: (flags: Inputs['flags']) => Resolution;
  /** True where Recado could be installed, and is not. */
  canInstall(): boolean;
};

export function addStart({ add, run }: CommandSet, parts: StartParts): void {
  const examples = [START_LINE, `${COMMAND_LINE} start --port 0`];
  add('start', 'runs the relay until Ctrl-C', examples, 'all').action((_options, command: Command) => {
    const resolveAgain = () => {
      const resolution = parts.resolve(givenFlags(command, 'all').settings);
      return resolution.type === 'problems' ? null : resolution;
    };
    return run(command, (context) => start(context, parts, resolveAgain), 'all');
  });
}
