/**
 * Runs the lanes: one per chat that is not quiet, each with its own timer and at most one question to the agent.
 * A slow agent in one chat takes one place of several; the other chats go on.
 */

import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Timer } from '../clock.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import { AgentCall, type AgentCallDeps } from './agent-call.ts';
import { type LaneEffect, type LaneEvent, type LaneState, laneStep, QUIET } from './lane-machine.ts';

export type LanesDeps = AgentCallDeps & {
  readonly settings: Pick<NumberSettings, 'gatherSeconds'>;
  /** The lane is quiet again; what it was about to do is still open in the store. */
  readonly storeFailed: (error: unknown) => void;
};

const SECOND_MS = 1_000;

type Lane = { state: LaneState; timer: Timer | null; thinking: AbortController | null };

export class Lanes {
  readonly #deps: LanesDeps;
  readonly #call: AgentCall;
  readonly #lanes = new Map<ChatId, Lane>();
  readonly #work = new Set<Promise<void>>();
  #stopped = false;

  constructor(agentId: AgentId, deps: LanesDeps) {
    this.#deps = deps;
    this.#call = new AgentCall(agentId, deps);
  }

  /** Lanes that are not quiet, and those of them that wait for the agent. */
  get counts(): { readonly busyChats: number; readonly thinking: number } {
    return {
      busyChats: this.#lanes.size,
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
      gatherMs: this.#deps.settings.gatherSeconds * SECOND_MS,
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
        this.#track(this.#call.settle(chatId, Number.MAX_SAFE_INTEGER, 'owner-wrote'));
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
      await this.#call.ask(chatId, controller.signal);
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
}
