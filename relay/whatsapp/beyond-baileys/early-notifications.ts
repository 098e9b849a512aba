/**
 * Handles what WhatsApp notifies a device of before it is linked. Baileys 7.0.0-rc14 cannot acknowledge anything before it knows an account,
 * drops what it has no handler for, and in the middle of linking by a phone code acknowledges before the credentials are written. WhatsApp
 * waits for the acknowledgement, and the phone with it.
 * Remove when Baileys acknowledges without an account, and only after the handler is done.
 */
import type { AuthenticationCreds, BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';

const EVENT = 'CB:notification';

/** What follows once the acknowledgement was sent; null for nothing. */
export type AfterAck = (() => void) | null;

/** Does what must be done before the acknowledgement. Rejects where it could not be: then nothing is acknowledged. */
export type NotificationHandler = (stanza: BinaryNode) => AfterAck | Promise<AfterAck>;

type Listening = Pick<WASocket, 'ws' | 'sendNode' | 'authState'>;

export class EarlyNotifications {
  readonly #socket: Listening;
  readonly #log: Log;
  readonly #handlers = new Map<string, NotificationHandler>();
  #last: Promise<void> = Promise.resolve();

  /** Once the device is linked Baileys handles them itself. To be made while nothing is connected yet. */
  constructor(socket: Listening, log: Log) {
    this.#socket = socket;
    this.#log = log;
    const inBaileys = socket.ws.listeners(EVENT);
    socket.ws.removeAllListeners(EVENT);
    socket.ws.on(EVENT, (stanza: BinaryNode) => {
      if (isLinked(socket.authState.creds)) for (const handle of inBaileys) handle(stanza);
      else this.#last = this.#last.then(() => this.#handle(stanza));
    });
  }

  /** Handles the notifications of one type, one after the other. */
  on(type: string, handler: NotificationHandler): void {
    this.#handlers.set(type, handler);
  }

  async #handle(stanza: BinaryNode): Promise<void> {
    const { id = '', from = '', type = '' } = stanza.attrs;
    const handler = this.#handlers.get(type);
    if (!handler) this.#log.info({ type }, 'WhatsApp sent a notification that nothing here handles');
    let after: AfterAck = null;
    try {
      after = (await handler?.(stanza)) ?? null;
    } catch (err) {
      this.#log.warn({ err, type }, 'a notification could not be handled: it is not acknowledged');
      return;
    }
    await this.#socket
      .sendNode({ tag: 'ack', attrs: { id, to: from, class: 'notification', type } })
      .catch((err: unknown) => this.#log.debug({ err, type }, 'a notification could not be acknowledged'));
    after?.();
  }
}

/** True if WhatsApp has linked the device: only then is there a signed identity of it. */
export function isLinked({ account, me }: Pick<AuthenticationCreds, 'account' | 'me'>): boolean {
  return account !== undefined && account !== null && me !== undefined;
}

/** The child of that name; undefined where there is none. */
export function childOf({ content }: BinaryNode, tag: string): BinaryNode | undefined {
  return Array.isArray(content) ? content.find((each) => each.tag === tag) : undefined;
}

/** The bytes within the child of that name; null where there are none. */
export function bytesIn(stanza: BinaryNode, tag: string): Uint8Array | null {
  const content = childOf(stanza, tag)?.content;
  return content instanceof Uint8Array ? content : null;
}
