/**
 * Chats that the agent keeps out of: the owner writes in them, a brake rests them, or the agent has asked for the owner there. In memory as
 * the store has them, and beyond: where the owner wrote while the agent was off, nothing may be stored, and the chat is held all the same.
 */
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { MessageTime } from '../message-time.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { Union } from '../store/chat-ledger.ts';
import type { Store } from '../store/store.ts';
import type { Activity } from './activity.ts';
import type { Facts } from './may-answer.ts';

export type RestingChatsDeps = {
  readonly store: {
    readonly chats: Pick<Store['chats'], 'setHeld' | 'setMuted' | 'setAsking' | 'resting'>;
    readonly agents: Pick<Store['agents'], 'ownKey'>;
  };
  readonly clock: Clock;
  readonly time: MessageTime;
  readonly settings: Pick<NumberSettings, 'takeoverMinutes' | 'brakeMinutes'>;
};

/** All but `mutedUntil` may be changed by a message that the owner writes; epoch ms. */
export type ChatRest = {
  heldUntil: number | null;
  mutedUntil: number | null;
  ownerWroteAt: number | null;
  /** Since when the agent asks for the owner; ended by whatever the owner does there. */
  asksSince: number | null;
  releasedAt: number;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Upper bound of remembered chats; the oldest expired ones are dropped. */
const MOST_CHATS = 10_000;
/** How long a chat is kept without a word, where the owner's words keep none. */
const TAKEN_MINUTES = 15;

export class RestingChats {
  readonly #agentId: AgentId;
  readonly #deps: RestingChatsDeps;
  readonly #chats = new Map<ChatId, ChatRest>();
  /** The key of the number whose chats these are. */
  #ownKey = '';

  constructor(agentId: AgentId, deps: RestingChatsDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** As the store has them. What was in memory of another number is forgotten. */
  async load(): Promise<void> {
    const { store, clock } = this.#deps;
    const ownKey = await store.agents.ownKey(this.#agentId);
    if (ownKey !== this.#ownKey) this.#chats.clear();
    this.#ownKey = ownKey;
    for (const { chatId, heldUntil, mutedUntil, asksSince } of await store.chats.resting(this.#agentId, clock.now())) {
      const rest = this.#of(chatId);
      rest.heldUntil = latest(rest.heldUntil, heldUntil);
      rest.mutedUntil = latest(rest.mutedUntil, mutedUntil);
      rest.asksSince = asksSince;
    }
  }

  /** Chats that the owner keeps for now, the last to be free first. */
  get held(): Activity['held'] {
    const now = this.#deps.clock.now();
    for (const chatId of this.#chats.keys()) this.#bound(chatId);
    return [...this.#chats]
      .flatMap(([chatId, { heldUntil: until }]) => (until !== null && until > now ? [{ chatId, until }] : []))
      .sort((one, other) => other.until - one.until);
  }

  /** Chats that ask for their owner, the latest first. */
  get asking(): Activity['asking'] {
    return [...this.#chats]
      .flatMap(([chatId, { asksSince: since }]) => (since === null ? [] : [{ chatId, since }]))
      .sort((one, other) => other.since - one.since);
  }

  factsOf(chatId: ChatId): Pick<Facts, 'heldUntil' | 'mutedUntil' | 'ownerWroteAt' | 'asksSince'> {
    this.#bound(chatId);
    const { heldUntil, mutedUntil, ownerWroteAt, asksSince } = this.#chats.get(chatId) ?? NONE;
    return { heldUntil, mutedUntil, ownerWroteAt, asksSince };
  }

  /** The agent asks for the owner, as the store has it already. Not where the owner has come meanwhile: `newestAt` as in `Facts`. */
  async asks(chatId: ChatId, newestAt: number | null): Promise<void> {
    const { store, clock } = this.#deps;
    const rest = this.#of(chatId);
    const isHeld = (rest.heldUntil ?? 0) > clock.now();
    const hasAnswered = rest.ownerWroteAt !== null && newestAt !== null && rest.ownerWroteAt >= newestAt;
    if (isHeld || hasAnswered) await store.chats.setAsking(this.#agentId, chatId, null);
    else rest.asksSince = clock.now();
  }

  /** What was said is forgotten, and with it that the owner was asked for. Without a chat: everywhere. */
  forgotten(chatId?: ChatId): void {
    for (const [id, rest] of this.#chats) if (chatId === undefined || chatId === id) rest.asksSince = null;
  }

  /** The owner wrote: in memory at once. `live` messages are from now, whatever the clocks say. */
  ownerWrote(chatId: ChatId, { sentAt, live }: { readonly sentAt: number; readonly live: boolean }): void {
    const { clock, time, settings } = this.#deps;
    const rest = this.#of(chatId);
    const now = clock.now();
    const wroteAt = time.local(sentAt);
    // A message of before the release comes again with the journal; within its second nobody can tell.
    if (wroteAt + SECOND_MS <= rest.releasedAt) return;
    rest.ownerWroteAt = latest(rest.ownerWroteAt, sentAt);
    // Words from before the agent asked have not answered that.
    if (live || (rest.asksSince !== null && wroteAt > rest.asksSince)) rest.asksSince = null;
    if (settings.takeoverMinutes === 0) return;
    const from = live ? now : Math.min(wroteAt, now);
    rest.heldUntil = latest(rest.heldUntil, from + settings.takeoverMinutes * MINUTE_MS);
  }

  /** The owner keeps a chat without writing in it, in memory at once; says until when. */
  take(chatId: ChatId): number {
    const rest = this.#of(chatId);
    const until = Math.max(rest.heldUntil ?? 0, this.#deps.clock.now() + this.#takenMinutes * MINUTE_MS);
    rest.heldUntil = until;
    rest.asksSince = null;
    return until;
  }

  /** How a chat rests now. */
  restOf(chatId: ChatId): ChatRest {
    return { ...(this.#chats.get(chatId) ?? NONE) };
  }

  /** Undoes what a supposed message of the owner's did to a chat; true if the chat is free of it, since nothing has moved it meanwhile. */
  async takeBack(chatId: ChatId, before: ChatRest, after: ChatRest): Promise<boolean> {
    const now = this.restOf(chatId);
    if (now.heldUntil !== after.heldUntil || now.ownerWroteAt !== after.ownerWroteAt) return false;
    const { heldUntil, ownerWroteAt, asksSince } = before;
    Object.assign(this.#of(chatId), { heldUntil, ownerWroteAt, asksSince });
    await this.#deps.store.chats.setHeld(this.#agentId, chatId, heldUntil);
    if (asksSince !== null) await this.#deps.store.chats.setAsking(this.#agentId, chatId, asksSince);
    return true;
  }

  /** What is held is durable when it resolves. Not to be called while nothing of the chat may be written. */
  async keep(chatId: ChatId): Promise<void> {
    const { store, clock } = this.#deps;
    const { heldUntil, asksSince } = this.#chats.get(chatId) ?? NONE;
    if (asksSince === null) await store.chats.setAsking(this.#agentId, chatId, null);
    if (heldUntil !== null && heldUntil > clock.now()) await store.chats.setHeld(this.#agentId, chatId, heldUntil);
  }

  /** A brake: the chat rests from now on. */
  async mute(chatId: ChatId): Promise<void> {
    const { store, clock, settings } = this.#deps;
    const until = clock.now() + settings.brakeMinutes * MINUTE_MS;
    this.#of(chatId).mutedUntil = until;
    await store.chats.setMuted(this.#agentId, chatId, until);
  }

  /** The owner gives the chat back; says whether it rested. */
  async release(chatId: ChatId): Promise<boolean> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    const rest = this.#of(chatId);
    const rested =
      [rest.heldUntil, rest.mutedUntil].some((until) => until !== null && until > now) || rest.asksSince !== null;
    await store.chats.setAsking(this.#agentId, chatId, null);
    await store.chats.setHeld(this.#agentId, chatId, null);
    await store.chats.setMuted(this.#agentId, chatId, null);
    Object.assign(rest, { ...NONE, releasedAt: now });
    return rested;
  }

  /** Two chats are one person's. The store has its own part already. */
  united({ from, into, texts }: Union): void {
    const former = this.#chats.get(from);
    if (!former) return;
    const rest = this.#of(into);
    rest.heldUntil = latest(rest.heldUntil, former.heldUntil);
    rest.mutedUntil = latest(rest.mutedUntil, former.mutedUntil);
    if (!texts) return;
    rest.ownerWroteAt = latest(rest.ownerWroteAt, former.ownerWroteAt);
    rest.asksSince ??= former.asksSince;
    this.#chats.delete(from);
  }

  /** Nobody rests longer than from now on: what is said to was written down before the clock was set back. */
  #bound(chatId: ChatId): void {
    const rest = this.#chats.get(chatId);
    if (!rest) return;
    const { clock, settings } = this.#deps;
    const now = clock.now();
    const most = (until: number | null, minutes: number): number | null =>
      until === null ? null : Math.min(until, now + minutes * MINUTE_MS);
    rest.heldUntil = most(rest.heldUntil, this.#takenMinutes);
    rest.mutedUntil = most(rest.mutedUntil, settings.brakeMinutes);
  }

  get #takenMinutes(): number {
    return this.#deps.settings.takeoverMinutes || TAKEN_MINUTES;
  }

  #of(chatId: ChatId): ChatRest {
    const known = this.#chats.get(chatId);
    if (known) return known;
    const rest = { ...NONE };
    this.#chats.set(chatId, rest);
    this.#forgetOldest();
    return rest;
  }

  #forgetOldest(): void {
    if (this.#chats.size <= MOST_CHATS) return;
    const now = this.#deps.clock.now();
    for (const [chatId, { heldUntil, mutedUntil, asksSince }] of this.#chats) {
      if ((heldUntil ?? 0) <= now && (mutedUntil ?? 0) <= now && asksSince === null) this.#chats.delete(chatId);
      if (this.#chats.size <= MOST_CHATS) return;
    }
  }
}

const NONE: Readonly<ChatRest> = {
  heldUntil: null,
  mutedUntil: null,
  ownerWroteAt: null,
  asksSince: null,
  releasedAt: 0,
};

function latest(one: number | null, other: number | null): number | null {
  if (one === null) return other;
  return other === null ? one : Math.max(one, other);
}
