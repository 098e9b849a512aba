/** Messages as they arrive: our own echoes left out, each admitted or not, all of a batch stored in one transaction. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { Admission } from '../store/message-ledger.ts';
import type { Store } from '../store/store.ts';
import { admit, type Circumstances } from './admission.ts';
import { isAutomatic } from './automatic-words.ts';

/** Enough to know when a chat was last heard of. */
const LINES_BEFORE = 20;
const MONTH_MS = 30 * 24 * 3_600_000;

export type ReceivedMessagesDeps = {
  readonly store: Pick<Store, 'messages' | 'outbox'>;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'automaticWords'>;
  /** An owner's message, before anything else of its batch is judged. */
  ownerWrote(message: ChatMessage): void;
};

export type Received = {
  /** New messages that were kept: the owner's, and those of contacts that may be answered. */
  readonly kept: readonly ChatMessage[];
  /** New messages of contacts in chats of which something is kept, whatever has become of them. */
  readonly heard: readonly ChatMessage[];
  /** Something shown has changed: what was ignored or skipped is counted too. */
  readonly changed: boolean;
  /** Messages of the owner that their hand has not written: nothing is held for them. */
  readonly automatic: readonly ChatMessage[];
};

export class ReceivedMessages {
  readonly #agentId: AgentId;
  readonly #deps: ReceivedMessagesDeps;

  constructor(agentId: AgentId, deps: ReceivedMessagesDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** Durable when it resolves; rejects where the store does, and then nothing was taken in. */
  async takeIn(batch: readonly ChatMessage[], circumstances: Circumstances): Promise<Received> {
    const { store, clock } = this.#deps;
    const others: ChatMessage[] = [];
    for (const message of batch) {
      // Our own answer, come back: from whatever device or order, its id gives it away.
      const echo = message.author === 'owner' && (await store.outbox.isOurs(this.#agentId, message.messageId));
      if (!echo) others.push(message);
    }
    // Whatever their order: what the owner has written is known before a contact's message is judged.
    const automatic = new Set<ChatMessage>();
    for (const [at, message] of others.entries())
      if (message.author === 'owner' && circumstances.on && (await this.#isAutomatic(message, others.slice(0, at))))
        automatic.add(message);
    for (const message of others)
      if (message.author === 'owner' && !automatic.has(message)) this.#deps.ownerWrote(message);
    const now = clock.now();
    const admissions = others.map((message): Admission => {
      const admission = admit(message, circumstances);
      return admission.type === 'keep' && automatic.has(message) ? { ...admission, automatic: true } : admission;
    });
    const fates = await store.messages.receive(this.#agentId, admissions, now);
    const kept: ChatMessage[] = [];
    const heard: ChatMessage[] = [];
    for (const [index, admission] of admissions.entries()) {
      if (fates[index] !== 'new' || admission.type === 'drop') continue;
      const { message } = admission;
      if (automatic.has(message)) continue;
      if (message.author === 'contact') heard.push(message);
      if (message.author === 'owner' || admission.settled === null) kept.push(message);
    }
    return { kept, heard, changed: fates.includes('new'), automatic: [...automatic] };
  }

  /** `before`: what came with it, and before it. */
  async #isAutomatic(message: ChatMessage, before: readonly ChatMessage[]): Promise<boolean> {
    const { store, settings } = this.#deps;
    const { chatId, sentAt, text, kind } = message;
    if (settings.automaticWords === 'no' || kind !== 'text' || text === null) return false;
    const stored = await store.messages.lines(this.#agentId, chatId, LINES_BEFORE);
    const lines = [
      ...stored.map((line) => ({ author: line.author, sentAt: line.message.sentAt })),
      ...before.filter((other) => other.chatId === chatId),
    ];
    const others = await store.messages.chatsWithOwnWords(this.#agentId, text, sentAt - MONTH_MS, chatId);
    return isAutomatic({ sentAt, text }, lines, others);
  }
}
