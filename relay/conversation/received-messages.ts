/** Messages as they arrive: our own echoes left out, each admitted or not, all of a batch stored in one transaction. */
import type { AgentId } from '../../shared/chat.ts';
import type { Clock } from '../clock.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { Store } from '../store/store.ts';
import { admit, type Circumstances } from './admission.ts';

export type ReceivedMessagesDeps = {
  readonly store: Pick<Store, 'messages' | 'outbox'>;
  readonly clock: Clock;
  /** An owner's message, before anything else of its batch is judged. */
  ownerWrote(message: ChatMessage): void;
};

export type Received = {
  /** New messages that were kept: the owner's, and those of contacts that may be answered. */
  readonly kept: readonly ChatMessage[];
  /** Something shown has changed: what was ignored or skipped is counted too. */
  readonly changed: boolean;
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
    for (const message of others) if (message.author === 'owner') this.#deps.ownerWrote(message);
    const now = clock.now();
    const admissions = others.map((message) => admit(message, circumstances));
    const fates = await store.messages.receive(this.#agentId, admissions, now);
    const kept: ChatMessage[] = [];
    for (const [index, admission] of admissions.entries()) {
      if (fates[index] !== 'new' || admission.type === 'drop') continue;
      const { message } = admission;
      if (message.author === 'owner' || admission.settled === null) kept.push(message);
    }
    return { kept, changed: fates.includes('new') };
  }
}
