/**
 * Knows the questions and answers under way in an agent's chats, and ends them. Whatever changes who may be answered visits it: work that
 * may not go on ends with the reason, and work that waits is taken up.
 */
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { OwnReadingSeen } from '../inbound.ts';
import type { Store } from '../store/store.ts';
import type { AnswerGate } from './answer-gate.ts';
import type { Lanes } from './lanes.ts';
import type { Outbox } from './outbox.ts';
import type { OwnerFirst } from './owner-first.ts';
import type { RestingChats } from './resting-chats.ts';
import type { TypingSigns } from './typing-signs.ts';

export type OpenWorkDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly gate: AnswerGate;
  readonly lanes: Lanes;
  readonly outbox: Outbox;
  readonly resting: RestingChats;
  readonly ownerFirst: OwnerFirst;
  readonly typing: TypingSigns;
};

export class OpenWork {
  readonly #agentId: AgentId;
  readonly #deps: OpenWorkDeps;

  constructor(agentId: AgentId, deps: OpenWorkDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** An answer that has not left is thought over: it has not heard what was said since. */
  async contactWrote(chatId: ChatId): Promise<void> {
    const { lanes, outbox } = this.#deps;
    const since = lanes.repeatableSince(chatId);
    if (since !== null && (await outbox.hasPending(chatId, since))) await this.#takeBack(chatId, since);
    lanes.contactWrote(chatId);
  }

  /**
   * The owner has read the chat elsewhere: where the agent leaves them their time, it begins anew, and an answer that has not left waits with the
   * question, or by itself. `keeps`: something of the chat may be written. Says whether anything has changed.
   */
  async ownerRead(reading: OwnReadingSeen, keeps: boolean): Promise<boolean> {
    const { lanes, outbox, typing, ownerFirst } = this.#deps;
    if (!(await ownerFirst.read(reading, keeps))) return false;
    const { chatId } = reading;
    const since = lanes.repeatableSince(chatId);
    if (since !== null && (await outbox.hasPending(chatId, since))) {
      await this.#takeBack(chatId, since);
      lanes.contactWrote(chatId);
    } else if (await outbox.hasPending(chatId)) await typing.end(chatId);
    lanes.ownerTimeChanged([chatId]);
    return true;
  }

  /** The owner has so many minutes to answer before the agent does; 0: none. Durable when it resolves. */
  async setOwnerMinutes(minutes: number): Promise<void> {
    const { ownerFirst, lanes, outbox } = this.#deps;
    await ownerFirst.setMinutes(minutes);
    lanes.ownerTimeChanged();
    outbox.kick();
  }

  /** The chat is the owner's, who wrote in it or took it: what was under way in it ends, and what they answered themselves is settled. */
  async ownerWrote(chatId: ChatId): Promise<void> {
    const { store, clock, resting, lanes, outbox } = this.#deps;
    const { heldUntil, ownerWroteAt } = resting.factsOf(chatId);
    const held = heldUntil !== null && heldUntil > clock.now();
    // They gave the chat back since.
    if (!held && ownerWroteAt === null) return;
    lanes.stopChat(chatId);
    await outbox.withdraw({ chatId });
    await resting.keep(chatId);
    const now = clock.now();
    const which = held || ownerWroteAt === null ? {} : { sentThrough: ownerWroteAt };
    await store.messages.settle(this.#agentId, chatId, which, 'owner-wrote', now);
    // Messages after words that are long past are still to be answered.
    if (!held) await this.#askAgain(chatId);
  }

  /** A message was changed by its author; `wasAnswering`: an answer to it was on its way. */
  async messageChanged(chatId: ChatId, wasAnswering: boolean): Promise<void> {
    this.#deps.lanes.stopChat(chatId);
    if (wasAnswering) await this.#takeBack(chatId, 0);
    await this.#askAgain(chatId);
  }

  /** The owner has given a chat back: what it kept from being answered is answered while it is fresh. */
  async reopenHeld(chatId: ChatId): Promise<void> {
    const { store, gate, lanes } = this.#deps;
    if (gate.ofChat(chatId, null) !== 'yes') return;
    if ((await store.outcomes.reopenHeld(this.#agentId, chatId, gate.freshFrom(chatId))) > 0)
      lanes.contactWrote(chatId);
  }

  /** Who may be answered has changed: what is under way for others ends, with the reason. */
  async revisit(): Promise<void> {
    for (const chatId of await this.#underWay()) {
      const verdict = this.#deps.gate.ofChat(chatId, null);
      if (verdict !== 'yes') await this.end(chatId, verdict);
    }
    await this.#deps.outbox.withdraw();
  }

  /** A chat's lane and its answers end; all of its messages have this outcome. */
  async end(chatId: ChatId, reason: SkipReason): Promise<void> {
    const { store, clock, lanes, outbox } = this.#deps;
    lanes.stopChat(chatId);
    await outbox.withdraw({ chatId, reason });
    await store.messages.settle(this.#agentId, chatId, {}, reason, clock.now());
  }

  /** The same for all chats. */
  async endAll(reason: SkipReason): Promise<void> {
    for (const chatId of await this.#underWay()) await this.end(chatId, reason);
    await this.#deps.outbox.withdraw({ reason });
  }

  /** Takes up questions that were open when the relay ended, or when the disk failed. */
  async takeUp(): Promise<void> {
    const { store, lanes } = this.#deps;
    const busy = new Set(lanes.busy);
    for (const chatId of await store.messages.openChats(this.#agentId))
      if (!busy.has(chatId)) lanes.contactWrote(chatId);
  }

  /** After a start: a relay that was killed may have left signs of writing. */
  async suspectTyping(): Promise<void> {
    this.#deps.typing.suspect(await this.#chatsWithAnswers());
  }

  /** What a contact was shown of an answer that will not come, or not yet. */
  async endTyping(): Promise<void> {
    await this.#deps.typing.endAll(new Set(await this.#chatsWithAnswers()));
  }

  async #takeBack(chatId: ChatId, since: number): Promise<void> {
    const { outbox, typing } = this.#deps;
    await outbox.takeBack(chatId, since);
    if (!(await outbox.hasPending(chatId))) await typing.end(chatId);
  }

  async #askAgain(chatId: ChatId): Promise<void> {
    const { store, lanes } = this.#deps;
    if ((await store.messages.openChats(this.#agentId)).includes(chatId)) lanes.contactWrote(chatId);
  }

  async #underWay(): Promise<ReadonlySet<ChatId>> {
    const { store, lanes } = this.#deps;
    return new Set([...lanes.busy, ...(await store.messages.openChats(this.#agentId))]);
  }

  async #chatsWithAnswers(): Promise<readonly ChatId[]> {
    return (await this.#deps.store.outbox.pending(this.#agentId)).map(({ chatId }) => chatId);
  }
}
