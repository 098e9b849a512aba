/** One question to the agent: its turn read from the store, the call bounded in time and number, what came of it handed on. */
import type { AgentFault } from '../../shared/agent-fault.ts';
import type { AgentId, ChatId, SkipReason } from '../../shared/chat.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Agent, AgentResult, Turn } from '../turn.ts';
import { Semaphore } from './semaphore.ts';
import { turnOf } from './transcript.ts';

export type AgentCallDeps = {
  readonly agentId: AgentId;
  readonly store: Pick<Store, 'messages'>;
  readonly hashKey: Uint8Array;
  readonly clock: Clock;
  readonly log: Log;
  readonly freshMs: number;
  readonly agentMs: number;
  /** Calls at the same time; the others wait. */
  readonly calls: number;
  readonly contextLines: number;
  agent(): Agent;
  /** The agent has answered, or said nothing: to be made durable with everything up to `row` answered. */
  answered(chatId: ChatId, row: number, result: AgentResult & { type: 'answer' | 'silence' }): Promise<void>;
  failed(chatId: ChatId, fault: AgentFault, detail: string): void;
};

/** The adapter keeps the time itself; this is for one that does not. */
const PATIENCE_MS = 5_000;

export class AgentCall {
  readonly #deps: AgentCallDeps;
  readonly #semaphore: Semaphore;

  constructor(deps: AgentCallDeps) {
    this.#deps = deps;
    this.#semaphore = new Semaphore(deps.calls);
  }

  /** Asks about what is open in a chat. Rejects with the signal's reason when it is aborted, and with StoreError. */
  async ask(chatId: ChatId, signal: AbortSignal): Promise<void> {
    const { agentId, store, hashKey, clock, freshMs, contextLines } = this.#deps;
    const giveBack = await this.#semaphore.take(signal);
    try {
      const lines = await store.messages.lines(agentId, chatId, contextLines);
      const answeredThrough = await store.messages.answeredThrough(agentId, chatId);
      signal.throwIfAborted();
      const asked = turnOf({ agentId, chatId, hashKey, lines, answeredThrough });
      const last = lines.findLast(({ open }) => open);
      if (!last) return;
      if (!asked) return await this.settle(chatId, last.row, 'owner-wrote');
      if (clock.now() - last.message.sentAt > freshMs) return await this.settle(chatId, last.row, 'too-old');
      const result = await this.#answerTo(asked.turn, signal);
      signal.throwIfAborted();
      if (result.type === 'fault') {
        await this.settle(chatId, asked.row, 'agent-error');
        this.#deps.failed(chatId, result.fault, result.detail);
      } else {
        await this.#deps.answered(chatId, asked.row, result);
      }
    } finally {
      giveBack();
    }
  }

  /** Everything open up to `row` gets no answer, for this reason. */
  async settle(chatId: ChatId, row: number, reason: SkipReason): Promise<void> {
    const { agentId, store, clock } = this.#deps;
    await store.messages.settle(agentId, chatId, row, reason, clock.now());
  }

  async #answerTo(turn: Turn, signal: AbortSignal): Promise<AgentResult> {
    const late = new AbortController();
    const timer = this.#deps.clock.after(this.#deps.agentMs + PATIENCE_MS, () =>
      late.abort(new Error('the agent is too slow')),
    );
    const either = AbortSignal.any([signal, late.signal]);
    try {
      return await Promise.race([this.#deps.agent().answer(turn, either), rejection(either)]);
    } catch (error) {
      if (signal.aborted) throw error;
      if (late.signal.aborted) return { type: 'fault', fault: 'too-slow', detail: '', usage: null };
      this.#deps.log.error({ err: error }, 'an adapter threw');
      return { type: 'fault', fault: 'odd-answer', detail: '', usage: null };
    } finally {
      timer.cancel();
    }
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
