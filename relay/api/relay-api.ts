/** What commands may call: the relay as the api sees it. app/ implements it; the api knows no room behind it. */

import type { AgentFault, SwitchedBy } from '../../shared/agent.ts';
import type { AgentId, ChatId, ChatRule, ChatSummary, Scope } from '../../shared/chat.ts';
import type { PasskeyOptions } from '../../shared/passkey.ts';
import type { Edge, Schedule } from '../../shared/schedule.ts';
import type { LinkReport } from '../../shared/status.ts';
import type { SettingView } from '../settings/settings-editor.ts';
import type { BackEnd, DayCount, OffInterval } from '../store/agent-ledger.ts';
import type { ClientId, ClientRecord } from '../store/client-ledger.ts';
import type { OutcomeRecord, Skip, UnansweredChat } from '../store/outcome-ledger.ts';
import type { AgentResult, Line, Shortened, Usage } from '../turn.ts';

/** One agent with everything that may be shown of it. Its key is not among it. */
/** What happens right now. */
type Now = {
  /** Since when the agent has been asked and has not answered, epoch ms. */
  readonly thinkingSince: number | null;
  /** Chats whose messages get an answer soon, or are being thought about. */
  readonly waiting: number;
  /** Chats that the owner keeps: how many, and the latest of them. */
  readonly heldChats: number;
  readonly held: readonly { readonly chat: ChatId; readonly until: number }[];
};

export type AgentView = {
  readonly id: AgentId;
  readonly name: string;
  readonly adapter: BackEnd['adapter'];
  readonly settings: BackEnd['settings'];
  readonly hasKey: boolean;
  readonly on: boolean;
  readonly switchedAt: number;
  readonly switchedBy: SwitchedBy;
  readonly backOnAt: number | null;
  readonly schedule: Schedule;
  readonly nextEdge: Edge | null;
  readonly scope: Scope | null;
  /** Chats that have a rule of their own to be answered. */
  readonly chosenChats: number;
  /** Whether the owner's address book has come. */
  readonly contactsKnown: boolean;
  readonly link: LinkReport;
  readonly today: Omit<DayCount, 'skipped'>;
  /** Messages that came while the switch was off, since it was last switched. */
  readonly ignoredWhileOff: number;
  /** Messages that got no answer today; of a group, or a chat that is not to be answered, one. */
  readonly skippedToday: number;
  /** How often the connection fell within the last hour. */
  readonly fellLastHour: number;
  readonly thinking: number;
  readonly sending: number;
  readonly now: Now;
  readonly retryAt: number | null;
  readonly lastFault: { readonly fault: AgentFault; readonly detail: string; readonly at: number } | null;
};

export type AdapterView = {
  readonly name: BackEnd['adapter'];
  readonly meaning: string;
  readonly fields: readonly {
    readonly name: string;
    readonly kind: string;
    readonly choices: readonly string[] | null;
    readonly required: boolean;
    readonly default: unknown;
    readonly meaning: string;
    readonly secret: boolean;
    readonly role: string | null;
  }[];
};

/** What became of the wish to begin a try with a passkey. */
type PasskeyBegun =
  | { readonly type: 'begun'; readonly attempt: string; readonly options: PasskeyOptions }
  /** Nothing waits for a passkey, or a try is under way. */
  | { readonly type: 'not-now' }
  /** Another browser began this attempt. */
  | { readonly type: 'elsewhere' };

/** One agent's tries with a passkey; `attempt` names one, and only who began it knows the name. */
export type PasskeyTries = {
  /** The owner's yes: from here on WhatsApp is spoken to. */
  begin(client: string | null): Promise<PasskeyBegun>;
  /** False where it is no answer to this try's question: nothing of it was sent. */
  answer(attempt: string, assertion: unknown): Promise<boolean>;
  /** The browser brings nothing. */
  abandon(attempt: string): void;
  /** False where nothing is compared now. */
  compared(attempt: string, same: boolean): boolean;
  /** The code to compare, or the one that the phone shows should it not have taken the proof; null where there is none now. */
  code(attempt: string): { readonly text: string; readonly step: 'compare' | 'shown' } | null;
};

export type AgentCheck = {
  readonly id: AgentId;
  readonly name: string;
  readonly fault: AgentFault | null;
  /** False where it was reached, and only a question would show more. */
  readonly isProven: boolean;
  readonly detail: string;
};

export type PairingCode = {
  /** As it is read aloud: `XXXXX-XXXXX`. A secret: shown to the client that asked for it, never logged. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
};

/** Which agent is meant: what a command needs to act on it. */
export type AgentRef = Pick<AgentView, 'id' | 'name' | 'scope'>;

/** What a contact would have got, or why nothing. */
export type TrialResult =
  | {
      readonly type: 'answer';
      readonly texts: readonly string[];
      readonly usage: Usage | null;
      readonly shortened: Shortened['fault'] | null;
    }
  | { readonly type: 'silence'; readonly reason: 'agent-silent' | 'same-answer'; readonly usage: Usage | null }
  | (AgentResult & { readonly type: 'fault' });

/** `startedAt` in epoch ms, `ms` since then. */
export type LinkingAttempt = {
  readonly startedAt: number;
  readonly entries: readonly ({ readonly ms: number; readonly way: 'received' | 'sent' | 'state' } & Readonly<
    Record<string, unknown>
  >)[];
};

/** Rejects with CommandError where something cannot be done. */
export interface RelayApi {
  agents(): Promise<readonly AgentView[]>;
  agent(id: AgentId): Promise<AgentView>;
  /** By id, or by name in any case; the only agent there is for undefined. Null where none is meant, or several may be. */
  findAgent(wanted: string | undefined): Promise<AgentRef | null>;
  agentNames(): Promise<readonly string[]>;
  adapters(): readonly AdapterView[];
  addAgent(agent: { readonly name: string; readonly backEnd: BackEnd; readonly key: string | null }): Promise<AgentId>;
  /** `key`: a text replaces it, null removes it, undefined keeps it. */
  editAgent(
    id: AgentId,
    change: { readonly name?: string; readonly backEnd?: BackEnd; readonly key?: string | null },
  ): Promise<void>;
  removeAgent(id: AgentId): Promise<void>;
  /** Talks to the agent with no WhatsApp between: nothing is stored or sent. `talk` tells talks apart; null: one of its own. */
  testAgent(id: AgentId, talk: string | null, said: readonly Line[], signal: AbortSignal): Promise<TrialResult>;
  /** The same with a back end that is not saved; `id`: whose key is taken where `key` is undefined. */
  tryAgent(
    id: AgentId | null,
    tried: { readonly backEnd: BackEnd; readonly key: string | null | undefined },
    said: readonly Line[],
    signal: AbortSignal,
  ): Promise<TrialResult>;
  checkAgents(signal: AbortSignal): Promise<readonly AgentCheck[]>;
  /** Calls back with every report from now on, the present one first; returns what ends it. */
  watchLink(id: AgentId, listener: (report: LinkReport) => void): () => void;
  /** `client` begins the attempt; one that is under way stays whose it is. `phoneNumber`: by a code typed into the phone of these digits. */
  link(id: AgentId, client: string | null, phoneNumber: string | null): Promise<void>;
  /** Where WhatsApp asks for a passkey while this agent is linked. */
  passkey(id: AgentId): PasskeyTries;
  cancelLink(id: AgentId): void;
  /** What passed in the latest attempts to link the agent, without a secret, a number or a name. */
  linkingTrace(id: AgentId): readonly LinkingAttempt[];
  /** Another code to type is asked for, where WhatsApp leaves that to the person. */
  newLinkCode(id: AgentId): void;
  panelClosed(id: AgentId): void;
  /** The relay stops soon, and starts again with the settings as they are then. */
  restart(): void;
  takeOver(id: AgentId): void;
  /** The number of `id` becomes `to`'s, without a scan. */
  handOver(id: AgentId, to: AgentId): Promise<void>;
  unlink(id: AgentId): Promise<void>;
  /** `backOnAt`: off only until then. */
  switchTo(
    id: AgentId,
    on: boolean,
    change: { readonly scope: Scope | null; readonly backOnAt: number | null },
  ): Promise<{ readonly droppedAnswers: number }>;
  setSchedule(id: AgentId, schedule: Schedule): Promise<{ readonly droppedAnswers: number }>;
  setScope(id: AgentId, scope: Scope): Promise<void>;
  /** Newest first, no texts; and the latest times off in which something came. */
  skips(id: AgentId, limit: number): Promise<{ readonly skips: readonly Skip[]; readonly off: readonly OffInterval[] }>;
  chats(id: AgentId, page: { readonly limit: number; readonly before?: number }): Promise<readonly ChatSummary[]>;
  /** A ChatId as it stands, or a phone number in any writing; null where it is neither. The chat need not be known yet. */
  findChat(id: AgentId, text: string): Promise<ChatId | null>;
  setRule(id: AgentId, chatId: ChatId, rule: ChatRule | null): Promise<void>;
  /** Says whether the chat was held or muted. */
  releaseChat(id: AgentId, chatId: ChatId): Promise<boolean>;
  /** What of a chat is unanswered is asked about; says how many messages. Rejects where it may not be answered. */
  answerChat(id: AgentId, chatId: ChatId): Promise<number>;
  unanswered(id: AgentId, limit: number): Promise<readonly UnansweredChat[]>;
  outcomes(id: AgentId, page: { readonly limit: number; readonly chatId?: ChatId }): Promise<readonly OutcomeRecord[]>;
  forgetChat(id: AgentId, chatId: ChatId): Promise<void>;
  forgetTexts(id: AgentId | null): Promise<void>;
  /** A code by which one browser can be paired; the one before is worth nothing then. */
  issueCode(): PairingCode;
  clients(): Promise<readonly ClientRecord[]>;
  /** Its connections end at once; false where there is none of this id. */
  revokeClient(id: ClientId): Promise<boolean>;
  settings(): readonly SettingView[];
  /** Null goes back to the default. */
  changeSetting(name: string, value: number | string | null): Promise<SettingView>;
  /** Everything kept but keys and credentials, as a file of the owner's alone. Aborting leaves no half of it. */
  exportData(signal: AbortSignal): Promise<{ readonly path: string; readonly bytes: number }>;
  /**
   * Everything: a relay like new. Says how many devices WhatsApp has not confirmed to be gone, for each of which what tells it so is kept;
   * `now`: that goes too, and WhatsApp is not told. `client`: who asked, and is sent away after the answer.
   */
  forgetAll(how: { readonly now: boolean; readonly client: string | null }): Promise<number>;
}
