/** One question to the agent: its turn read from the store, the call bounded in time and number, what came of it handed on. */
import type { AgentFault } from '../../shared/agent.ts';
import type { AgentId, ChatId, SkipReason } from '../../shared/chat.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { Store } from '../store/store.ts';
import type { Agent, AgentResult, Turn } from '../turn.ts';
import { Semaphore } from './semaphore.ts';
import { turnOf } from './transcript.ts';

export type AgentCallDeps = {
  readonly store: Pick<Store, 'messages' | 'agents'>;
  readonly clock: Clock;
  readonly log: Log;
  /** `agentCalls` at the same time; the others wait. */
  readonly settings: Pick<NumberSettings, 'freshMinutes' | 'agentSeconds' | 'agentCalls' | 'contextLines'>;
  readonly agent: () => Agent;
  /** The agent has answered, or said nothing: to be made durable with everything up to `row` answered. */
  answered(chatId: ChatId, row: number, result: AgentResult & { type: 'answer' | 'silence' }): Promise<void>;
  failed(fault: AgentFault, detail: string): void;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** The adapter keeps the time itself; this is for one that does not. */
const PATIENCE_MS = 5_000;

export class AgentCall {
  readonly #agentId: AgentId;
  readonly #deps: AgentCallDeps;
  readonly #semaphore: Semaphore;
  /** Read once, when it is first needed. */
  #hashKey: Uint8Array | null = null;

  constructor(agentId: AgentId, deps: AgentCallDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    this.#semaphore = new Semaphore(deps.settings.agentCalls);
  }

  /** Asks about what is open in a chat. Rejects with the signal's reason when it is aborted, and with StoreError. */
  async ask(chatId: ChatId, signal: AbortSignal): Promise<void> {
    const agentId = this.#agentId;
    const { store, clock, settings } = this.#deps;
    const giveBack = await this.#semaphore.take(signal);
    try {
      const lines = await store.messages.lines(agentId, chatId, settings.contextLines);
      const answeredThrough = await store.messages.answeredThrough(agentId, chatId);
      const hashKey = this.#hashKey ?? (await store.agents.hashKey());
      this.#hashKey = hashKey;
      signal.throwIfAborted();
      const asked = turnOf({ agentId, chatId, hashKey, lines, answeredThrough });
      const last = lines.findLast(({ open }) => open);
      if (!last) return;
      if (!asked) return await this.settle(chatId, last.row, 'owner-wrote');
      if (clock.now() - last.message.sentAt > settings.freshMinutes * MINUTE_MS)
        return await this.settle(chatId, last.row, 'too-old');
      const result = await this.#answerTo(asked.turn, signal);
      signal.throwIfAborted();
      if (result.type === 'fault') {
        await this.settle(chatId, asked.row, 'agent-error');
        this.#deps.failed(result.fault, result.detail);
      } else {
        await this.#deps.answered(chatId, asked.row, result);
      }
    } finally {
      giveBack();
    }
  }

  /** Everything open up to `row` gets no answer, for this reason. */
  async settle(chatId: ChatId, row: number, reason: SkipReason): Promise<void> {
    const { store, clock } = this.#deps;
    await store.messages.settle(this.#agentId, chatId, row, reason, clock.now());
  }

  async #answerTo(turn: Turn, signal: AbortSignal): Promise<AgentResult> {
    const { clock, settings } = this.#deps;
    const late = new AbortController();
    const timer = clock.after(settings.agentSeconds * SECOND_MS + PATIENCE_MS, () =>
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
