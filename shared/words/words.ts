/**
 * Every sentence that people are told about links, agents and commands, as one shape: a language that lacks one does not compile.
 * Knows no language. `{name}` in a sentence is filled in; all languages have the same blanks.
 */
import type { AgentFault } from '../agent-fault.ts';
import type { SkipReason } from '../chat.ts';
import type { CommandFaultCode } from '../command-fault.ts';
import type { Cause, LinkStatus } from '../status.ts';

export type Language = 'pt-BR' | 'en' | 'es';

/** What happened, and what to do about it; an empty `remedy` where nothing needs doing. */
export type Advice = { readonly sentence: string; readonly remedy: string };

/** Why a command was not done. Beside the others: a page needs them seldom, and loads them then. */
export type CommandWords = Readonly<Record<CommandFaultCode, Advice>>;

export type Words = {
  readonly language: Language;
  readonly statuses: Readonly<Record<LinkStatus, { readonly label: string; readonly description: string }>>;
  /** Stand where a status' own description would not be true, and no cause explains it. */
  readonly phases: {
    readonly preparing: string;
    readonly finishing: string;
    readonly opening: string;
    readonly restricted: string;
  };
  readonly causes: Readonly<Record<Cause, Advice>>;
  readonly agentFaults: Readonly<Record<AgentFault, Advice>>;
  readonly skipReasons: Readonly<Record<SkipReason, string>>;
  readonly guidance: {
    readonly cardTitle: string;
    readonly betaBadge: string;
    readonly beta: string;
    readonly dedicatedNumberHeading: string;
    readonly dedicatedNumber: string;
    readonly oneNumberPerAgent: string;
    readonly linkSteps: string;
    readonly switchedOn: string;
    readonly switchedOff: string;
  };
};
