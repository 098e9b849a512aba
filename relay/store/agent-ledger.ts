/** Agents: who answers, through what, whether switched on, and for whom. */
import type { AdapterName, AgentFault } from '../../shared/contract/agent.ts';
import type { AgentId, Scope } from '../../shared/contract/chat.ts';
import type { Caps, Money, Price } from '../../shared/contract/cost.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import type { SwitchedBy } from '../../shared/contract/switched-by.ts';

/** The back end as chosen by the owner, secrets apart. `settings` is the adapter's own, judged by its schema. */
export type BackEnd = {
  readonly adapter: AdapterName;
  readonly settings: Readonly<Record<string, unknown>>;
};

export type SwitchAct = { readonly by: SwitchedBy; readonly backOnAt: number | null };

/** A fault that does not pass by itself. `detail` names codes and classes of errors, never a text or a key. */
export type LastingFault = { readonly fault: AgentFault; readonly detail: string; readonly at: number };

/** Until when WhatsApp restricts the number, epoch ms; or, where no end is known, when it is tried again. Null: nothing is known of it. May have passed. */
export type Restricted = { readonly until: number | null; readonly retryAt: number | null };

export type AgentRecord = {
  readonly id: AgentId;
  readonly name: string;
  readonly backEnd: BackEnd;
  readonly hasSecret: boolean;
  readonly on: boolean;
  /** When the switch last moved. */
  readonly switchedAt: number;
  readonly switchedBy: SwitchedBy;
  /** When a person, the clock or the schedule last had a wish about it, whether it moved or not. */
  readonly actedAt: number;
  /** When an agent that is off goes on again by itself, epoch ms; null where it stays off. */
  readonly backOnAt: number | null;
  /** Null until the first switch-on asks who is answered. */
  readonly scope: Scope | null;
  /** The local day, `YYYY-MM-DD`, for which the owner has waived the limits of a day; null where none is. */
  readonly goOnDay: string | null;
  /** So many minutes the owner has to answer themselves before the agent does; 0: none. */
  readonly ownerMinutes: number;
  /** What the owner typed in that a million tokens cost; null where they did not. */
  readonly price: Price | null;
  readonly caps: Caps;
  readonly restricted: Restricted;
  /** The times of a week in which it is on; empty where the switch is moved by hand alone. */
  readonly schedule: Schedule;
  /** What is wrong with the back end until it works again; null where nothing is known of it. */
  readonly fault: LastingFault | null;
  readonly createdAt: number;
};

/** A stretch of time in which the agent was off. A message whose WhatsApp timestamp lies in it is never answered. */
export type OffInterval = { readonly from: number; readonly until: number | null; readonly ignored: number };

export type DayCount = {
  readonly messages: number;
  /** Turns of which at least one text reached WhatsApp. */
  readonly answers: number;
  /** Messages that got no answer; of a group, or a chat that is not to be answered, one. */
  readonly skipped: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
};

export type Spent = Pick<DayCount, 'answers' | 'inputTokens' | 'outputTokens'> & { readonly money: readonly Money[] };

export interface AgentLedger {
  list(): Promise<readonly AgentRecord[]>;
  get(id: AgentId): Promise<AgentRecord | null>;
  /** By id, or by name in any case. One indexed read, but for a name with letters beyond ASCII in another case. */
  find(wanted: string): Promise<AgentRecord | null>;
  /** A new agent is off, has no scope yet, and its off-interval is open from `now` on. Rejects when the name is taken. */
  add(agent: {
    readonly id: AgentId;
    readonly name: string;
    readonly backEnd: BackEnd;
    readonly secret: string | null;
    readonly now: number;
  }): Promise<void>;
  /** `secret`: a string replaces it, null removes it, undefined keeps it. */
  edit(
    id: AgentId,
    change: {
      readonly name?: string;
      readonly backEnd?: BackEnd;
      readonly secret?: string | null;
      readonly scope?: Scope;
      readonly schedule?: Schedule;
      readonly ownerMinutes?: number;
      /** Null takes it back. */
      readonly price?: Price | null;
      readonly caps?: Caps;
    },
  ): Promise<void>;
  /** The agent with all that is its own; its link must be gone or `unlinking` (that one stays until logged out). */
  remove(id: AgentId): Promise<void>;
  /** The key of the back end, for the adapter alone. */
  secret(id: AgentId): Promise<string | null>;
  /**
   * Moves the switch. Off: opens an off-interval, and settles every message that waits for an answer as `switched-off`; what the outbox
   * has is not touched. On: closes the interval. The same position again changes nothing but `backOnAt`: the latest act says whether
   * it goes on by itself; and after an unlinking, only a person's word does.
   */
  switchTo(id: AgentId, on: boolean, now: number, act?: SwitchAct): Promise<void>;
  /** The limits of this day are waived; null: of none. */
  goOn(id: AgentId, day: string | null): Promise<void>;
  setFault(id: AgentId, fault: LastingFault | null): Promise<void>;
  setRestricted(id: AgentId, restricted: Restricted): Promise<void>;
  offIntervals(id: AgentId): Promise<readonly OffInterval[]>;
  /** Messages ignored in the latest of them: one row, however many there are. */
  lastIgnored(id: AgentId): Promise<number>;
  /** `day` is the owner's local day, `YYYY-MM-DD`. */
  countOf(id: AgentId, day: string): Promise<DayCount>;
  addToDay(id: AgentId, day: string, plus: Partial<DayCount>): Promise<void>;
  /** Counts money that was spent on a day. */
  spend(id: AgentId, day: string, money: Money): Promise<void>;
  /** What was spent on the days from one to another, both among them: tokens and answers, and money in each currency. */
  spent(id: AgentId, from: string, to: string): Promise<Spent>;
  /** A note an adapter keeps per chat (a thread's id). Null erases it. */
  note(id: AgentId, chatKey: string): Promise<string | null>;
  keepNote(id: AgentId, chatKey: string, value: string | null): Promise<void>;
  /** Numbers that the agent had before, of which something is kept. `id`: under which it is kept. */
  formerNumbers(id: AgentId): Promise<readonly { readonly id: AgentId; readonly number: string }[]>;
  /** Tells the number that the agent has from others that it had; empty for its first. */
  ownKey(id: AgentId): Promise<string>;
  /** The key of this relay's chat hashes, 32 bytes, made once. */
  hashKey(): Promise<Uint8Array>;
}
