/**
 * One answer over one socket, until WhatsApp's server has said something about it, or time is up.
 * What Baileys' promise says counts for nothing: in 7.0.0-rc14 it resolves when bytes are written, and with an unanswered
 * device look-up it resolves with no recipient at all. The server's acknowledgement is the one truth.
 */
import type { ChatId } from '../../shared/chat.ts';
import type { Clock, Random, Timer } from '../clock.ts';

export type SendResult =
  /** WhatsApp has it. */
  | { readonly type: 'acked' }
  /** WhatsApp will not deliver it; `code` is its number for why, 0 where it gave none. */
  | { readonly type: 'refused'; readonly code: number }
  /** Nothing left: there is no open connection. */
  | { readonly type: 'offline' }
  /** Nothing left, and nothing will: it was taken back in time, or may not leave any more. */
  | { readonly type: 'withdrawn' }
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
  /**
   * Writes the message. `leaving` is called in the tick in which the bytes are handed to the connection; where it throws, they are not.
   * Rejects where the connection is going, with whatever Baileys throws: the number 1006, too.
   */
  sendText(answer: Answer, leaving: () => void): Promise<void>;
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

export type SendLimits = {
  /** How long the acknowledgement is waited for, once the bytes have left. */
  readonly ackMs: number;
  readonly clock: Clock;
  /** Ends the wait, whatever is on the wire. */
  readonly signal: AbortSignal;
  /** Takes the answer back where it has not left; what has left is waited for. */
  readonly withdrawal?: AbortSignal;
  /** Asked in the tick in which the bytes would leave. */
  readonly mayLeave?: () => boolean;
};

/** Never rejects. Once it has said `offline` or `withdrawn`, nothing of this call leaves any more. */
export async function sendAnswer(socket: SendingSocket, answer: Answer, limits: SendLimits): Promise<SendResult> {
  const { signal, withdrawal, mayLeave, clock, ackMs } = limits;
  if (signal.aborted || withdrawal?.aborted) return { type: 'withdrawn' };
  const { result, giveUp } = socket.acknowledgements.wait(answer.messageId);
  let state: 'looking-up' | 'left' | 'over' = 'looking-up';
  let withdrawn = false;
  let timer: Timer | null = null;
  const leaving = (): void => {
    withdrawn ||= state === 'looking-up' && mayLeave?.() === false;
    if (withdrawn || state !== 'looking-up') throw new Error('the answer may not leave any more');
    state = 'left';
    timer = clock.after(ackMs, giveUp);
  };
  const takeBack = (): void => {
    if (state !== 'looking-up') return;
    withdrawn = true;
    giveUp();
  };
  signal.addEventListener('abort', giveUp, { once: true });
  withdrawal?.addEventListener('abort', takeBack, { once: true });
  // A rejection means that the connection is going, or that a look-up failed: bytes may have left all the same.
  socket.sendText(answer, leaving).catch(giveUp);
  const said = await result;
  const hasLeft = (state as string) === 'left';
  state = 'over';
  (timer as Timer | null)?.cancel();
  signal.removeEventListener('abort', giveUp);
  withdrawal?.removeEventListener('abort', takeBack);
  if (said.type === 'unconfirmed' && !hasLeft) return { type: withdrawn || signal.aborted ? 'withdrawn' : 'offline' };
  // A link that looks online silences the owner's phone. On a connection that broke meanwhile there is nothing to tell.
  if (said.type === 'acked') await socket.showUnavailable().catch(() => undefined);
  return said;
}
