/** The command line as a whole, in the order of its help. Each command registers its own flags; nothing is done here. */
import { Command } from 'commander';
import { addAgents } from './agents-command.ts';
import { addChats } from './chats-command.ts';
import { addClients } from './clients-command.ts';
import { type Act, commandSet } from './command-set.ts';
import { addCosts } from './costs-command.ts';
import { addDoctor } from './doctor-command.ts';
import { addExport } from './export-command.ts';
import { addForget } from './forget-command.ts';
import { addInstallation, type InstallationParts } from './installation-command.ts';
import { addKnowledgeCommand } from './knowledge-command.ts';
import { addLinking } from './link-command.ts';
import { addOutcomes } from './outcomes-command.ts';
import { addOwnerFirst } from './owner-first-command.ts';
import { addRestart } from './restart-command.ts';
import { addSchedule } from './schedule-command.ts';
import { addSettings } from './settings-command.ts';
import { addStart, type StartParts } from './start-command.ts';
import { addStatus } from './status-command.ts';
import { addSwitch } from './switch-command.ts';
import type { Terminal } from './terminal.ts';
import { addUpdate } from './update-command.ts';

export type ProgramParts = Omit<StartParts, 'canInstall'> & {
  readonly version: string;
  readonly terminal: Terminal;
  readonly installation: Omit<InstallationParts, 'version'>;
};

const EXIT_CODES = `
Exit codes: 0 done; 1 refused or failed; 2 wrong usage or settings; 3 no relay runs;
4 the relay cannot start; 5 the attempt to link came to nothing;
6 the relay met an error that nobody caught, and stopped; 130 interrupted.
With --json every line on standard output is one JSON object; an error is {"error":{"code","message","hint"}}.`;

export function createProgram({ version, terminal, installation, ...start }: ProgramParts, act: Act): Command {
  const program = new Command('recado')
    .description('Answers your own WhatsApp number with an AI agent.')
    .version(version)
    // Here only so that it may also stand before the command.
    .option('--json', 'one JSON object a line')
    .addHelpText('after', EXIT_CODES);
  const commands = commandSet(program, act);
  const { installer, source } = installation;
  addStart(commands, { ...start, canInstall: () => installer?.record() === null && source() !== null });
  addRestart(commands);
  addStatus(commands);
  addLinking(commands);
  addSwitch(commands);
  addSchedule(commands);
  addOwnerFirst(commands);
  addOutcomes(commands);
  addAgents(commands);
  addCosts(commands);
  addKnowledgeCommand(commands);
  addClients(commands);
  addChats(commands);
  addExport(commands);
  addForget(commands);
  addDoctor(commands, version);
  addSettings(commands);
  addInstallation(commands, { ...installation, version });
  addUpdate(commands, { ...installation, version });
  quiet(program, terminal);
  return program;
}

/** No command ends the process or writes past the terminal it was given; mistakes are worded by the caller. */
function quiet(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({ writeOut: (text) => terminal.out(text), writeErr: () => undefined });
  for (const child of command.commands) quiet(child, terminal);
}
