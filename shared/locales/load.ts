/**
 * Loads what a page says in one language, each part when it is wanted. Every part is a file of the language's folder;
 * what the files hold is checked where they are written, by their types.
 */
import type { Language } from './languages.ts';
import type { AgentFaultWords, FieldWords, SettingProblemWords, SkipReasonWords } from './shapes.ts';
import type {
  BriefWords,
  ChatWords,
  CommandWords,
  CostWords,
  FirstPageWords,
  HelpWords,
  LinkReasonWords,
  LinkWords,
  OptionsWords,
  PairingWords,
  PasskeyWords,
  QuestionsWords,
  ReportWords,
  ScheduleWords,
  StatusWords,
  ToolbarWords,
} from './words.ts';

export async function loadStatusWords(language: Language): Promise<ReportWords> {
  const [{ status }, reasons]: [{ readonly status: StatusWords }, LinkReasonWords] = await Promise.all([
    import(`./${language}/status.ts`),
    loadLinkReasonWords(language),
  ]);
  return { ...status, ...reasons, language };
}

export async function loadLinkReasonWords(language: Language): Promise<LinkReasonWords> {
  const { causes, linkNotes }: LinkReasonWords = await import(`./${language}/causes.ts`);
  return { causes, linkNotes };
}

export async function loadCommandWords(language: Language): Promise<CommandWords> {
  const { commands }: { readonly commands: CommandWords } = await import(`./${language}/commands.ts`);
  return commands;
}

export async function loadAgentFaultWords(language: Language): Promise<AgentFaultWords> {
  const { agentFaults }: { readonly agentFaults: AgentFaultWords } = await import(`./${language}/agent-faults.ts`);
  return agentFaults;
}

export async function loadProblemWords(language: Language): Promise<SettingProblemWords> {
  const { problems }: { readonly problems: SettingProblemWords } = await import(`./${language}/problems.ts`);
  return problems;
}

export async function loadSkipReasons(language: Language): Promise<SkipReasonWords> {
  const { skipReasons }: { readonly skipReasons: SkipReasonWords } = await import(`./${language}/skip-reasons.ts`);
  return skipReasons;
}

export async function loadBriefWords(language: Language): Promise<BriefWords> {
  const { brief }: { readonly brief: BriefWords } = await import(`./${language}/brief.ts`);
  return brief;
}

export async function loadCostWords(language: Language): Promise<CostWords> {
  const { costs }: { readonly costs: CostWords } = await import(`./${language}/costs.ts`);
  return costs;
}

export async function loadHelpWords(language: Language): Promise<HelpWords> {
  const { help }: { readonly help: HelpWords } = await import(`./${language}/help.ts`);
  return help;
}

export async function loadChatWords(language: Language): Promise<ChatWords> {
  const { chats }: { readonly chats: ChatWords } = await import(`./${language}/chats.ts`);
  return chats;
}

export async function loadLinkWords(language: Language): Promise<LinkWords> {
  const { link }: { readonly link: LinkWords } = await import(`./${language}/link.ts`);
  return link;
}

export async function loadPasskeyWords(language: Language): Promise<PasskeyWords> {
  const { passkey }: { readonly passkey: PasskeyWords } = await import(`./${language}/passkey.ts`);
  return passkey;
}

export async function loadScheduleWords(language: Language): Promise<ScheduleWords> {
  const { schedule }: { readonly schedule: ScheduleWords } = await import(`./${language}/schedule.ts`);
  return schedule;
}

export async function loadQuestionsWords(language: Language): Promise<QuestionsWords> {
  const { questions }: { readonly questions: QuestionsWords } = await import(`./${language}/questions.ts`);
  return questions;
}

export async function loadPairingWords(language: Language): Promise<PairingWords> {
  const { pairing }: { readonly pairing: PairingWords } = await import(`./${language}/pairing.ts`);
  return pairing;
}

export async function loadFirstPageWords(language: Language): Promise<FirstPageWords> {
  const { firstPage }: { readonly firstPage: FirstPageWords } = await import(`./${language}/first-page.ts`);
  return firstPage;
}

export async function loadOptionsWords(language: Language): Promise<OptionsWords> {
  const { options }: { readonly options: OptionsWords } = await import(`./${language}/options.ts`);
  return options;
}

export async function loadFieldWords(language: Language): Promise<FieldWords> {
  const { fields }: { readonly fields: FieldWords } = await import(`./${language}/fields.ts`);
  return fields;
}

export async function loadToolbarWords(language: Language): Promise<ToolbarWords> {
  const { toolbar }: { readonly toolbar: ToolbarWords } = await import(`./${language}/toolbar.ts`);
  return toolbar;
}
