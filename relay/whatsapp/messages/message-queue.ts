/** From Baileys' messages to the conversation: in order, in batches, each struck from the journal once it is taken in. */
import type { WAMessage } from '@whiskeysockets/baileys';
import type { ChatId } from '../../../shared/contract/chat.ts';
import { type Clock, wait } from '../../clock.ts';
import type { Inbound } from '../../inbound.ts';
import type { Log } from '../../log.ts';
import type { ChatMessage } from '../../store/chat-message.ts';
import { isMe, type Me } from '../chat-id.ts';
import { type MessageName, messageNameOfKey } from '../socket/journal-entry.ts';
import { readUsername } from '../username.ts';
import type { OwnEnvelope } from './own-envelope.ts';
import type { OwnReading } from './own-reading.ts';
import type { People } from './people.ts';
import { type Ignored, readMessage } from './read-message.ts';
import { SecondOrder } from './second-order.ts';

export type MessageQueueDeps = {
  readonly people: People;
  readonly log: Log;
  readonly clock: Clock;
  readonly inbound: Pick<Inbound, 'takeIn' | 'messageChanged' | 'ownerSeen' | 'ownerRead' | 'saidNothing'>;
  /** From now on the chat's messages disappear after so many seconds; 0: they stay. */
  timer(chatId: ChatId, seconds: number): Promise<void>;
  /** What a chat's person calls themselves. */
  username(chatId: ChatId, username: string): Promise<void>;
  /** These messages need no journal any more. */
  handedOn(names: readonly MessageName[]): Promise<void>;
  /** A batch could not be taken in: its messages stay in the journal. */
  failed(error: unknown): void;
};

type Message = { readonly message: WAMessage; readonly me: Me; readonly live: boolean };
type Arrived = Message | { readonly envelope: OwnEnvelope } | { readonly reading: OwnReading };

/** A message that was ignored for one of these reasons may still say something. */
const MAY_SAY_SOMETHING: ReadonlySet<Ignored['reason']> = new Set(['asked-for', 'broken', 'no-chat', 'own-chat']);
/** As many as one transaction takes in before the rest of the relay gets its turn. */
const MOST_IN_BATCH = 100;
/** A message that comes alone is taken at once. The more come together, the longer more of them are waited for: so long for each, and at most. */
const GATHER_MS_EACH = 5;
const MOST_GATHER_MS = 40;

export class MessageQueue {
  readonly #deps: MessageQueueDeps;
  readonly #waiting: Arrived[] = [];
  readonly #order = new SecondOrder();
  #running: Promise<void> | null = null;
  #failed = false;

  constructor(deps: MessageQueueDeps) {
    this.#deps = deps;
  }

  /** After a failure nothing is taken until `resume`: a later message must not overtake one that comes again. */
  push(messages: readonly WAMessage[], me: Me, live: boolean): void {
    if (this.#failed) return;
    for (const message of messages) this.#waiting.push({ message, me, live });
    this.#start();
  }

  /** In order with the messages: what is read of it comes after it. */
  seen(envelope: OwnEnvelope): void {
    if (this.#failed) return;
    this.#waiting.push({ envelope });
    this.#start();
  }

  /** In order with the messages: those before it were on the screen. */
  read(reading: OwnReading): void {
    if (this.#failed) return;
    this.#waiting.push({ reading });
    this.#start();
  }

  /** The journal is about to be replayed, and with it whatever was lost. */
  resume(): void {
    this.#failed = false;
  }

  /** Drops the waiting messages, which come again. No message is taken until `resume`. */
  drop(): void {
    this.#failed = true;
    this.#waiting.length = 0;
  }

  async idle(): Promise<void> {
    // Where more has come meanwhile, another run begins.
    while (this.#running !== null) await this.#running;
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
        this.drop();
        this.#deps.failed(error);
      }
      await wait(this.#deps.clock, Math.min(MOST_GATHER_MS, batch.length * GATHER_MS_EACH));
    }
  }

  async #take(batch: readonly Arrived[]): Promise<void> {
    const { people, log, inbound, handedOn } = this.#deps;
    let accepted: ChatMessage[] = [];
    const ignored: Partial<Record<Ignored['reason'], number>> = {};
    const messages: WAMessage[] = [];
    for (const arrived of batch) {
      if ('envelope' in arrived) {
        await this.#see(arrived.envelope);
        continue;
      }
      if ('reading' in arrived) {
        if (accepted.length > 0) await inbound.takeIn(accepted);
        accepted = [];
        await this.#read(arrived.reading);
        continue;
      }
      const { message, me, live } = arrived;
      messages.push(message);
      const { remoteJid, remoteJidAlt } = message.key;
      // A message from the owner's phone may name the owner's own number beside the contact's address.
      if (!isMe(remoteJidAlt, me)) await people.learn(remoteJid, remoteJidAlt);
      const read = readMessage(message, me, live);
      if (read.type === 'message') {
        const placed = await people.place(read.message);
        accepted.push({ ...placed, sentAt: this.#order.dateOf(placed.chatId, placed.sentAt) });
      } else {
        ignored[read.reason] = (ignored[read.reason] ?? 0) + 1;
        if (read.reason === 'timer') await this.#setTimer(message, read.seconds);
        if (!MAY_SAY_SOMETHING.has(read.reason)) await this.#saidNothing(message);
        if (read.reason !== 'edit' && read.reason !== 'deletion') continue;
        // In order: the message that it changes may stand just before it.
        if (accepted.length > 0) await inbound.takeIn(accepted);
        accepted = [];
        await this.#change(message, read);
      }
    }
    if (Object.keys(ignored).length > 0) log.debug({ ignored }, 'messages that are none to answer');
    if (accepted.length > 0) await inbound.takeIn(accepted);
    for (const message of messages) await this.#noteUsername(message);
    if (messages.length > 0) await handedOn(messages.map(({ key }) => messageNameOfKey(key)));
  }

  async #change({ key }: WAMessage, change: Extract<Ignored, { readonly reason: 'edit' | 'deletion' }>): Promise<void> {
    const chatId = await this.#deps.people.chatOf(key.remoteJid ?? undefined, key.remoteJidAlt ?? undefined);
    const text = change.reason === 'edit' ? change.text : null;
    // This device is not told the new words of such an edit: the former words still stand.
    if (chatId === null || change.targetId === null || (change.reason === 'edit' && text === null)) return;
    const author = key.fromMe ? 'owner' : 'contact';
    await this.#deps.inbound.messageChanged({ chatId, messageId: change.targetId, author, text });
  }

  async #see({ jid, alternative, ...seen }: OwnEnvelope): Promise<void> {
    const chatId = await this.#deps.people.chatOf(jid, alternative);
    if (chatId !== null) await this.#deps.inbound.ownerSeen({ chatId, ...seen });
  }

  async #read({ jid, alternative, readAt, live }: OwnReading): Promise<void> {
    const chatId = await this.#deps.people.chatOf(jid, alternative);
    if (chatId !== null) await this.#deps.inbound.ownerRead({ chatId, readAt, live });
  }

  /** It may have been taken for one, by its envelope or while it could not be read. */
  async #saidNothing({ key }: WAMessage): Promise<void> {
    const chatId = await this.#deps.people.chatOf(key.remoteJid ?? undefined, key.remoteJidAlt ?? undefined);
    if (chatId !== null && key.id) await this.#deps.inbound.saidNothing(chatId, key.id);
  }

  async #noteUsername({ key }: WAMessage): Promise<void> {
    const username = readUsername(key.remoteJidUsername);
    if (username === null) return;
    const chatId = await this.#deps.people.chatOf(key.remoteJid ?? undefined, key.remoteJidAlt ?? undefined);
    if (chatId !== null) await this.#deps.username(chatId, username);
  }

  async #setTimer({ key: { remoteJid, remoteJidAlt } }: WAMessage, seconds: number): Promise<void> {
    const chatId = await this.#deps.people.chatOf(remoteJid ?? undefined, remoteJidAlt ?? undefined);
    if (chatId !== null) await this.#deps.timer(chatId, seconds);
  }
}
