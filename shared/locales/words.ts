/**
 * The words of a language, as English has them: a language that lacks a sentence does not compile. Knows no language itself.
 * `{name}` in a sentence is filled in; all languages have the same blanks.
 */
import type { CommandFaultCode } from '../contract/command-fault.ts';
import type { brief } from './en/brief.ts';
import type { builtIn } from './en/built-in.ts';
import type { chats } from './en/chats.ts';
import type { cli } from './en/cli.ts';
import type { costs } from './en/costs.ts';
import type { firstPage } from './en/first-page.ts';
import type { help } from './en/help.ts';
import type { link } from './en/link.ts';
import type { manifest } from './en/manifest.ts';
import type { options } from './en/options.ts';
import type { pairing } from './en/pairing.ts';
import type { passkey } from './en/passkey.ts';
import type { popup } from './en/popup.ts';
import type { questions } from './en/questions.ts';
import type { schedule } from './en/schedule.ts';
import type { status } from './en/status.ts';
import type { toolbar } from './en/toolbar.ts';
import type { Language } from './languages.ts';
import type { Advice, CauseWords, LinkNoteWords } from './shapes.ts';

export type StatusWords = typeof status;
/** What both sides say about links, agents and chats. */
export type Words = StatusWords & { readonly language: Language };
export type LinkReasonWords = { readonly causes: CauseWords; readonly linkNotes: LinkNoteWords };
/** With the reasons of a link's state, which a page opens without. */
export type ReportWords = Words & LinkReasonWords;
export type CommandWords = Readonly<Record<CommandFaultCode, Advice>>;
export type PopupWords = typeof popup;
export type ChatWords = typeof chats;
export type LinkWords = typeof link;
export type PasskeyWords = typeof passkey;
export type OptionsWords = typeof options;
/** A question that nothing brings back, asked once. */
export type QuestionWords = OptionsWords['data']['askAll'];
export type HelpWords = typeof help;
export type QuestionsWords = typeof questions;
export type ScheduleWords = typeof schedule;
export type PairingWords = typeof pairing;
export type FirstPageWords = typeof firstPage;
export type CliWords = typeof cli;
export type CostWords = typeof costs;
export type ToolbarWords = typeof toolbar;
export type BuiltInWords = typeof builtIn;
export type BriefWords = typeof brief;
export type ManifestWords = typeof manifest;
