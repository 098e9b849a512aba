/**
 * One answer over one socket, until WhatsApp's server has said something about it, or time is up.
 * What Baileys' promise says counts for nothing: in 7.0.0-rc14 it resolves when bytes are written, and with an unanswered
 * device look-up it resolves with no recipient at all. The server's acknowledgement is the one truth.
 */
import type { ChatId } from '../../shared/chat.ts';
import type { Clock, Random } from '../clock.ts';

export type SendResult =
  /** WhatsApp has it. */
  | { readonly type: 'acked' }
  /** WhatsApp will not deliver it; `code` is its number for why, 0 where it gave none. */
  | { readonly type: 'refused'; readonly code: number }
  /** Nothing left: there is no open connection. */
  | { readonly type: 'offline' }
  /** It may have left or not. Only the same id may be sent again. */
  | { readonly type: 'unconfirmed' };

export type Answer = {
  readonly chatId: ChatId;
  readonly messageId: string;
  readonly text: string;
  /** Seconds after which messages of the chat disappear; left out or 0 where they stay. */
  readonly disappearsAfter?: number;
};

type Acknowledgement = Extract<SendResult, { readonly type: 'acked' | 'refused' | 'unconfirmed' }>;

type Wait = { readonly result: Promise<Acknowledgement>; giveUp(): void };

/** What sending needs of a socket. */
export type SendingSocket = {
  /** Writes the message. Rejects where the connection is going, with whatever Baileys throws: the number 1006, too. */
  sendText(answer: Answer): Promise<void>;
  showUnavailable(): Promise<void>;
  readonly acknowledgements: Acknowledgements;
};

const ID_BYTES = 9;

/** An id for a message of ours, in the form that WhatsApp's web client gives them. */
export function newMessageId(random: Random): string {
  return `3EB0${Buffer.from(random.bytes(ID_BYTES)).toString('hex').toUpperCase()}`;
}

/** Who waits for which acknowledgement on one socket. */
export class Acknowledgements {
  readonly #waiting = new Map<string, (result: Acknowledgement) => void>();
  #closed = false;

  /** A second wait for the same id ends the first: what comes is the newer one's, and only it can give itself up. */
  wait(messageId: string): Wait {
    this.#settle(messageId, { type: 'unconfirmed' });
    if (this.#closed) return { result: Promise.resolve({ type: 'unconfirmed' }), giveUp: () => undefined };
    const { promise, resolve } = Promise.withResolvers<Acknowledgement>();
    this.#waiting.set(messageId, resolve);
    const giveUp = (): void => {
      if (this.#waiting.get(messageId) === resolve) this.#settle(messageId, { type: 'unconfirmed' });
    };
    return { result: promise, giveUp };
  }

  /** The attributes of an `ack` stanza of class message. */
  heard(attrs: Readonly<Record<string, string | undefined>>): void {
    const refused = attrs.error !== undefined;
    this.#settle(attrs.id ?? '', refused ? { type: 'refused', code: Number(attrs.error) || 0 } : { type: 'acked' });
  }

  /** The socket has ended: nothing will be heard on it. */
  close(): void {
    this.#closed = true;
    for (const messageId of [...this.#waiting.keys()]) this.#settle(messageId, { type: 'unconfirmed' });
  }

  #settle(messageId: string, result: Acknowledgement): void {
    const resolve = this.#waiting.get(messageId);
    this.#waiting.delete(messageId);
    resolve?.(result);
  }
}

/** Never rejects. `signal` ends the wait, not what is on the wire. */
export async function sendAnswer(
  socket: SendingSocket,
  answer: Answer,
  limits: { readonly ackMs: number; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<SendResult> {
  if (limits.signal.aborted) return { type: 'offline' };
  const { result, giveUp } = socket.acknowledgements.wait(answer.messageId);
  const timer = limits.clock.after(limits.ackMs, giveUp);
  limits.signal.addEventListener('abort', giveUp, { once: true });
  // A rejection means that the connection is going, or that a look-up failed: bytes may have left all the same.
  socket.sendText(answer).catch(giveUp);
  const said = await result;
  timer.cancel();
  limits.signal.removeEventListener('abort', giveUp);
  // A link that looks online silences the owner's phone. On a connection that broke meanwhile there is nothing to tell.
  if (said.type === 'acked') await socket.showUnavailable().catch(() => undefined);
  return said;
}
