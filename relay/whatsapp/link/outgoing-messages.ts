/** Sends answers, signs of writing and read marks over a link while it is online. Decides nothing about them. */
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { Clock, Random } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Outbound, OutgoingAnswer, SendResult } from '../../outbound.ts';
import type { Settings } from '../../settings/catalogue.ts';
import type { AddressBook } from '../messages/address-book.ts';
import { newMessageId, type SendingLimits, sendAnswer } from '../socket/sending.ts';
import type { WhatsAppSocket } from '../socket/socket.ts';

export type OutgoingMessagesDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Pick<Settings, 'ackSeconds'>;
  readonly addressBook: Pick<AddressBook, 'isSaved'>;
  /** Undefined while the link is not online. */
  openSocket(): WhatsAppSocket | undefined;
  restrictionChanged(): void;
  storeFailed(error: unknown): void;
};

const SECOND_MS = 1_000;

export class OutgoingMessages implements Outbound {
  readonly #deps: OutgoingMessagesDeps;
  #watching = false;

  constructor(deps: OutgoingMessagesDeps) {
    this.#deps = deps;
  }

  newMessageId(): string {
    return newMessageId(this.#deps.random);
  }

  async prepare(chatId: ChatId): Promise<boolean> {
    const socket = this.#deps.openSocket();
    if (!socket) return false;
    return socket.outgoing.prepare(chatId).catch((err: unknown) => {
      this.#deps.log.warn({ err }, 'the devices of a chat could not be looked up');
      return false;
    });
  }

  async send(answer: OutgoingAnswer, limits: Omit<SendingLimits, 'ackMs' | 'clock'>): Promise<SendResult> {
    const { clock, settings, openSocket } = this.#deps;
    const socket = openSocket();
    if (!socket) return { type: 'offline' };
    return sendAnswer(socket.outgoing, answer, { ...limits, ackMs: settings.ackSeconds * SECOND_MS, clock });
  }

  async showTyping(chatId: ChatId, writing: boolean): Promise<boolean> {
    return this.#tryTo('tell that something is written', (socket) => socket.outgoing.showTyping(chatId, writing));
  }

  markRead(chatId: ChatId, messageIds: readonly string[]): void {
    void this.#tryTo('mark messages as read', (socket) => socket.outgoing.markRead(chatId, messageIds));
  }

  isSaved(chatId: ChatId, number: string | null): boolean | null {
    return this.#deps.addressBook.isSaved(chatId, number);
  }

  watchConnection(watching: boolean): void {
    this.#watching = watching;
    this.#deps.openSocket()?.watchConnection(watching);
  }

  restrictionChanged(): void {
    this.#deps.restrictionChanged();
  }

  storeFailed(error: unknown): void {
    this.#deps.storeFailed(error);
  }

  /** A new socket is online: it is watched as the one before was. */
  online(): void {
    this.#deps.openSocket()?.watchConnection(this.#watching);
  }

  /** False where there is no connection, or it broke: then nobody was told, and nothing else follows. */
  async #tryTo(what: string, work: (socket: WhatsAppSocket) => Promise<void>): Promise<boolean> {
    const socket = this.#deps.openSocket();
    if (!socket) return false;
    return work(socket).then(
      () => true,
      (err: unknown) => {
        this.#deps.log.debug({ err, what }, 'WhatsApp was not told');
        return false;
      },
    );
  }
}
