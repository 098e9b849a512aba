/**
 * One answer over one socket, until WhatsApp's server has said something about it, or time is up.
 * What Baileys' promise says counts for nothing: in 7.0.0-rc14 it resolves when bytes are written, and with an unanswered
 * device look-up it resolves with no recipient at all. The server's acknowledgement is the one truth.
 */
import type { Clock, Random, Timer } from '../../clock.ts';
import type { OutgoingAnswer, SendLimits, SendResult } from '../../outbound.ts';

type Acknowledgement = Extract<SendResult, { readonly type: 'acked' | 'refused' | 'unconfirmed' }>;

type Wait = { readonly result: Promise<Acknowledgement>; giveUp(): void };

/** The part of a socket that sending uses. */
export type SendingSocket = {
  /**
   * Writes the message. `leaving` is called in the tick in which the bytes are handed to the connection; where it throws, they are not.
   * Rejects where the connection is going, with whatever Baileys throws: the number 1006, too.
   */
  sendText(answer: OutgoingAnswer, leaving: () => void): Promise<void>;
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

/** Without a withdrawal an answer is not taken back; without `mayLeave` it leaves. */
export type SendingLimits = Pick<SendLimits, 'signal'> &
  Partial<SendLimits> & {
    /** How long the acknowledgement is waited for once the bytes have left, milliseconds. */
    readonly ackMs: number;
    readonly clock: Clock;
  };

/** Never rejects. Once it has said `offline` or `withdrawn`, nothing of this call leaves any more. */
export async function sendAnswer(
  socket: SendingSocket,
  answer: OutgoingAnswer,
  limits: SendingLimits,
): Promise<SendResult> {
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
