/**
 * Which addresses are one person, and so one chat: what messages tell, and what Baileys has learnt by itself
 * (history, address look-ups), which it keeps among a link's keys. Learns nothing about chats of which nothing is kept.
 */
import type { AuthenticationState } from '@whiskeysockets/baileys';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Alias, ChatLedger } from '../store/chat-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import { aliasOf, chatIdOf, chatIdOfLid, chatIdOfNumber, lidOf, numberOf } from './chat-id.ts';

export type PeopleDeps = {
  readonly agentId: AgentId;
  readonly chats: Pick<ChatLedger, 'learn' | 'lidOf' | 'numberOf'>;
  /** The keys of the agent's link; null while there is none. */
  keys(): AuthenticationState['keys'] | null;
  /** Off or out of scope: no number is written. */
  keepsText(chatId: ChatId): boolean;
  merged(from: ChatId, into: ChatId): Promise<void>;
};

export class People {
  readonly #deps: PeopleDeps;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  /** The one chat of an address; null where it is no chat at all. */
  async chatOf(jid: string | undefined, alternative: string | undefined): Promise<ChatId | null> {
    const chatId = chatIdOf(jid, alternative);
    const number = numberOf(chatId);
    const lid = number === null ? null : await this.#lidOf(number);
    return lid === null ? chatId : chatIdOfLid(lid);
  }

  /** Two addresses of one person, from wherever they became known: from now on they are one chat. */
  async learn(one: string | null | undefined, other: string | null | undefined): Promise<void> {
    const alias = aliasOf(one, other);
    if (!alias || !this.#concerns(alias)) return;
    const { agentId, chats, merged } = this.#deps;
    for (const { number, lid } of await chats.learn(agentId, [alias])) {
      await merged(chatIdOfNumber(number), chatIdOfLid(lid));
    }
  }

  /** The message in its person's one chat, with the number where it is known. */
  async place(message: ChatMessage): Promise<ChatMessage> {
    if (message.chatKind === 'group') return message;
    const number = message.number ?? (await this.#numberOf(lidOf(message.chatId)));
    const lid = lidOf(message.chatId) ?? (number === null ? null : await this.#lidOf(number));
    if (lid === null) return message;
    const chatId = chatIdOfLid(lid);
    // The two ways to name this person may have been two chats until now.
    if (number !== null) await this.learn(chatId, chatIdOfNumber(number));
    return { ...message, chatId, number };
  }

  #concerns({ number, lid }: Alias): boolean {
    return this.#deps.keepsText(chatIdOfLid(lid)) || this.#deps.keepsText(chatIdOfNumber(number));
  }

  async #lidOf(number: string): Promise<string | null> {
    const { agentId, chats } = this.#deps;
    return (await chats.lidOf(agentId, number)) ?? lidOf(`${await this.#mapped(number)}@lid`);
  }

  async #numberOf(lid: string | null): Promise<string | null> {
    if (lid === null) return null;
    const { agentId, chats } = this.#deps;
    return (await chats.numberOf(agentId, lid)) ?? numberOf(`${await this.#mapped(`${lid}_reverse`)}@s.whatsapp.net`);
  }

  /** As Baileys 7.0.0-rc14 keeps it in lib/Signal/lid-mapping.js: number → LID, and `<LID>_reverse` → number. */
  async #mapped(id: string): Promise<string | undefined> {
    return (await this.#deps.keys()?.get('lid-mapping', [id]))?.[id];
  }
}
