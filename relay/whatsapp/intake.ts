/**
 * From Baileys' messages to the inbox: in order, in batches, each struck from the journal once the inbox has it.
 * Learns on the way which addresses are one person.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WAMessage } from '@whiskeysockets/baileys';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Log } from '../log.ts';
import type { Alias, ChatLedger } from '../store/chat-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import { aliasOf, chatIdOfLid, chatIdOfNumber, type Me, numberOfChat } from './chat-id.ts';
import { type Ignored, readMessage } from './read-message.ts';

export type IntakePorts = {
  readonly agentId: AgentId;
  readonly chats: Pick<ChatLedger, 'learn' | 'lidOf'>;
  readonly log: Log;
  /** Durable when it resolves. */
  takeIn(batch: readonly ChatMessage[]): Promise<void>;
  merged(from: ChatId, into: ChatId): Promise<void>;
  /** These messages need no journal any more. */
  handedOn(messageIds: readonly string[]): Promise<void>;
  /** The inbox could not take a batch: whatever it was stays in the journal. */
  failed(error: unknown): void;
};

/** As many as one transaction of the inbox takes before the rest of the relay gets its turn. */
const MOST_IN_BATCH = 50;

export class Intake {
  readonly #ports: IntakePorts;
  readonly #waiting: { readonly message: WAMessage; readonly me: Me }[] = [];
  #running: Promise<void> | null = null;

  constructor(ports: IntakePorts) {
    this.#ports = ports;
  }

  push(messages: readonly WAMessage[], me: Me): void {
    for (const message of messages) this.#waiting.push({ message, me });
    this.#start();
  }

  /** Two addresses of one person, from wherever they became known. */
  async learn(aliases: readonly Alias[]): Promise<void> {
    for (const { number, lid } of await this.#ports.chats.learn(this.#ports.agentId, aliases)) {
      await this.#ports.merged(chatIdOfNumber(number), chatIdOfLid(lid));
    }
  }

  async idle(): Promise<void> {
    while (await this.#running) await this.#running;
  }

  #start(): void {
    if (this.#running || this.#waiting.length === 0) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      this.#start();
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_IN_BATCH);
      try {
        await this.#take(batch);
      } catch (error) {
        this.#ports.failed(error);
      }
      await nextTurn();
    }
  }

  async #take(batch: readonly { readonly message: WAMessage; readonly me: Me }[]): Promise<void> {
    const aliases = batch.flatMap(({ message: { key } }) => aliasOf(key.remoteJid, key.remoteJidAlt) ?? []);
    if (aliases.length > 0) await this.learn(aliases);
    const accepted: ChatMessage[] = [];
    const ignored: Partial<Record<Ignored['reason'], number>> = {};
    for (const { message, me } of batch) {
      const read = readMessage(message, me);
      if (read.type === 'message') accepted.push(await this.#canonical(read.message));
      else ignored[read.reason] = (ignored[read.reason] ?? 0) + 1;
    }
    if (Object.keys(ignored).length > 0) this.#ports.log.debug({ ignored }, 'messages that are none to answer');
    if (accepted.length > 0) await this.#ports.takeIn(accepted);
    await this.#ports.handedOn(batch.map(({ message }) => message.key.id ?? ''));
  }

  /** A number whose LID is known belongs to the LID's chat. */
  async #canonical(message: ChatMessage): Promise<ChatMessage> {
    const number = message.chatKind === 'direct' ? numberOfChat(message.chatId) : null;
    const lid = number === null ? null : await this.#ports.chats.lidOf(this.#ports.agentId, number);
    return lid === null ? message : { ...message, chatId: chatIdOfLid(lid) };
  }
}
