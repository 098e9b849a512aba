/**
 * Which addresses are one person, and so one chat: what messages tell, and what Baileys has learnt by itself
 * (history, address look-ups), which it keeps among a link's keys. Learns nothing about chats of which nothing is kept.
 *
 * A number may get another LID. The person behind it is the same where the identity key is; otherwise the number went to somebody
 * else, who inherits what the owner decided for the number, and nothing of what was said.
 */
import type { AuthenticationState } from '@whiskeysockets/baileys';
import type { AgentId, ChatId } from '../../../shared/contract/chat.ts';
import type { Inbound } from '../../inbound.ts';
import type { Log } from '../../log.ts';
import type { Alias, ChatLedger, Union } from '../../store/chat-ledger.ts';
import type { ChatMessage } from '../../store/chat-message.ts';
import { aliasOf, chatIdOf, chatIdOfLid, chatIdOfNumber, lidOf, numberOf } from '../chat-id.ts';
import type { AddressBook } from './address-book.ts';

export type PeopleDeps = {
  readonly agentId: AgentId;
  readonly chats: Pick<ChatLedger, 'unite' | 'formerLids' | 'decided' | 'lidOf' | 'numberOf'>;
  readonly log: Log;
  /** The keys of the agent's link; null while there is none. */
  keys(): AuthenticationState['keys'] | null;
  /** A former LID that is saved stays saved under the new one. */
  readonly addressBook: Pick<AddressBook, 'united'>;
  /** Numbers are written only while the switch is on, and only of chats that are in scope. */
  readonly inbound: Pick<Inbound, 'keepsText' | 'isOn' | 'united'>;
};

export class People {
  readonly #deps: PeopleDeps;
  #formerLids: Promise<Map<ChatId, Union>> | null = null;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  /** Forgets people: those known so far are another number's. */
  forget(): void {
    this.#formerLids = null;
  }

  /** The one chat of an address; null where it is no chat at all. */
  async chatOf(jid: string | undefined, alternative: string | undefined): Promise<ChatId | null> {
    const chatId = chatIdOf(jid, alternative);
    const number = numberOf(chatId);
    const lid = number === null ? null : await this.#lidOf(number);
    return lid === null ? chatId && this.#present(chatId) : this.#present(chatIdOfLid(lid));
  }

  /** True if a text of this person may be written, whichever of their addresses the owner's decision stands at. */
  async keepsText(jid: string | undefined, alternative: string | undefined): Promise<boolean> {
    const chatId = await this.chatOf(jid, alternative);
    if (chatId === null) return false;
    const lid = lidOf(chatId);
    const number = numberOf(jid) ?? numberOf(alternative) ?? (await this.#numberOf(lid));
    if (number === null) return this.#deps.inbound.keepsText(chatId);
    const known = await this.#deps.chats.lidOf(this.#deps.agentId, number);
    const others = [chatIdOfNumber(number), ...(known === null ? [] : [chatIdOfLid(known)])];
    return this.#deps.inbound.keepsText(
      chatId,
      others.filter((other) => other !== chatId),
    );
  }

  /** Two addresses of one person, from wherever they became known: from now on they are one chat. */
  async learn(one: string | null | undefined, other: string | null | undefined): Promise<void> {
    const alias = aliasOf(one, other);
    if (!alias) return;
    const { agentId, chats, log, inbound } = this.#deps;
    const { number, lid } = alias;
    const known = await chats.lidOf(agentId, number);
    // Every message tells its pair: what is known already begins nothing.
    if (known === lid) return;
    const into = chatIdOfLid(lid);
    if ((await this.#formers()).has(into)) {
      log.warn('a number is said to have a LID that it no longer has: the newer one stays');
      return;
    }
    const decided = known === null ? await chats.decided(agentId) : [];
    const former = known ?? (await this.#formerLidAmong(decided, alias));
    // "Never" may stand at the number alone, and this person's first message comes from the LID.
    const isDecided = inbound.isOn && decided.includes(chatIdOfNumber(number));
    if (!isDecided && !this.#concerns(alias, known, former)) return;
    if (former !== null) log.info('a number has another LID');
    if ((await chats.numberOf(agentId, lid)) !== null)
      log.warn('a LID is said to be of two numbers: it is taken for one person, and the stricter rule holds');
    const unions: Union[] = [
      { from: chatIdOfNumber(number), into, texts: (await this.#haveOneKey(`${number}.0`, alias)) !== false },
    ];
    // The key alone tells that two LIDs are one person.
    if (former !== null)
      unions.push({ from: chatIdOfLid(former), into, texts: (await this.#haveOneKey(lidKey(former), alias)) === true });
    await this.#unite(alias, unions);
  }

  async #unite(alias: Alias, unions: readonly Union[]): Promise<void> {
    const { agentId, chats, addressBook, inbound } = this.#deps;
    await chats.unite(agentId, alias, unions);
    const formerLids = await this.#formers();
    for (const union of unions) {
      for (const [address, former] of formerLids)
        if (union.texts && former.into === union.from) formerLids.set(address, { ...former, into: union.into });
      if (lidOf(union.from) !== null) formerLids.set(union.from, union);
      addressBook.united(union);
      await inbound.united(union);
    }
  }

  /** The new LID was learnt before its phone had shown its key: once it has, the same person is known as such. */
  async #recognize(chatId: ChatId, alias: Alias): Promise<void> {
    for (const { from, into, texts } of (await this.#formers()).values()) {
      const lid = lidOf(from);
      if (texts || into !== chatId || lid === null) continue;
      if (await this.#haveOneKey(lidKey(lid), alias)) await this.#unite(alias, [{ from, into, texts: true }]);
    }
  }

  /** The message in its person's one chat, with the number where it is known. */
  async place(message: ChatMessage): Promise<ChatMessage> {
    if (message.chatKind === 'group') return message;
    const present = await this.#present(message.chatId);
    const number = message.number ?? (await this.#numberOf(lidOf(present)));
    const lid = lidOf(present) ?? (number === null ? null : await this.#lidOf(number));
    if (lid === null) return message;
    const chatId = chatIdOfLid(lid);
    // The two ways to name this person may have been two chats until now.
    if (number !== null) {
      await this.learn(chatId, chatIdOfNumber(number));
      await this.#recognize(chatId, { number, lid });
    }
    return { ...message, chatId: await this.#present(chatId), number };
  }

  #concerns({ number, lid }: Alias, known: string | null, former: string | null): boolean {
    const { inbound } = this.#deps;
    const chats = [chatIdOfLid(lid), chatIdOfNumber(number)] as const;
    // The number is written already, or what was decided for it must not be lost.
    if (known !== null || (former !== null && inbound.isOn)) return true;
    return inbound.keepsText(chats[0], [chats[1]]) || inbound.keepsText(chats[1]);
  }

  /** The chat to which a LID leads today. A former person's LID, behind whose number somebody else is now, stays a chat of its own. */
  async #present(chatId: ChatId): Promise<ChatId> {
    const former = (await this.#formers()).get(chatId);
    return former?.texts ? former.into : chatId;
  }

  #formers(): Promise<Map<ChatId, Union>> {
    const { agentId, chats } = this.#deps;
    this.#formerLids ??= chats.formerLids(agentId).then((known) => new Map(known));
    return this.#formerLids;
  }

  /** Of chats that the owner decided about, one of which nothing but Baileys knew the number: no number is written for a chat that is not kept. */
  async #formerLidAmong(decided: readonly ChatId[], { number, lid }: Alias): Promise<string | null> {
    const { keys } = this.#deps;
    const lids = decided.flatMap((chatId) => lidOf(chatId) ?? []);
    if (lids.length === 0) return null;
    const numbers = await keys()?.get(
      'lid-mapping',
      lids.map((each) => `${each}_reverse`),
    );
    return lids.find((each) => each !== lid && numbers?.[`${each}_reverse`] === number) ?? null;
  }

  /** True if the phone at a former address has the identity key of the one at the new; null where one of them is not known. */
  async #haveOneKey(former: string, { lid }: Alias): Promise<boolean | null> {
    const ids = [former, lidKey(lid)];
    const known = await this.#deps.keys()?.get('identity-key', ids);
    const [one, other] = ids.map((id) => known?.[id]);
    return one && other ? Buffer.from(one).equals(other) : null;
  }

  async #lidOf(number: string): Promise<string | null> {
    const { agentId, chats } = this.#deps;
    return (await chats.lidOf(agentId, number)) ?? lidOf(`${await this.#mapped(number)}@lid`);
  }

  async #numberOf(lid: string | null): Promise<string | null> {
    if (lid === null) return null;
    // Baileys keeps what it learnt of a former LID.
    if ((await this.#formers()).has(chatIdOfLid(lid))) return null;
    const { agentId, chats } = this.#deps;
    return (await chats.numberOf(agentId, lid)) ?? numberOf(`${await this.#mapped(`${lid}_reverse`)}@s.whatsapp.net`);
  }

  /** As Baileys 7.0.0-rc14 keeps it in lib/Signal/lid-mapping.js: number → LID, and `<LID>_reverse` → number. */
  async #mapped(id: string): Promise<string | undefined> {
    return (await this.#deps.keys()?.get('lid-mapping', [id]))?.[id];
  }
}

/** As Baileys 7.0.0-rc14 names the identity key of a phone that is addressed by LID. */
function lidKey(lid: string): string {
  return `${lid}_1.0`;
}
