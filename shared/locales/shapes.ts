/** What every language is held to: the closed lists of codes that people are told about, and the lists that stay open. */
import type { AgentFault } from '../contract/agent.ts';
import type { SkipReason } from '../contract/chat.ts';
import type { SettingProblem } from '../contract/setting-problem.ts';
import type { Cause, LinkStatus } from '../contract/status.ts';
import type { Answering } from '../rules/answering.ts';

/** What happened, and what to do about it; an empty `remedy` where nothing needs doing. */
export type Advice = { readonly sentence: string; readonly remedy: string };

/** `server-failed`: of an `unreachable` one whose server was reached, and answered with an error. */
export type AgentFaultWords = Readonly<Record<AgentFault | 'server-failed', Advice>>;

export type SettingProblemWords = Readonly<Record<SettingProblem, string>>;

/** What can be wrong with one of the relay's own settings. In the sentences `{setting}` is how it was spelled. */
export type SettingsProblemCode =
  | 'file-unreadable'
  | 'value-kind'
  | 'unknown'
  | 'unknown-near'
  | 'number'
  | 'whole-number'
  | 'choice'
  | 'version'
  | 'proxy'
  | 'simulated-half'
  | 'simulated-address'
  | 'simulated-key';

export type SkipReasonWords = Readonly<Record<SkipReason, string>>;

export type CauseWords = Readonly<Record<Cause, Advice>>;

/** WhatsApp's own limit on a number, and a clock that is wrong. */
export type LinkNoteWords = Readonly<
  Record<'restricted' | 'restricted-openly' | 'clock-ahead' | 'clock-behind', string>
>;

export type StatusLists = {
  readonly statuses: Readonly<Record<LinkStatus, { readonly label: string; readonly description: string }>>;
  /** Stand where a status' own description would not be true, and no cause explains it. */
  readonly phases: Readonly<Record<string, string>>;
  readonly truths: Readonly<Record<Answering, string>>;
  readonly guidance: Readonly<Record<string, string>>;
};

type Meaning = { readonly label: string; readonly meaning: string };

/** What an agent's fields and the relay's settings are called and mean. Where a name is missing here, the relay's own words stand in. */
export type FieldWords = {
  /** By the adapter's name. */
  readonly adapters: Readonly<Record<string, Meaning>>;
  /** By `adapter.field`, or the field's name where it means the same everywhere. */
  readonly fields: Readonly<Record<string, Meaning>>;
  /** Words of a field's choices, by `field.choice`, or by the choice alone where every field means the same by it. */
  readonly choices: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, Meaning>>;
  /** The unit behind a setting's number; empty where the number says all. */
  readonly units: Readonly<Record<string, string>>;
};
