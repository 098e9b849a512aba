/** The words of every language at once: for a program on disk. A page loads what it needs of one language instead (`load.ts`). */
import { LANGUAGE_CODES, type Language } from './languages.ts';
import {
  loadAgentFaultWords,
  loadCommandWords,
  loadFieldWords,
  loadLinkWords,
  loadProblemWords,
  loadSkipReasons,
  loadStatusWords,
} from './load.ts';
import type { AgentFaultWords, FieldWords, SettingProblemWords, SkipReasonWords } from './shapes.ts';
import type { BuiltInWords, CliWords, CommandWords, LinkWords, ReportWords } from './words.ts';

type Loaded = {
  readonly status: ReportWords;
  readonly commands: CommandWords;
  readonly agentFaults: AgentFaultWords;
  readonly problems: SettingProblemWords;
  readonly fields: FieldWords;
  readonly link: LinkWords;
  readonly skipReasons: SkipReasonWords;
  readonly cli: CliWords;
  readonly builtIn: BuiltInWords;
};

async function loaded(language: Language): Promise<Loaded> {
  const [status, commands, agentFaults, problems, fields, link, skipReasons, { cli }, { builtIn }] = await Promise.all([
    loadStatusWords(language),
    loadCommandWords(language),
    loadAgentFaultWords(language),
    loadProblemWords(language),
    loadFieldWords(language),
    loadLinkWords(language),
    loadSkipReasons(language),
    import(`./${language}/cli.ts`) as Promise<{ readonly cli: CliWords }>,
    import(`./${language}/built-in.ts`) as Promise<{ readonly builtIn: BuiltInWords }>,
  ]);
  return { status, commands, agentFaults, problems, fields, link, skipReasons, cli, builtIn };
}

const WORDS = Object.fromEntries(
  await Promise.all(LANGUAGE_CODES.map(async (language) => [language, await loaded(language)] as const)),
) as Readonly<Record<Language, Loaded>>;

export function wordsIn(language: Language): ReportWords {
  return WORDS[language].status;
}

export function commandWordsIn(language: Language): CommandWords {
  return WORDS[language].commands;
}

export function agentFaultWordsIn(language: Language): AgentFaultWords {
  return WORDS[language].agentFaults;
}

export function problemWordsIn(language: Language): SettingProblemWords {
  return WORDS[language].problems;
}

export function skipReasonsIn(language: Language): SkipReasonWords {
  return WORDS[language].skipReasons;
}

export function fieldWordsIn(language: Language): FieldWords {
  return WORDS[language].fields;
}

export function linkWordsIn(language: Language): LinkWords {
  return WORDS[language].link;
}

export function cliWordsIn(language: Language): CliWords {
  return WORDS[language].cli;
}

export function builtInWordsIn(language: Language): BuiltInWords {
  return WORDS[language].builtIn;
}
