/**
 * Runs the lanes: one per chat that is not quiet, each with its own timer and at most one question to the agent.
 * A slow agent in one chat takes one place of several; the other chats go on.
 */

import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import type { Random, Timer } from '../clock.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { Activity } from './activity.ts';
import { AgentCall, type AgentCallDeps, type CallResult } from './agent-call.ts';
import { type LaneEffect, type LaneEvent, type LaneState, laneStep, QUIET } from './lane-machine.ts';

export type LanesDeps = AgentCallDeps & {
  readonly random: Random;
  readonly settings: Pick<NumberSettings, 'gatherSeconds' | 'giveUpMinutes'>;
  /** The lane is quiet again; what it was about to do is still open in the store. */
  readonly storeFailed: (error: unknown) => void;
  /** A lane is in another state. */
  readonly moved: () => void;
};

type Fault = Extract<CallResult, { readonly type: 'fault' }>;
type Lane = { state: LaneState; timer: Timer | null; thinking: AbortController | null; fault: Fault | null };

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

export class Lanes {
  readonly #deps: LanesDeps;
  readonly #call: AgentCall;
  readonly #lanes = new Map<ChatId, Lane>();
  readonly #work = new Set<Promise<void>>();
  #caughtUp = false;
  #stopped = false;

  constructor(agentId: AgentId, deps: LanesDeps) {
    this.#deps = deps;
    this.#call = new AgentCall(agentId, deps);
  }

  /** How many lanes are not quiet, those of them that wait for the owner or for the agent, and when the first of those that failed asks again. */
  get activity(): Pick<Activity, 'busyChats' | 'forOwner' | 'asked' | 'retryAt'> {
    const lanes = [...this.#lanes];
    const waits = lanes.flatMap(([, { state }]) => (state.type === 'waiting' ? [state.until] : []));
    const asked = lanes.flatMap(([chatId, { state }]) =>
      state.type === 'thinking' ? [{ chatId, since: this.#wall(state.since) }] : [],
    );
    return {
      busyChats: lanes.length,
      forOwner: lanes.flatMap(([chatId, { state }]) =>
        state.type === 'for-owner' ? [{ chatId, until: this.#wall(state.until) }] : [],
      ),
      asked: asked.sort((one, other) => one.since - other.since),
      retryAt: waits.length === 0 ? null : this.#wall(Math.min(...waits)),
    };
  }

  /** Chats that something is under way for. */
  get busy(): readonly ChatId[] {
    return [...this.#lanes.keys()];
  }

  contactWrote(chatId: ChatId): void {
    this.#dispatch(chatId, { type: 'contact-wrote' });
  }

  /** The owner has longer to answer in these chats, or no longer. */
  ownerTimeChanged(chatIds: readonly ChatId[] = this.busy): void {
    for (const chatId of chatIds) if (this.#lanes.has(chatId)) this.#dispatch(chatId, { type: 'owner-time' });
  }

  /** The first row of what the agent was asked last, where it may be asked so once more; null where it may not. */
  repeatableSince(chatId: ChatId): number | null {
    return this.#call.repeatableSince(chatId);
  }

  /** Whatever was under way in a chat is taken off the wire before this returns; says whether anything was. */
  stopChat(chatId: ChatId): boolean {
    if (!this.#lanes.has(chatId)) return false;
    this.#dispatch(chatId, { type: 'stopped' });
    return true;
  }

  /** The same for every chat; says for how many something was under way. */
  stopAll(): number {
    return this.busy.filter((chatId) => this.stopChat(chatId)).length;
  }

  /** True if what waited at WhatsApp has been taken in: until then nothing is asked. */
  setCaughtUp(caughtUp: boolean): void {
    this.#caughtUp = caughtUp;
    if (caughtUp) for (const chatId of this.busy) this.#dispatch(chatId, { type: 'due' });
  }

  /** Two chats are one: what the former was about to do, the other does. */
  merged(from: ChatId, into: ChatId): void {
    if (this.stopChat(from)) this.contactWrote(into);
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
    const lane: Lane = this.#lanes.get(chatId) ?? { state: QUIET, timer: null, thinking: null, fault: null };
    const { clock, random, settings } = this.#deps;
    const before = this.#lanes.has(chatId) ? lane.state.type : 'quiet';
    const { state, effects } = laneStep(lane.state, event, {
      // A clock that is set back must not make anybody wait.
      now: clock.monotonic(),
      gatherMs: settings.gatherSeconds * SECOND_MS,
      ownerMs: this.#deps.ownerFirst.leftMs(chatId),
      caughtUp: this.#caughtUp,
      mayBeginAgain: this.#call.repeatableSince(chatId) !== null,
      jitter: random.fraction(),
    });
    lane.state = state;
    if (state.type === 'quiet') {
      lane.timer?.cancel();
      this.#lanes.delete(chatId);
    } else {
      this.#lanes.set(chatId, lane);
    }
    for (const effect of effects) this.#perform(chatId, lane, effect);
    if (before !== state.type) this.#deps.moved();
  }

  #perform(chatId: ChatId, lane: Lane, effect: LaneEffect): void {
    const { clock } = this.#deps;
    switch (effect) {
      case 'wake':
        lane.timer?.cancel();
        if (lane.state.type !== 'quiet' && lane.state.type !== 'thinking') {
          lane.timer = clock.after(lane.state.until - clock.monotonic(), () => this.#dispatch(chatId, { type: 'due' }));
        }
        return;
      case 'abort':
        lane.thinking?.abort(new Error('the chat moved on'));
        lane.thinking = null;
        return;
      case 'think':
        this.#track(this.#think(chatId, lane));
        return;
      case 'give-up':
        if (lane.fault) this.#track(this.#call.settle(chatId, { row: lane.fault.row }, 'agent-error'));
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
    let event: LaneEvent = { type: 'finished' };
    try {
      const asked = await this.#call.ask(chatId, controller.signal);
      if (asked.type === 'outdated') event = { type: 'outdated' };
      if (asked.type === 'fault') {
        lane.fault = asked;
        event = { type: 'failed', serverMs: asked.serverMs, expiresAt: this.#expiryOf(chatId, asked) };
      }
    } catch (error) {
      // Aborted: the event that aborted it has said what comes next.
      if (!controller.signal.aborted) throw error;
    } finally {
      if (lane.thinking === controller) {
        lane.thinking = null;
        this.#dispatch(chatId, event);
      }
    }
  }

  /** In monotonic ms. Where the owner asked for the answer, it is tried as long as an answer would wait to be sent. */
  #expiryOf(chatId: ChatId, { newestAt, askedAt }: Fault): number {
    const { clock, settings, time, freshMs } = this.#deps;
    const at =
      newestAt === null ? askedAt + settings.giveUpMinutes * MINUTE_MS : time.local(newestAt) + freshMs(chatId);
    return clock.monotonic() + at - clock.now();
  }

  /** As people see it, epoch ms. */
  #wall(monotonic: number): number {
    const { clock } = this.#deps;
    return Math.round(clock.now() + monotonic - clock.monotonic());
  }
}
