/**
 * What every command is given: settings, words, a way to the relay, and two ways to speak: to a person, or to a script.
 * With `--json` nothing but JSON objects, one a line, reaches standard output.
 */
import * as v from 'valibot';
import type { Command, ParamsOf, ProgressOf, ReplyOf } from '../../shared/contract/commands/command.ts';
import { isSettingProblem } from '../../shared/contract/setting-problem.ts';
import type { WireError } from '../../shared/contract/wire.ts';
import {
  agentFaultWordsIn,
  cliWordsIn,
  commandWordsIn,
  problemWordsIn,
  skipReasonsIn,
  wordsIn,
} from '../../shared/locales/all.ts';
import { fill } from '../../shared/locales/format.ts';
import type { Trouble } from '../../shared/locales/help-page.ts';
import type { Language } from '../../shared/locales/languages.ts';
import type { Advice, AgentFaultWords, SettingProblemWords, SkipReasonWords } from '../../shared/locales/shapes.ts';
import type { CliWords, CommandWords, ReportWords } from '../../shared/locales/words.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import type { Clock } from '../clock.ts';
import { RelayClient } from '../server/relay-client.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { Sources } from '../settings/resolution.ts';
import { CliError, type CliFaultCode, EXIT, type ExitCode } from './cli-error.ts';
import { printable } from './table.ts';
import type { Terminal } from './terminal.ts';

export type SentenceValues = Readonly<Record<string, string | number>>;

const LINES = { recado: COMMAND_LINE, start: START_LINE };

type Given = {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly json: boolean;
  readonly settings: Settings;
  readonly sources: Sources;
  /** Where the documents explain a trouble, in the reader's language. */
  readonly helpAt: (trouble: Trouble) => string;
};

export class Context {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly json: boolean;
  readonly settings: Settings;
  readonly sources: Sources;
  readonly words: CliWords;
  readonly shared: ReportWords;
  readonly commandFaults: CommandWords;
  readonly agentFaults: AgentFaultWords;
  readonly problems: SettingProblemWords;
  readonly skipReasons: SkipReasonWords;
  #relay: RelayClient;
  readonly helpAt: Given['helpAt'];

  constructor(given: Given) {
    this.terminal = given.terminal;
    this.clock = given.clock;
    this.json = given.json;
    this.settings = given.settings;
    this.sources = given.sources;
    this.helpAt = given.helpAt;
    this.words = cliWordsIn(given.settings.language);
    this.shared = wordsIn(given.settings.language);
    this.commandFaults = commandWordsIn(given.settings.language);
    this.agentFaults = agentFaultWordsIn(given.settings.language);
    this.problems = problemWordsIn(given.settings.language);
    this.skipReasons = skipReasonsIn(given.settings.language);
    this.#relay = new RelayClient(given.settings.home, given.terminal.environment, given.clock);
  }

  get relay(): RelayClient {
    return this.#relay;
  }

  /** The relay that runs now: another one than before, maybe. */
  anew(): RelayClient {
    void this.#relay.close();
    this.#relay = new RelayClient(this.settings.home, this.terminal.environment, this.clock);
    return this.#relay;
  }

  get language(): Language {
    return this.settings.language;
  }

  /** A sentence with its blanks filled; the lines that start things are always among the values. */
  fill(sentence: string, values: SentenceValues = {}): string {
    return fill(sentence, { ...LINES, ...values });
  }

  /** For a person; a script hears nothing of it. */
  say(sentence: string, values: SentenceValues = {}): void {
    if (!this.json) this.terminal.out(`${this.fill(sentence, values)}\n`);
  }

  /** For a script; a person hears nothing of it. */
  tell(object: object): void {
    if (this.json) this.terminal.out(`${JSON.stringify(object)}\n`);
  }

  fault(code: CliFaultCode, exitCode: ExitCode, values: SentenceValues = {}, cause?: unknown): CliError {
    return this.#error(code, this.words.faults[code], exitCode, values, cause);
  }

  /** Asks the relay. Throws a CliError with the sentence for what went wrong. */
  async ask<C extends Command>(
    command: C,
    params: ParamsOf<C>,
    { onProgress }: { readonly onProgress?: (event: ProgressOf<C>) => void } = {},
  ): Promise<ReplyOf<C>> {
    const onEvent = (event: unknown): void => {
      const parsed = v.safeParse<C['progress']>(command.progress, event);
      // An event of a newer relay: nothing that this command line could show.
      if (parsed.success) onProgress?.(parsed.output);
    };
    const answer = await this.relay.request(command.name, params as object, { onEvent });
    switch (answer.type) {
      case 'not-running':
        throw this.fault('relay-not-running', EXIT.notRunning);
      case 'silent':
        throw this.fault('relay-silent', EXIT.notRunning);
      case 'odd-reply':
        throw this.fault('odd-reply', EXIT.refused);
      case 'refused':
        throw this.refusal(answer);
      case 'done': {
        const parsed = v.safeParse<C['reply']>(command.reply, answer.result);
        if (!parsed.success) throw this.fault('odd-reply', EXIT.refused);
        return parsed.output;
      }
    }
  }

  /** A relay's refusal in the reader's own language, where its code is known. */
  refusal(answer: WireError): CliError {
    const faults: Readonly<Record<string, Advice>> = this.commandFaults;
    const advice = Object.hasOwn(faults, answer.code) ? faults[answer.code] : undefined;
    if (!advice) return new CliError({ ...answer, exitCode: EXIT.refused });
    if (answer.problems) {
      const named = answer.problems.map(({ field, problem }) => `${printable(field)}: ${this.#sayProblem(problem)}`);
      const message = [this.fill(advice.sentence), ...named].join('\n');
      return new CliError({ code: answer.code, message, hint: this.fill(advice.remedy), exitCode: EXIT.refused });
    }
    const { code, names = [] } = answer;
    const message = [this.fill(advice.sentence), ...(names.length > 0 ? [`(${names.map(printable).join(', ')})`] : [])];
    return new CliError({ code, message: message.join(' '), hint: this.fill(advice.remedy), exitCode: EXIT.refused });
  }

  /** The detail of an agent's fault: the reader's own words where it is a code, otherwise as it came. */
  sayDetail(detail: string): string {
    return isSettingProblem(detail) ? this.problems[detail] : printable(detail);
  }

  #sayProblem(problem: string): string {
    return this.problems[isSettingProblem(problem) ? problem : 'other'];
  }

  #error(code: string, advice: Advice, exitCode: ExitCode, values: SentenceValues, cause?: unknown): CliError {
    const message = this.fill(advice.sentence, values);
    const hint = this.fill(advice.remedy, values);
    return new CliError({ code, message, hint, exitCode }, cause === undefined ? undefined : { cause });
  }
}
