/** Does what the owner wants of one chat: keeps it, gives it back, has it answered, forgets it. */
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import type { Store } from '../store/store.ts';
import type { AnswerGate } from './answer-gate.ts';
import type { Lanes } from './lanes.ts';
import type { OpenWork } from './open-work.ts';
import type { OwnerFirst } from './owner-first.ts';
import type { RestingChats } from './resting-chats.ts';

export type ChatActsDeps = {
  readonly store: Store;
  readonly gate: AnswerGate;
  readonly lanes: Lanes;
  readonly resting: RestingChats;
  readonly ownerFirst: OwnerFirst;
  readonly work: OpenWork;
  /** What is shown has changed. */
  readonly changed: () => void;
};

export class ChatActs {
  readonly #agentId: AgentId;
  readonly #deps: ChatActsDeps;

  constructor(agentId: AgentId, deps: ChatActsDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** The owner keeps a chat without writing in it: what is under way there ends. Says until when, epoch ms; null where nobody has written. */
  async take(chatId: ChatId): Promise<number | null> {
    const { store, resting, work, changed } = this.#deps;
    if (!(await store.outcomes.hasWritten(this.#agentId, chatId))) return null;
    const until = resting.take(chatId);
    await work.ownerWrote(chatId);
    changed();
    return until;
  }

  /** The owner gives a chat back to the agent, and what waits in it is answered while it is fresh; says whether it was held or muted. */
  async release(chatId: ChatId): Promise<boolean> {
    const released = await this.#deps.resting.release(chatId);
    if (released) await this.#deps.work.reopenHeld(chatId);
    this.#deps.changed();
    return released;
  }

  /**
   * On the owner's word: what of a chat was too old, or met a fault, is answered, and what waits for the owner themselves is at once. All else
   * decides as ever.
   */
  async answer(chatId: ChatId): Promise<{ readonly messages: number; readonly verdict: 'yes' | SkipReason }> {
    const { store, gate, lanes } = this.#deps;
    const verdict = gate.ofChat(chatId, null);
    if (verdict !== 'yes') return { messages: 0, verdict };
    const messages = (await store.outcomes.reopen(this.#agentId, chatId)) + (await this.#endOwnerTime(chatId));
    if (messages > 0) lanes.contactWrote(chatId);
    return { messages, verdict };
  }

  /** Says how many messages waited for the owner. */
  async #endOwnerTime(chatId: ChatId): Promise<number> {
    const { store, ownerFirst } = this.#deps;
    if (ownerFirst.leftMs(chatId) === 0) return 0;
    ownerFirst.leave(chatId);
    return store.messages.askNow(this.#agentId, chatId);
  }

  /** In every chat the owner has so many minutes to answer before the agent does; 0: none. */
  async setOwnerMinutes(minutes: number): Promise<void> {
    await this.#deps.work.setOwnerMinutes(minutes);
    this.#deps.changed();
  }

  /** Ends what is under way in the chat, and erases its texts. */
  async forget(chatId: ChatId): Promise<void> {
    await this.#deps.work.end(chatId, 'forgotten');
    await this.#deps.store.chats.forget(this.#agentId, chatId);
    this.#deps.resting.forgotten(chatId);
    this.#deps.changed();
  }

  /** The same for all chats. */
  async forgetTexts(): Promise<void> {
    await this.#deps.work.endAll('forgotten');
    await this.#deps.store.forgetTexts(this.#agentId);
    this.#deps.resting.forgotten();
    this.#deps.changed();
  }
}
