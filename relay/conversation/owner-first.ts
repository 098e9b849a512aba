/**
 * Leaves the owner their minutes: an agent that answers only where they do not waits so long after the latest message of a chat, and anew
 * from the moment in which they have read it. In memory as the store has it; moments are monotonic, so that no clock that is set makes anybody wait.
 */
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { OwnReadingSeen } from '../inbound.ts';
import type { MessageTime } from '../message-time.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { Union } from '../store/chat-ledger.ts';
import type { Store } from '../store/store.ts';

export type OwnerFirstDeps = {
  readonly store: {
    readonly messages: Pick<Store['messages'], 'latestWords'>;
    readonly chats: Pick<Store['chats'], 'setRead'>;
    readonly agents: Pick<Store['agents'], 'get' | 'edit'>;
  };
  readonly clock: Clock;
  readonly time: MessageTime;
  readonly settings: Pick<NumberSettings, 'freshMinutes'>;
};

/** Monotonic ms; null: not known, or not counted. */
type Chat = { wroteAt: number | null; readAt: number | null };

const MINUTE_MS = 60_000;
/** Longer than any owner's time. */
const DAY_MS = 86_400_000;
/** Upper bound of remembered chats; the one that was heard of longest ago is dropped. */
const MOST_CHATS = 10_000;

export class OwnerFirst {
  readonly #agentId: AgentId;
  readonly #deps: OwnerFirstDeps;
  readonly #chats = new Map<ChatId, Chat>();
  #minutes = 0;

  constructor(agentId: AgentId, deps: OwnerFirstDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  async load(): Promise<void> {
    const { store, clock } = this.#deps;
    this.#chats.clear();
    this.#minutes = (await store.agents.get(this.#agentId))?.ownerMinutes ?? 0;
    for (const { chatId, newestAt, readAt } of await store.messages.latestWords(this.#agentId, clock.now() - DAY_MS)) {
      const wroteAt = this.#momentOf(newestAt);
      const read = readAt === null ? null : clock.monotonic() - Math.max(0, clock.now() - readAt);
      this.#chats.set(chatId, { wroteAt, readAt: read });
    }
  }

  /** So many minutes are left to the owner; 0: none. */
  get minutes(): number {
    return this.#minutes;
  }

  /** Durable when it resolves. */
  async setMinutes(minutes: number): Promise<void> {
    await this.#deps.store.agents.edit(this.#agentId, { ownerMinutes: minutes });
    this.#minutes = minutes;
  }

  /** Somebody wrote in the chat; `sentAt`: WhatsApp's time of it. */
  wrote(chatId: ChatId, sentAt: number): void {
    const chat = this.#of(chatId);
    chat.wroteAt = latest(chat.wroteAt, this.#momentOf(sentAt));
  }

  /** The owner has read the chat elsewhere; true if their minutes begin anew. What nobody could answer any more is not made fresh by it. */
  async read({ chatId, readAt, live }: OwnReadingSeen, keeps: boolean): Promise<boolean> {
    const { store, clock, time } = this.#deps;
    const at = live ? clock.monotonic() : this.#momentOf(readAt);
    const chat = this.#of(chatId);
    if (chat.wroteAt !== null && at > this.until(chatId) + this.#freshMs) return false;
    chat.readAt = latest(chat.readAt, at);
    // What comes later than it was read is dealt with from memory: a chat in which nothing waits is not written down.
    if (this.#minutes === 0 || !keeps || chat.wroteAt === null) return false;
    await store.chats.setRead(this.#agentId, chatId, live ? clock.now() : Math.min(clock.now(), time.local(readAt)));
    return at >= chat.wroteAt;
  }

  /** The owner leaves the chat to the agent: what was said until now waits no longer. */
  leave(chatId: ChatId): void {
    this.#of(chatId).wroteAt = null;
  }

  /** Until when the owner has their time in a chat, monotonic ms; past, or never, where they have none. */
  until(chatId: ChatId): number {
    const { wroteAt, readAt } = this.#chats.get(chatId) ?? NOTHING;
    if (this.#minutes === 0 || wroteAt === null) return Number.NEGATIVE_INFINITY;
    return Math.max(wroteAt, readAt ?? wroteAt) + this.#ms;
  }

  /** How long it lasts from now. */
  leftMs(chatId: ChatId): number {
    return Math.max(0, this.until(chatId) - this.#deps.clock.monotonic());
  }

  /** By how much longer a message of the chat may be answered, since its age counts from the end of the owner's time. */
  graceMs(chatId: ChatId): number {
    const { wroteAt, readAt } = this.#chats.get(chatId) ?? NOTHING;
    if (this.#minutes === 0) return 0;
    return this.#ms + (wroteAt === null || readAt === null ? 0 : Math.max(0, readAt - wroteAt));
  }

  /** Without its texts the chat is another person's. */
  united({ from, into, texts }: Union): void {
    const former = this.#chats.get(from);
    this.#chats.delete(from);
    if (!former || !texts) return;
    const chat = this.#of(into);
    chat.wroteAt = latest(chat.wroteAt, former.wroteAt);
    chat.readAt = latest(chat.readAt, former.readAt);
  }

  get #ms(): number {
    return this.#minutes * MINUTE_MS;
  }

  get #freshMs(): number {
    return this.#deps.settings.freshMinutes * MINUTE_MS;
  }

  #momentOf(messageTime: number): number {
    const { clock, time } = this.#deps;
    return clock.monotonic() - Math.max(0, clock.now() - time.local(messageTime));
  }

  #of(chatId: ChatId): Chat {
    const chat = this.#chats.get(chatId) ?? { ...NOTHING };
    this.#chats.delete(chatId);
    this.#chats.set(chatId, chat);
    const [oldest] = this.#chats.keys();
    if (this.#chats.size > MOST_CHATS && oldest !== undefined) this.#chats.delete(oldest);
    return chat;
  }
}

const NOTHING: Readonly<Chat> = { wroteAt: null, readAt: null };

function latest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}
