/**
 * Runs the lanes: one per chat that is not quiet, each with its own timer and at most one question to the agent.
 * A slow agent in one chat takes one place of several; the other chats go on.
 */

import type { AgentFault } from '../../shared/agent-fault.ts';
import type { AgentId, ChatId, SkipReason } from '../../shared/chat.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Agent, AgentResult } from '../turn.ts';
import { type LaneEffect, type LaneEvent, type LaneState, laneStep, QUIET } from './lane.ts';
import { Semaphore } from './semaphore.ts';
import { turnOf } from './transcript.ts';

export type LanesDeps = {
  readonly agentId: AgentId;
  readonly store: Pick<Store, 'messages'>;
  readonly hashKey: Uint8Array;
  readonly clock: Clock;
  readonly log: Log;
  readonly gatherMs: number;
  readonly freshMs: number;
  readonly agentMs: number;
  readonly calls: number;
  readonly contextLines: number;
  agent(): Agent;
  /** The agent has answered, or said nothing: to be made durable with everything up to `row` answered. */
  answered(chatId: ChatId, row: number, result: AgentResult & { type: 'answer' | 'silence' }): Promise<void>;
  failed(chatId: ChatId, fault: AgentFault, detail: string): void;
  /** The lane is quiet again; what it was about to do is still open in the store. */
  storeFailed(error: unknown): void;
};

type Lane = { state: LaneState; timer: Timer | null; thinking: AbortController | null };

/** The adapter keeps the time itself; this is for one that does not. */
const PATIENCE_MS = 5_000;

export class Lanes {
  readonly #deps: LanesDeps;
  readonly #slots: Semaphore;
  readonly #lanes = new Map<ChatId, Lane>();
  readonly #work = new Set<Promise<void>>();
  #stopped = false;

  constructor(deps: LanesDeps) {
    this.#deps = deps;
    this.#slots = new Semaphore(deps.calls);
  }

  /** Lanes that are not quiet, and those of them that wait for the agent. */
  get counts(): { readonly busy: number; readonly thinking: number } {
    return {
      busy: this.#lanes.size,
      thinking: [...this.#lanes.values()].filter(({ state }) => state.type === 'thinking').length,
    };
  }

  contactWrote(chatId: ChatId): void {
    this.#dispatch(chatId, { type: 'contact-wrote' });
  }

  ownerWrote(chatId: ChatId): void {
    this.#dispatch(chatId, { type: 'owner-wrote' });
  }

  /** Every running question is taken off the wire before this returns. */
  switchedOff(): void {
    for (const chatId of [...this.#lanes.keys()]) this.#dispatch(chatId, { type: 'switched-off' });
  }

  /** Two chats are one: what the former was about to do, the other does. */
  merged(from: ChatId, into: ChatId): void {
    if (!this.#lanes.has(from)) return;
    this.#dispatch(from, { type: 'switched-off' });
    this.contactWrote(into);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { timer, thinking } of this.#lanes.values()) {
      timer?.cancel();
      thinking?.abort(new Error('the relay stops'));
    }
    await Promise.all(this.#work);
    this.#lanes.clear();
  }

  #dispatch(chatId: ChatId, event: LaneEvent): void {
    if (this.#stopped) return;
    const lane: Lane = this.#lanes.get(chatId) ?? { state: QUIET, timer: null, thinking: null };
    const { state, effects } = laneStep(lane.state, event, {
      now: this.#deps.clock.now(),
      gatherMs: this.#deps.gatherMs,
    });
    lane.state = state;
    if (state.type === 'quiet') {
      lane.timer?.cancel();
      this.#lanes.delete(chatId);
    } else {
      this.#lanes.set(chatId, lane);
    }
    for (const effect of effects) this.#perform(chatId, lane, effect);
  }

  #perform(chatId: ChatId, lane: Lane, effect: LaneEffect): void {
    const { clock } = this.#deps;
    switch (effect) {
      case 'wake':
        lane.timer?.cancel();
        if (lane.state.type === 'gathering') {
          lane.timer = clock.after(lane.state.until - clock.now(), () => this.#dispatch(chatId, { type: 'due' }));
        }
        return;
      case 'abort':
        lane.thinking?.abort(new Error('the chat moved on'));
        lane.thinking = null;
        return;
      case 'think':
        this.#track(this.#think(chatId, lane));
        return;
      case 'settle-owner-wrote':
        this.#track(this.#settle(chatId, Number.MAX_SAFE_INTEGER, 'owner-wrote'));
        return;
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.#deps.storeFailed(error))
      .finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }

  async #think(chatId: ChatId, lane: Lane): Promise<void> {
    const controller = new AbortController();
    lane.thinking = controller;
    try {
      await this.#ask(chatId, controller);
    } catch (error) {
      // Aborted: the event that aborted it has said what comes next.
      if (!controller.signal.aborted) throw error;
    } finally {
      if (lane.thinking === controller) {
        lane.thinking = null;
        this.#dispatch(chatId, { type: 'finished' });
      }
    }
  }

  async #ask(chatId: ChatId, controller: AbortController): Promise<void> {
    const { agentId, store, hashKey, clock, freshMs, contextLines } = this.#deps;
    const { signal } = controller;
    const giveBack = await this.#slots.take(signal);
    try {
      const lines = await store.messages.lines(agentId, chatId, contextLines);
      const answeredThrough = await store.messages.answeredThrough(agentId, chatId);
      signal.throwIfAborted();
      const asked = turnOf({ agentId, chatId, hashKey, lines, answeredThrough });
      const last = lines.findLast(({ open }) => open);
      if (!last) return;
      if (!asked) return await this.#settle(chatId, last.row, 'owner-wrote');
      if (clock.now() - last.message.sentAt > freshMs) return await this.#settle(chatId, last.row, 'too-old');
      const result = await this.#call(asked.turn, signal);
      signal.throwIfAborted();
      if (result.type === 'fault') {
        await this.#settle(chatId, asked.row, 'agent-error');
        this.#deps.failed(chatId, result.fault, result.detail);
      } else {
        await this.#deps.answered(chatId, asked.row, result);
      }
    } finally {
      giveBack();
    }
  }

  async #call(turn: Parameters<Agent['answer']>[0], signal: AbortSignal): Promise<AgentResult> {
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

  async #settle(chatId: ChatId, row: number, reason: SkipReason): Promise<void> {
    const { agentId, store, clock } = this.#deps;
    await store.messages.settle(agentId, chatId, row, reason, clock.now());
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
