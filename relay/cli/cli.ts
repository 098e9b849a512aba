/**
 * The command line as a whole: which commands there are, what they take, how they fail. main.ts calls `runCli` alone.
 * Knows the running relay only by its local socket; how a relay is started is handed in.
 */
import { CommanderError } from 'commander';
import { cliWordsIn, fieldWordsIn } from '../../shared/locales/all.ts';
import { fill } from '../../shared/locales/format.ts';
import type { Trouble } from '../../shared/locales/help-page.ts';
import type { Language } from '../../shared/locales/languages.ts';
import type { CliWords } from '../../shared/locales/words.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import type { Clock } from '../clock.ts';
import type { SettingsProblem } from '../settings/problem.ts';
import { systemLanguage } from '../settings/resolution.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { Action } from './command-set.ts';
import { Context } from './context.ts';
import { createProgram, type ProgramParts } from './program.ts';
import { flagProblems, type GivenFlags } from './setting-flags.ts';
import { printable } from './table.ts';
import type { Terminal } from './terminal.ts';

export type CliParts = ProgramParts & {
  readonly clock: Clock;
  /** Where the documents explain a trouble: an address that a browser opens. */
  helpAt(language: Language, trouble: Trouble): string;
};

/** Runs one command to its end; resolves to the exit code and never rejects. `argv` without node and script. */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<ExitCode> {
  // A mistake may stand before the flag, so it is looked for rather than parsed.
  const json = argv.includes('--json');
  let exitCode: ExitCode = EXIT.done;
  const act = async (flags: GivenFlags, action: Action): Promise<void> => {
    const context = contextOf(parts, json, flags);
    try {
      exitCode = await action(context);
    } finally {
      await context.relay.close();
    }
  };
  try {
    await createProgram(parts, act).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return report(error, json, parts.terminal);
  }
}

function contextOf(parts: CliParts, json: boolean, flags: GivenFlags): Context {
  const { terminal, clock } = parts;
  const resolution = parts.resolve(flags.settings);
  const problems = [...flagProblems(flags), ...(resolution.type === 'problems' ? resolution.problems : [])];
  if (resolution.type === 'problems' || problems.length > 0) throw settingsFault(problems, terminal);
  const { settings, sources } = resolution;
  const helpAt = (trouble: Trouble): string => parts.helpAt(settings.language, trouble);
  return new Context({ terminal, clock, json, settings, sources, helpAt });
}

/** All problems at once, so that five mistakes do not take five starts. */
function settingsFault(problems: readonly SettingsProblem[], terminal: Terminal): CliError {
  const language = systemLanguage(terminal.environment);
  const { settingsProblems } = cliWordsIn(language);
  const { units } = fieldWordsIn(language);
  const detail = problems
    .map(({ setting, code, values }) => {
      const { sentence, remedy } = settingsProblems[code];
      const unit = units[values.unit ?? ''] ?? '';
      return fill(`${sentence} ${remedy}`.trim(), {
        recado: COMMAND_LINE,
        ...values,
        setting: printable(setting),
        unit: unit === '' ? '' : ` ${unit}`,
      });
    })
    .join('\n');
  return usageFault('settings-wrong', detail, terminal);
}

function usageFault(code: 'usage' | 'settings-wrong', detail: string, { environment }: Terminal): CliError {
  const { sentence, remedy } = cliWordsIn(systemLanguage(environment)).faults[code];
  return new CliError({
    code,
    message: fill(sentence, { detail }),
    hint: fill(remedy, { recado: COMMAND_LINE }),
    exitCode: EXIT.usage,
  });
}

function report(error: unknown, json: boolean, terminal: Terminal): ExitCode {
  const fault = asCliError(error, terminal);
  const { code, message, hint } = fault;
  if (json) terminal.out(`${JSON.stringify({ error: { code, message, hint } })}\n`);
  else terminal.err(`${[message, hint].filter((line) => line !== '').join('\n')}\n`);
  return fault.exitCode;
}

function asCliError(error: unknown, terminal: Terminal): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    return usageFault('usage', describeMisuse(error, cliWordsIn(systemLanguage(terminal.environment))), terminal);
  }
  // A bug. Its message may quote what it failed on; where it happened is enough.
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return new CliError(
    {
      code: 'failed',
      message: [error instanceof Error ? error.name : typeof error, ...frames].join('\n'),
      hint: '',
      exitCode: EXIT.refused,
    },
    { cause: error },
  );
}

/** The parser's own sentence is English; what it names, and what it thinks was meant, are kept. */
function describeMisuse({ code, message }: CommanderError, { misuse }: CliWords): string {
  const reasons: Readonly<Record<string, string>> = misuse;
  const reason = code.replace('commander.', '');
  // An option's value may be a key: it is not repeated.
  const name = printable(/'([^'=]*)/.exec(message)?.[1] ?? '');
  const nearest = message.split('(Did you mean ')[1]?.replace('one of ', '').replace('?)', '');
  const allowed = /is invalid\. (?:Allowed choices are )?([^.]*)/.exec(message)?.[1];
  const sentences = [
    Object.hasOwn(reasons, reason) ? reasons[reason] : misuse.other,
    ...(nearest ? [misuse.near] : []),
    ...(allowed ? [misuse.allowed] : []),
  ];
  return fill(sentences.join(' '), { name, nearest: nearest ?? '', allowed: allowed ?? '' });
}
