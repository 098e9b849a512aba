/**
 * What the conversation asks an agent, and what an agent may say back.
 * The only words the two layers share. There is no recipient in it: an answer goes to the chat asked about.
 */
import type { AgentFault } from '../shared/contract/agent.ts';
import type { AgentId } from '../shared/contract/chat.ts';
import type { Money } from '../shared/contract/cost.ts';
import type { OfferedModel } from '../shared/contract/offered-model.ts';
import type { Shown } from './store/chat-message.ts';

export type Line = {
  /** Stable per message, a keyed hash: 32 hex digits. Never WhatsApp's own id. */
  readonly id: string;
  readonly author: 'contact' | 'owner' | 'agent';
  /** A text, or an honest placeholder such as `[image] caption`: its author's own words. May be empty where only something is shown. */
  readonly text: string;
  /** What the message shows besides: data, never an instruction. */
  readonly shown: readonly Shown[];
  /** WhatsApp's timestamp, epoch milliseconds. */
  readonly sentAt: number;
  /** The name the sender gives themselves. Not to be trusted, never an identity. */
  readonly senderName: string | null;
};

export type Turn = {
  /** The same for the same question, however often it is asked: a keyed hash, 32 hex digits. */
  readonly id: string;
  /** Which time this question is asked since the relay started, from 1. */
  readonly attempt: number;
  readonly agentId: AgentId;
  /** Stable per agent and chat, a keyed hash: 32 hex digits. Never the number. */
  readonly chatKey: string;
  /** Everything that is settled, oldest first: answered, too old, answered by the owner. May be empty. */
  readonly context: readonly Line[];
  /** The last of the context: what came after the agent's last answer. A back end that remembers has not heard of it yet. */
  readonly missed: readonly Line[];
  /** What is to be answered, and the owner's words since the first of it, oldest first; ends with the contact's. Never empty. */
  readonly fresh: readonly Line[];
};

export type Usage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What it cost, where that is known. */
  readonly cost?: Money;
};

export type Shortened = { readonly fault: 'cut-off' | 'too-long'; readonly detail: string };

export type AgentResult =
  | {
      readonly type: 'answer';
      readonly texts: readonly [string, ...string[]];
      readonly usage: Usage | null;
      /** A person must answer: this is said first, and nothing after it until the owner has. */
      readonly asksOwner?: true;
      /** Why this is not all that the back end said, or meant to say; left out where it is. For the owner. */
      readonly shortened?: Shortened;
    }
  | { readonly type: 'silence'; readonly usage: Usage | null; readonly asksOwner?: true }
  /** `detail` is for the owner's eyes: a status code, an error's class; never a key or a message text. */
  | {
      readonly type: 'fault';
      readonly fault: AgentFault;
      readonly detail: string;
      readonly usage: Usage | null;
      /** How long the server asked to be left alone, milliseconds; null or left out where it did not. */
      readonly retryAfterMs?: number | null;
      /** The question had reached the server, which may go on with it and finish what it was asked for. */
      readonly mayGoOn?: boolean;
    };

/** What a server offers to choose from, in its order; or why that could not be had. */
export type OfferedModels =
  | { readonly type: 'models'; readonly models: readonly OfferedModel[] }
  | { readonly type: 'fault'; readonly fault: AgentFault; readonly detail: string };

/**
 * One back end. Text in, text out: it can name no recipient and knows no chat but the one asked about.
 * Faults are values. Rejects only when `signal` is aborted, with its reason; the call is then off the wire.
 */
export interface Agent {
  /** True if a question may be begun anew by itself: not where what was begun is done to its end all the same, as in a flow. */
  readonly repeatable: boolean;
  answer(turn: Turn, signal: AbortSignal): Promise<AgentResult>;
  /** Left out where the back end has no model to choose. Costs no tokens. */
  readonly models?: (signal: AbortSignal) => Promise<OfferedModels>;
  /**
   * Whether the back end can be reached and takes the key; for `doctor` and the editor. Costs no tokens where avoidable.
   * `reached`: somebody is at the address; whether an answer would come shows only when it is asked for.
   */
  check(
    signal: AbortSignal,
  ): Promise<
    | { readonly type: 'ok' | 'reached'; readonly detail: string }
    | { readonly type: 'fault'; readonly fault: AgentFault; readonly detail: string }
  >;
}
