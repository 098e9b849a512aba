/** `install`, `uninstall`, `service`, `welcome`: Recado without a terminal, from a place that stays, started at login and by the browser. */
import type { Command } from 'commander';
import * as links from '../../shared/contract/commands/link-commands.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { fill } from '../../shared/locales/format.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { wait } from '../clock.ts';
import type { Installer, InstallStep, ProgramSource } from '../installation/installer.ts';
import { starterOf, wake } from '../installation/login-item.ts';
import type { InstallationRecord } from '../installation/record.ts';
import { type Run, startDetached } from '../installation/system-commands.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import { confirm } from './confirm.ts';
import type { Context } from './context.ts';

export type InstallationParts = {
  readonly version: string;
  readonly system: NodeJS.Platform;
  /** Null on a system that has no place for it. */
  readonly installer: Installer | null;
  readonly run: Run;
  /** Runs a program with these variables besides, its output on this terminal; false where it fails. */
  runIn(command: string, args: readonly string[], environment: Readonly<Record<string, string>>): boolean;
  /** What lies here to be installed; null where nothing is built. */
  source(): ProgramSource | null;
  /** Erases the files of a relay in its data directory, and the directory where nothing else is in it. */
  eraseData(home: string): void;
  /** Where the built extension says how it gets into the browser; null where it is not built. */
  firstSteps(context: Context): string | null;
};

const START_MOST_MS = 30_000;
const STOP_MOST_MS = 15_000;
const LOOK_MS = 150;

async function install(context: Context, parts: InstallationParts): Promise<ExitCode> {
  const installer = installerOf(context, parts);
  if (context.terminal.environment.SUDO_UID) throw context.fault('install-as-root', EXIT.usage);
  const { words, settings, sources } = context;
  const source = parts.source();
  if (!source) throw context.fault('install-unbuilt', EXIT.refused);
  const isOwn = source.node.startsWith(installer.places.program);
  const plan = installer.plan({
    version: parts.version,
    home: sources.home === 'default' ? null : settings.home,
    usedHome: settings.home,
    starter: starterOf(installer.system),
  });
  if (!isOwn) {
    context.say(words.installation.copying);
    installer.copy(source);
  }
  await stopRelay(context);
  if (!isOwn) tellStep(context, { type: 'copied', path: installer.swap() });
  installer.register(plan, (step) => tellStep(context, step));
  await startInstalled(context, plan.record, parts);
  context.tell({ event: 'installed', version: parts.version, program: installer.places.program });
  context.say(words.installation.installed);
  context.say(words.installation.starters[plan.record.starter]);
  tellLeftBehind(context);
  if (source.extension) context.say(words.installation.next, { recado: installer.places.command });
  return EXIT.done;
}

/** A service has none of this terminal's variables. */
function tellLeftBehind(context: Context): void {
  const { sources } = context;
  const names = Object.entries(sources).filter(([name, source]) => source === 'environment' && name !== 'home');
  if (names.length === 0) return;
  context.say(context.words.installation.leftBehind, { names: names.map(([name]) => name).join(', ') });
}

function tellStep(context: Context, step: InstallStep): void {
  const { purposes } = context.words.installation;
  if (step.type !== 'written') {
    context.tell({ event: step.type, path: step.path });
    context.say('{purpose}: {path}', { purpose: purposes[step.type], path: step.path });
    return;
  }
  const { path, purpose, browsers } = step.file;
  context.tell({ event: 'written', path, purpose, browsers });
  context.say('{purpose}: {path}', { purpose: fill(purposes[purpose], { browsers: browsers.join(', ') }), path });
}

async function uninstall(
  context: Context,
  parts: InstallationParts,
  { yes, erase }: { readonly yes: boolean; readonly erase: boolean },
): Promise<ExitCode> {
  const installer = installerOf(context, parts);
  const record = installedRecord(context, installer);
  const { words } = context;
  if (!(await confirm(context, words.installation.askUninstall, yes))) return EXIT.refused;
  const erases = erase || (!yes && (await wantsErased(context)));
  await leaveWhatsApp(context, record, parts, erases);
  await stopRelay(context);
  const gone = installer.remove(record);
  for (const path of gone) {
    context.tell({ event: 'removed', path });
    context.say(words.installation.removed, { path });
  }
  if (erases) parts.eraseData(record.home);
  context.tell({ event: 'uninstalled', data: erases ? null : record.home });
  context.say(erases ? words.installation.goneWithData : words.installation.dataStay, { home: record.home });
  return EXIT.done;
}

async function wantsErased(context: Context): Promise<boolean> {
  const answer = await context.terminal.ask(context.words.installation.askErase, { hidden: false });
  return context.words.forget.yes.includes((answer ?? '').trim().toLowerCase());
}

/** The numbers are logged out first, while somebody is there who can tell WhatsApp. What fails is said: the rest goes on. */
async function leaveWhatsApp(
  context: Context,
  record: InstallationRecord,
  parts: InstallationParts,
  erases: boolean,
): Promise<void> {
  const { words } = context;
  try {
    await startInstalled(context, record, parts);
    if (erases) {
      const { logoutsLeft } = await context.ask(setup.forget, { all: true });
      if (logoutsLeft > 0) context.say(words.installation.onPhone);
      return;
    }
    const { agents } = await context.ask(setup.status, {});
    for (const { id, link } of agents) {
      if (link.account === null) continue;
      const { link: after } = await context.ask(links.unlink, { agent: id });
      if (after !== null && after.cause !== 'unlinked-here') context.say(words.installation.onPhone);
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    context.say(words.installation.onPhone);
  }
}

async function service(
  context: Context,
  parts: InstallationParts,
  act: 'status' | 'start' | 'stop',
): Promise<ExitCode> {
  const installer = installerOf(context, parts);
  const record = installedRecord(context, installer);
  const { words } = context;
  if (act === 'start') await startInstalled(context, record, parts);
  if (act === 'stop') await stopRelay(context);
  const runs = await isRunning(context);
  const { program } = installer.places;
  context.tell({ version: record.version, program, home: record.home, starter: record.starter, runs });
  if (act === 'status') {
    context.say(words.installation.version, { version: record.version, path: program });
    context.say(words.installation.starters[record.starter]);
    context.say(words.start.data, { home: record.home });
  }
  context.say(runs ? words.installation.runs : words.installation.rests);
  return act === 'status' && !runs ? EXIT.notRunning : EXIT.done;
}

async function welcome(context: Context, parts: InstallationParts): Promise<ExitCode> {
  const record = installedRecord(context, installerOf(context, parts));
  await startInstalled(context, record, parts);
  const page = parts.firstSteps(context);
  context.tell({ page });
  context.say(context.words.installation.runs);
  if (page === null) return EXIT.done;
  context.say(context.words.installation.page, { page });
  const [command, ...args] = OPENERS[parts.system] ?? ['/usr/bin/xdg-open'];
  startDetached(command ?? '', [...args, page], process.env);
  return EXIT.done;
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/usr/bin/open'],
  win32: ['C:\\Windows\\explorer.exe'],
};

export function installerOf(context: Context, { installer }: InstallationParts): Installer {
  if (!installer) throw context.fault('install-unknown-system', EXIT.refused);
  return installer;
}

export function installedRecord(context: Context, installer: Installer): InstallationRecord {
  const record = installer.record();
  if (!record) throw context.fault('not-installed', EXIT.refused);
  return record;
}

async function isRunning(context: Context): Promise<boolean> {
  const { type } = await context.anew().request(setup.ping.name, {});
  return type !== 'not-running';
}

/** Whichever relay has this data directory. */
export async function stopRelay(context: Context): Promise<void> {
  if ((await context.anew().request(setup.endRelay.name, {})).type === 'not-running') return;
  if (!(await until(context, STOP_MOST_MS, async () => !(await isRunning(context)))))
    throw context.fault('relay-silent', EXIT.refused);
}

export async function startInstalled(
  context: Context,
  record: InstallationRecord,
  { run }: InstallationParts,
): Promise<void> {
  if (await isRunning(context)) return;
  // A keeper that has given up ends: nothing more is to be waited for.
  const kept = wake(record, run);
  const runs = await until(context, START_MOST_MS, async () => kept?.isOver() || (await isRunning(context)));
  if (!runs || !(await isRunning(context)))
    throw context.fault('install-not-started', EXIT.cannotStart, { home: record.home });
}

async function until(context: Context, mostMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < mostMs; waitedMs += LOOK_MS) {
    if (await holds()) return true;
    await wait(context.clock, LOOK_MS);
  }
  return false;
}

export function addInstallation({ add, group, run }: CommandSet, parts: InstallationParts): void {
  add('install', 'copies Recado to a place that stays; from then on it starts at login, and browsers find it', [
    `${COMMAND_LINE} install`,
  ]).action((_options, command: Command) => run(command, (context) => install(context, parts)));
  add('uninstall', 'logs the numbers out and removes what install has put here', [`${COMMAND_LINE} uninstall`])
    .option('--yes', 'without asking; the data stay')
    .option('--erase', 'the data too: agents, keys, chats')
    .action((options: { yes?: true; erase?: true }, command: Command) =>
      run(command, (context) =>
        uninstall(context, parts, { yes: options.yes === true, erase: options.erase === true }),
      ),
    );
  add('welcome', 'starts the installed relay, and shows in the browser how the extension gets there').action(
    (_options, command: Command) => run(command, (context) => welcome(context, parts)),
  );
  const services = group('service', 'the installed relay: status, start, stop');
  for (const [act, description] of [
    ['status', 'whether it is installed, starts at login, and runs'],
    ['start', 'starts it'],
    ['stop', 'stops it until the next login, or until a browser starts it'],
  ] as const) {
    add(act, description, [], 'few', services).action((_options, command: Command) =>
      run(command, (context) => service(context, parts, act)),
    );
  }
}
