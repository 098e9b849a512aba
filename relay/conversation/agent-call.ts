/** One question to the agent: its turn read from the store, the call bounded in time and number, what came of it handed on. */
import type { AgentFault } from '../../shared/contract/agent.ts';
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import { type Clock, localDay } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MessageTime } from '../message-time.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { StoredLine } from '../store/message-ledger.ts';
import { type Store, StoreError } from '../store/store.ts';
import type { Agent, AgentResult, Turn } from '../turn.ts';
import type { OwnerFirst } from './owner-first.ts';
import { Semaphore } from './semaphore.ts';
import { type Question, turnOf } from './transcript.ts';

/** What an agent said to a chat's lines up to `row`. */
export type Answered = {
  readonly chatId: ChatId;
  readonly row: number;
  /** When the newest message that it answers was sent; null where the owner asked for the answer. */
  readonly newestAt: number | null;
  /** When the agent was asked. */
  readonly askedAt: number;
  /** WhatsApp's ids of the messages that it answers. */
  readonly messageIds: readonly string[];
  readonly result: AgentResult & { readonly type: 'answer' | 'silence' };
};

export type CallResult =
  | { readonly type: 'settled' }
  /** More was said while the agent thought, or the owner has their time first: it is to be asked later, with all of it. */
  | { readonly type: 'outdated' }
  /** Worth another try. */
  | {
      readonly type: 'fault';
      readonly row: number;
      readonly newestAt: number | null;
      readonly askedAt: number;
      readonly serverMs: number | null;
    };

/** From which row to which, how often something of it was asked in a row, and how often it was in these very words. */
type Begun = {
  readonly firstRow: number;
  readonly row: number;
  readonly runs: number;
  readonly turnId: string;
  readonly attempts: number;
};

export type AgentCallDeps = {
  readonly store: Pick<Store, 'messages' | 'agents' | 'chats'>;
  readonly clock: Clock;
  readonly time: MessageTime;
  readonly log: Log;
  /** `agentCalls` at the same time; the others wait. */
  readonly settings: Pick<NumberSettings, 'agentSeconds' | 'agentCalls' | 'contextLines'>;
  readonly agent: () => Agent;
  readonly ownerFirst: Pick<OwnerFirst, 'minutes' | 'leftMs'>;
  /** How old a message of the chat may be. */
  freshMs(chatId: ChatId): number;
  /** Asked last before the agent is; where it is not 'yes', what is open has this outcome, or stays open. */
  mayAsk(chatId: ChatId, newestAt: number | null): Promise<'yes' | 'not-yet' | 'owner-first' | SkipReason>;
  /** The agent has answered, or said nothing: to be made durable with everything up to `row` answered. */
  answered(answered: Answered): Promise<void>;
  failed(fault: AgentFault, detail: string): void;
};

const SECOND_MS = 1_000;
/** The adapter keeps the time itself; this is for one that does not. */
const PATIENCE_MS = 5_000;
/** So often a message is asked about, as more is said after it; then what is there is answered, and the rest afterwards. */
const MOST_RUNS = 4;
/** What a flow was begun for it does, whether anybody waits for it or not. */
const MOST_RUNS_OF_A_FLOW = 2;
/** Upper bound of chats whose last call is remembered. */
const MOST_CHATS = 1_000;
/** A further try may meet something else: a server that is busy, starts, or loads its model. */
const PASSING: ReadonlySet<AgentFault> = new Set(['rate-limited', 'unreachable', 'too-slow', 'flow-failed']);

export function isPassing(fault: AgentFault): boolean {
  return PASSING.has(fault);
}

export class AgentCall {
  readonly #agentId: AgentId;
  readonly #deps: AgentCallDeps;
  readonly #semaphore: Semaphore;
  /** The latest question of each chat. */
  readonly #begun = new Map<ChatId, Begun>();
  /** Read once, when it is first needed. */
  #hashKey: Uint8Array | null = null;

  constructor(agentId: AgentId, deps: AgentCallDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    this.#semaphore = new Semaphore(deps.settings.agentCalls);
  }

  /** Asks about what is open in a chat. Rejects with the signal's reason when it is aborted, and with StoreError. */
  async ask(chatId: ChatId, signal: AbortSignal): Promise<CallResult> {
    const { store, clock } = this.#deps;
    const giveBack = await this.#semaphore.take(signal);
    try {
      const lines = await this.#freshLines(chatId);
      const answeredThrough = await store.messages.answeredThrough(this.#agentId, chatId);
      const hashKey = this.#hashKey ?? (await store.agents.hashKey());
      this.#hashKey = hashKey;
      const ownKey = await store.agents.ownKey(this.#agentId);
      signal.throwIfAborted();
      const open = lines.filter((line) => line.open);
      const last = open.at(-1);
      if (!last) return { type: 'settled' };
      const newestAt = open.some(({ asked }) => asked) ? null : Math.max(...open.map(({ message }) => message.sentAt));
      const verdict = await this.#deps.mayAsk(chatId, newestAt);
      signal.throwIfAborted();
      if (verdict === 'not-yet') return { type: 'settled' };
      if (verdict === 'owner-first') return { type: 'outdated' };
      const asked = turnOf({ agentId: this.#agentId, chatId, hashKey, ownKey, lines, answeredThrough });
      if (verdict !== 'yes' || !asked)
        return await this.#end(chatId, last.row, verdict === 'yes' ? 'owner-wrote' : verdict);
      const askedAt = clock.now();
      const attempt = this.#begin(chatId, asked);
      const result = await this.#answerTo(chatId, { ...asked.turn, attempt }, signal);
      signal.throwIfAborted();
      const { row } = asked;
      if (result.type !== 'fault') {
        if (await this.#isOutdated(chatId, row)) return { type: 'outdated' };
        const messageIds = open.map(({ message }) => message.messageId);
        await this.#deps.answered({ chatId, row, newestAt, askedAt, messageIds, result });
        return { type: 'settled' };
      }
      this.#deps.failed(result.fault, result.detail);
      const mayTryAgain = isPassing(result.fault) && (!result.mayGoOn || this.#deps.agent().repeatable);
      if (!mayTryAgain) return await this.#end(chatId, row, 'agent-error');
      return { type: 'fault', row, newestAt, askedAt, serverMs: result.retryAfterMs ?? null };
    } finally {
      giveBack();
    }
  }

  /**
   * The first row of what a chat asked last, where it may be asked anew, since something came after it; null where it may not. Not without an
   * end: a chat that never pauses is not left alone.
   */
  repeatableSince(chatId: ChatId): number | null {
    const most = this.#deps.agent().repeatable ? MOST_RUNS : MOST_RUNS_OF_A_FLOW;
    const { runs, firstRow } = this.#begun.get(chatId) ?? { runs: 0, firstRow: 0 };
    return runs < most ? firstRow : null;
  }

  /** Something came after what was asked, and it may all be asked anew. */
  async #isOutdated(chatId: ChatId, row: number): Promise<boolean> {
    if (this.repeatableSince(chatId) === null) return false;
    const lines = await this.#deps.store.messages.lines(this.#agentId, chatId, this.#deps.settings.contextLines);
    return lines.some((line) => line.open && line.row > row);
  }

  /** Says which time it is that these very words are asked. */
  #begin(chatId: ChatId, { firstRow, row, turn: { id } }: Question): number {
    const before = this.#begun.get(chatId);
    // Some of what it asked may have become too old meanwhile.
    const runs = before && firstRow <= before.row ? before.runs + 1 : 1;
    const attempts = before?.turnId === id ? before.attempts + 1 : 1;
    this.#begun.delete(chatId);
    this.#begun.set(chatId, { firstRow, row, runs, turnId: id, attempts });
    const [oldest] = this.#begun.keys();
    if (this.#begun.size > MOST_CHATS && oldest !== undefined) this.#begun.delete(oldest);
    return attempts;
  }

  /** Open messages get no answer, for this reason. */
  async settle(
    chatId: ChatId,
    which: { readonly row?: number; readonly sentThrough?: number },
    reason: SkipReason,
  ): Promise<void> {
    const { store, clock } = this.#deps;
    await store.messages.settle(this.#agentId, chatId, which, reason, clock.now());
  }

  async #end(chatId: ChatId, row: number, reason: SkipReason): Promise<CallResult> {
    await this.settle(chatId, { row }, reason);
    return { type: 'settled' };
  }

  /** The chat's lines; what has become too old while it waited is settled, and context from then on. */
  async #freshLines(chatId: ChatId): Promise<readonly StoredLine[]> {
    const { store, time, settings, ownerFirst, freshMs } = this.#deps;
    const lines = await store.messages.lines(this.#agentId, chatId, settings.contextLines);
    const oldest = time.now() - freshMs(chatId);
    const isOld = ({ open, message }: StoredLine): boolean => open && message.sentAt < oldest;
    if (!lines.some(isOld) || lines.some(({ asked }) => asked)) return lines;
    // What came while the owner had their time is as fresh as the last of it.
    if (ownerFirst.minutes > 0 && lines.some((line) => line.open && !isOld(line))) return lines;
    await this.settle(chatId, { sentThrough: oldest - 1 }, 'too-old');
    return lines.map((line) => (isOld(line) ? { ...line, open: false } : line));
  }

  async #answerTo(chatId: ChatId, turn: Turn, signal: AbortSignal): Promise<AgentResult> {
    const { clock, settings } = this.#deps;
    const late = new AbortController();
    const timer = clock.after(settings.agentSeconds * SECOND_MS + PATIENCE_MS, () =>
      late.abort(new Error('the agent is too slow')),
    );
    const either = AbortSignal.any([signal, late.signal]);
    try {
      const answer = this.#deps.agent().answer(turn, either);
      // Tokens are spent whatever becomes of the answer; an adapter that is aborted may still say how many.
      const counted = answer.then(async (result) => {
        await this.#count(chatId, result);
        return result;
      });
      return await Promise.race([counted, rejection(either)]);
    } catch (error) {
      if (signal.aborted || error instanceof StoreError) throw error;
      if (late.signal.aborted) return { type: 'fault', fault: 'too-slow', detail: '', usage: null, mayGoOn: true };
      this.#deps.log.error({ err: error }, 'an adapter threw');
      return { type: 'fault', fault: 'odd-answer', detail: '', usage: null };
    } finally {
      timer.cancel();
    }
  }

  async #count(chatId: ChatId, { usage }: AgentResult): Promise<void> {
    const { store, clock } = this.#deps;
    if (!usage) return;
    const today = localDay(clock.now());
    const { inputTokens, outputTokens, cost } = usage;
    await store.agents.addToDay(this.#agentId, today, { inputTokens, outputTokens });
    if (cost) await store.agents.spend(this.#agentId, today, cost);
    const spent = { tokens: inputTokens + outputTokens, micros: cost?.micros ?? 0 };
    await store.chats.spend(this.#agentId, chatId, today, spent);
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
