/** The relay as commands see it, one facet a subject. app/ implements it; the api knows no room behind it. */
import type * as v from 'valibot';
import type { AdapterName, AgentFault } from '../../shared/contract/agent.ts';
import type { AgentViewSchema } from '../../shared/contract/agent-view.ts';
import type { AgentId, ChatId, ChatRule, ChatSummary, Scope } from '../../shared/contract/chat.ts';
import type { Caps, KnownPrice, Price } from '../../shared/contract/cost.ts';
import type { KnownFile } from '../../shared/contract/knowledge.ts';
import type { OfferedModel } from '../../shared/contract/offered-model.ts';
import type { PasskeyOptions } from '../../shared/contract/passkey.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import type { LinkReport } from '../../shared/contract/status.ts';
import type { SettingView } from '../settings/settings-editor.ts';
import type { BackEnd, OffInterval, Spent } from '../store/agent-ledger.ts';
import type { ClientId, ClientRecord } from '../store/client-ledger.ts';
import type { OutcomeRecord, Skip, UnansweredChat } from '../store/outcome-ledger.ts';
import type { AgentResult, Line, OfferedModels, Shortened, Usage } from '../turn.ts';

type ShownAgent = v.InferOutput<typeof AgentViewSchema>;

/** One agent with everything that may be shown of it. Its key is not among it. */
export type AgentView = Readonly<
  Omit<ShownAgent, 'id' | 'adapter' | 'settings' | 'scope' | 'link'> & {
    id: AgentId;
    adapter: AdapterName;
    settings: BackEnd['settings'];
    scope: Scope | null;
    link: LinkReport;
  }
>;

type StandingChat = Readonly<ShownAgent['recent'][number]>;

export type AdapterView = {
  readonly name: BackEnd['adapter'];
  readonly meaning: string;
  readonly readsFiles: boolean;
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

/** A program on this computer that serves models. */
export type LocalServer = {
  /** The preset's id. */
  readonly preset: string;
  readonly settings: BackEnd['settings'];
  /** It answers only to whoever has its key. */
  readonly wantsKey: boolean;
  readonly models: readonly OfferedModel[];
};

export type PairingCode = {
  /** As it is read aloud: `XXXXX-XXXXX`. A secret: shown to the client that asked for it, never logged. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
};

/** What a contact would have got, or why nothing. */
export type TrialResult =
  | {
      readonly type: 'answer';
      readonly texts: readonly string[];
      readonly usage: Usage | null;
      readonly shortened: Shortened['fault'] | null;
      /** A person must answer: these texts are said first. */
      readonly asksOwner: boolean;
    }
  | {
      readonly type: 'silence';
      readonly reason: 'agent-silent' | 'same-answer' | 'asked-for-you';
      readonly usage: Usage | null;
    }
  | (AgentResult & { readonly type: 'fault' });

/** `startedAt` in epoch ms, `ms` since then. */
export type LinkingAttempt = {
  readonly startedAt: number;
  readonly entries: readonly ({ readonly ms: number; readonly way: 'received' | 'sent' | 'state' } & Readonly<
    Record<string, unknown>
  >)[];
};

/** One agent's link. */
export type LinkApi = {
  /** Calls back with every report from now on, the present one first; returns what ends it. */
  watch(listener: (report: LinkReport) => void): () => void;
  /** The same for somebody who looks at an attempt to link; what ends it says how many still look. */
  follow(listener: (report: LinkReport) => void): () => number;
  /** The text of the code on show; null where there is none. A secret: only for the client that asked for it. */
  code(): string | null;
  /** `client` begins the attempt; one that is under way stays whose it is. `phoneNumber`: by a code typed into the phone of these digits. */
  begin(client: string | null, phoneNumber: string | null): Promise<void>;
  /** Another code to type is asked for, where WhatsApp leaves that to the person. */
  newCode(): void;
  cancel(): void;
  /** The last window that showed the attempt has closed. */
  panelClosed(): void;
  takeOver(): void;
  /** The number becomes another agent's, without a scan. */
  handOver(to: AgentId): Promise<void>;
  unlink(): Promise<void>;
  /** What passed in the latest attempts to link the agent, without a secret, a number or a name. */
  trace(): readonly LinkingAttempt[];
};

/** One agent's switch, and who is answered. */
export type SwitchApi = {
  /** `backOnAt`: off only until then, epoch ms. */
  moveTo(
    on: boolean,
    change: { readonly scope: Scope | null; readonly backOnAt: number | null },
  ): Promise<{ readonly droppedAnswers: number }>;
  setSchedule(schedule: Schedule): Promise<{ readonly droppedAnswers: number }>;
  setScope(scope: Scope): Promise<void>;
  /** The agent answers only where the owner has not within so many minutes; 0: at once. */
  setOwnerMinutes(minutes: number): Promise<void>;
};

/** One agent's chats: names, numbers and reasons, no texts. */
export type ChatsApi = {
  list(page: { readonly limit: number; readonly before?: number }): Promise<readonly ChatSummary[]>;
  /** A ChatId as it stands, or a phone number in any writing; null where it is neither. The chat need not be known yet. */
  find(text: string): Promise<ChatId | null>;
  setRule(chatId: ChatId, rule: ChatRule | null): Promise<void>;
  /** Keeps the chat for the owner, who writes nothing; resolves to until when, epoch ms. Rejects where nobody has written there. */
  take(chatId: ChatId): Promise<number>;
  /** The number of a chat in which somebody has written, digits only; null where it is not known. Rejects as `take` does. */
  numberOf(chatId: ChatId): Promise<string | null>;
  /** Says whether the chat was held or muted. */
  release(chatId: ChatId): Promise<boolean>;
  /** Asks the agent about a chat's unanswered messages; resolves to their number. Rejects if the chat may not be answered. */
  answer(chatId: ChatId): Promise<number>;
  unanswered(limit: number): Promise<readonly UnansweredChat[]>;
  outcomes(page: { readonly limit: number; readonly chatId?: ChatId }): Promise<readonly OutcomeRecord[]>;
  /** Newest first; how the chats with people among them stand, and `also` these; and the latest times off in which something came. */
  skips(
    limit: number,
    also: readonly ChatId[],
  ): Promise<{
    readonly skips: readonly Skip[];
    readonly chats: readonly StandingChat[];
    readonly off: readonly OffInterval[];
  }>;
  forget(chatId: ChatId): Promise<void>;
};

/** `at` so many UTF-16 units before it, `of` so many in all. */
export type SentPart = { readonly name: string; readonly at: number; readonly of: number; readonly text: string };

/** `reads`: false where the agent is of a kind that reads no files. */
type Known = { readonly files: readonly KnownFile[]; readonly reads: boolean };

/** The files that one agent's model reads with every question. */
export type KnowledgeApi = {
  list(): Promise<Known>;
  /** With its last part the file is kept, in the place of another of its name. */
  add(part: SentPart): Promise<Known>;
  remove(name: string): Promise<Known>;
};

/** One agent. What it does rejects with CommandError where the agent is gone meanwhile. */
export interface AgentApi {
  readonly id: AgentId;
  readonly name: string;
  readonly scope: Scope | null;
  readonly link: LinkApi;
  /** The part of a linking in which WhatsApp asks for a passkey. */
  readonly passkey: PasskeyTries;
  readonly switch: SwitchApi;
  readonly chats: ChatsApi;
  readonly knowledge: KnowledgeApi;
  view(): Promise<AgentView>;
  /** `key`: a text replaces it, null removes it, undefined keeps it. */
  edit(change: { readonly name?: string; readonly backEnd?: BackEnd; readonly key?: string | null }): Promise<void>;
  remove(): Promise<void>;
  /** Talks to the agent with no WhatsApp between: nothing is stored or sent. `talk` tells talks apart; null: one of its own. */
  test(talk: string | null, said: readonly Line[], signal: AbortSignal): Promise<TrialResult>;
  forgetTexts(): Promise<void>;
  costs(): Promise<AgentCosting>;
  /** A price of null is taken back. A change holds at once. */
  setCosts(change: { readonly price?: Price | null; readonly caps?: Caps }): Promise<void>;
}

/** What holds for every agent that has no cap of its own. */
export type CommonLimits = { readonly answers: number; readonly tokens: number; readonly chatTokens: number };
/** What one agent costs and may cost. */
export type AgentCosting = {
  readonly countsTokens: boolean;
  readonly price: KnownPrice | null;
  readonly caps: Caps;
  readonly capsHold: boolean;
  readonly limits: CommonLimits;
  readonly today: Spent;
  readonly month: Spent;
};

export type AgentsApi = {
  list(): Promise<readonly AgentView[]>;
  /** By id, or by name in any case; the only agent there is for undefined. Null where none is meant, or several may be. */
  find(wanted: string | undefined): Promise<AgentApi | null>;
  names(): Promise<readonly string[]>;
  adapters(): readonly AdapterView[];
  presets(): readonly Preset[];
  add(agent: { readonly name: string; readonly backEnd: BackEnd; readonly key: string | null }): Promise<AgentApi>;
  /** Tells what a back end that is not saved would cost, and which limits would hold; `id`: the agent that it is for. */
  price(
    id: AgentId | null,
    backEnd: BackEnd,
  ): Promise<{ readonly price: KnownPrice | null; readonly limits: CommonLimits }>;
  /** Talks with a back end that is not saved; `id`: whose key is taken where `key` is undefined. */
  try(
    id: AgentId | null,
    tried: { readonly backEnd: BackEnd; readonly key: string | null | undefined },
    said: readonly Line[],
    signal: AbortSignal,
  ): Promise<TrialResult>;
  /** The models of a server that is not chosen yet; null where there is none to choose. `id` and `key` as for `try`. */
  models(
    id: AgentId | null,
    asked: { readonly backEnd: BackEnd; readonly key: string | null | undefined },
    signal: AbortSignal,
  ): Promise<OfferedModels | null>;
  /** Looks on this computer, and nowhere else. */
  findLocal(signal: AbortSignal): Promise<readonly LocalServer[]>;
  check(signal: AbortSignal): Promise<readonly AgentCheck[]>;
};

/** The browsers that are paired. */
export type ClientsApi = {
  /** A code by which one browser can be paired; the one before is worth nothing then. */
  issueCode(): PairingCode;
  /** One that this Origin alone can use, once, and the port at which it is to be used. A secret. */
  handCode(origin: string): { readonly code: string; readonly port: number };
  list(): Promise<readonly ClientRecord[]>;
  /** Its connections end at once; false where there is none of this id. */
  revoke(id: ClientId): Promise<boolean>;
};

export type SettingsApi = {
  list(): readonly SettingView[];
  /** Null goes back to the default. */
  change(name: string, value: number | string | null): Promise<SettingView>;
};

/** What the relay keeps. */
export type DataApi = {
  /** Everything kept but keys and credentials, as a file of the owner's alone. Aborting leaves no half of it. */
  export(signal: AbortSignal): Promise<{ readonly path: string; readonly bytes: number }>;
  /** The texts of every agent. */
  forgetTexts(): Promise<void>;
  /**
   * Everything: a relay like new. Says how many devices WhatsApp has not confirmed to be gone, for each of which what tells it so is kept;
   * `now`: that goes too, and WhatsApp is not told. `client`: who asked, and is sent away after the answer.
   */
  forgetAll(how: { readonly now: boolean; readonly client: string | null }): Promise<number>;
};

/** Rejects with CommandError where something cannot be done. */
export interface RelayApi {
  readonly agents: AgentsApi;
  readonly clients: ClientsApi;
  readonly settings: SettingsApi;
  readonly data: DataApi;
  /** The relay stops soon, and starts again with the settings as they are then. */
  restart(): void;
  /** The relay ends soon. */
  stop(): void;
}
