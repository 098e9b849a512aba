/** `update`: a downloaded release in the place of the installed one. What does not start is taken back, with the data as they were. */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { wait } from '../clock.ts';
import { checkSum, isOlder, UpdateError, unpackUpdate } from '../installation/downloaded-update.ts';
import type { Installer } from '../installation/installer.ts';
import { PAUSE_SECONDS } from '../installation/keeper-policy.ts';
import { rest } from '../installation/login-item.ts';
import type { InstallationRecord } from '../installation/record.ts';
import { tarCommand } from '../installation/system-commands.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import {
  type InstallationParts,
  installedRecord,
  installerOf,
  startInstalled,
  stopRelay,
} from './installation-command.ts';

/** Beside the data while an update is under way; it is in no file any more afterwards. */
const DATA_COPY = 'recado-update.sqlite';
const DATA = 'recado.sqlite';

async function update(
  context: Context,
  parts: InstallationParts,
  { file, sum }: { readonly file: string; readonly sum: string | null },
): Promise<ExitCode> {
  const installer = installerOf(context, parts);
  const record = installedRecord(context, installer);
  const { words } = context;
  const unpacking = path.join(installer.places.root, 'update');
  try {
    checkSum(file, sum);
    const { folder, version } = unpackUpdate(file, unpacking, tarCommand(process.env), parts.run);
    if (isOlder(version, record.version)) throw context.fault('update-older', EXIT.refused, { version });
    context.say(words.update.begins, { from: record.version, to: version });
    await stopRelay(context);
    copyData(record);
    // The new version puts itself in its place: it knows what it needs there.
    const isDone = runNew(folder, record, parts);
    if (!isDone) await takeBack(context, parts, installer, record);
    context.tell({ event: 'updated', from: record.version, to: version });
    context.say(words.update.done, { version });
    return EXIT.done;
  } catch (error) {
    if (error instanceof UpdateError) throw context.fault(error.code, EXIT.refused, { file });
    throw error;
  } finally {
    rmSync(path.join(record.home, DATA_COPY), { force: true });
    rmSync(unpacking, { recursive: true, force: true });
  }
}

/** The relay has ended: its data are one file. */
function copyData({ home }: InstallationRecord): void {
  const data = path.join(home, DATA);
  if (existsSync(data)) copyFileSync(data, path.join(home, DATA_COPY));
}

function runNew(folder: string, { environment, home }: InstallationRecord, { runIn }: InstallationParts): boolean {
  const node = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  return runIn(node, [path.join(folder, 'recado-relay', 'main.js'), 'install'], { ...environment, RECADO_HOME: home });
}

/** Puts the version of before back, and has it run. Always throws: the update has failed. */
async function takeBack(
  context: Context,
  parts: InstallationParts,
  installer: Installer,
  record: InstallationRecord,
): Promise<never> {
  installer.hideRecord();
  try {
    rest(record.starter, parts.run);
    // Longer than a keeper pauses: one that would start it again sees that there is nothing to start.
    await wait(context.clock, 2 * PAUSE_SECONDS * 1_000);
    await stopRelay(context);
    installer.swapBack();
  } finally {
    installer.keepRecord(record);
  }
  // The data as they are hold all that was received and said, also by a new version that ran for a moment.
  if (!(await starts(context, record, parts))) {
    putDataBack(record);
    await startInstalled(context, record, parts);
  }
  throw context.fault('update-taken-back', EXIT.refused, { version: record.version });
}

async function starts(context: Context, record: InstallationRecord, parts: InstallationParts): Promise<boolean> {
  try {
    await startInstalled(context, record, parts);
    return true;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return false;
  }
}

/** The new version has changed the data so that the one before cannot read them, and never answered: the copy is still true. */
function putDataBack({ home }: InstallationRecord): void {
  const copy = path.join(home, DATA_COPY);
  if (!existsSync(copy)) return;
  for (const each of ['-wal', '-shm']) rmSync(path.join(home, `${DATA}${each}`), { force: true });
  copyFileSync(copy, path.join(home, DATA));
}

/** The version before the last update, with the data as they are now: what is older would answer what was answered already. */
async function goBack(context: Context, parts: InstallationParts): Promise<ExitCode> {
  const installer = installerOf(context, parts);
  const record = installedRecord(context, installer);
  const before = installer.versionBefore();
  if (before === null) throw context.fault('update-no-before', EXIT.refused);
  await stopRelay(context);
  installer.swapBack();
  installer.keepRecord({ ...record, version: before });
  if (!(await starts(context, record, parts))) {
    // The older version cannot read what the newer one has written.
    installer.swapBack();
    installer.keepRecord(record);
    await startInstalled(context, record, parts);
    throw context.fault('update-no-way-back', EXIT.refused, { version: record.version });
  }
  context.tell({ event: 'updated', from: record.version, to: before });
  context.say(context.words.update.done, { version: before });
  return EXIT.done;
}

export function addUpdate({ add, run }: CommandSet, parts: InstallationParts): void {
  add('update [file]', 'puts a downloaded release in the place of the installed one', [
    `${COMMAND_LINE} update recado-0.2.0-linux-x64.tar.gz`,
    `${COMMAND_LINE} update --back`,
  ])
    .option('--sha256 <sum>', 'the checksum that was published; otherwise that of the file SHA256SUMS beside it')
    .option('--back', 'the version before the last update, with the data as they are')
    .action((file: string | undefined, options: { sha256?: string; back?: true }, command: Command) =>
      run(command, (context) => {
        if (options.back) return goBack(context, parts);
        if (file === undefined) throw context.fault('update-no-file', EXIT.usage, { file: '' });
        return update(context, parts, { file, sum: options.sha256 ?? null });
      }),
    );
}
