/**
 * What waits for a device is pulled: WhatsApp says how much there is, hands over a few, and then as many as the device asks for, each time
 * (whatsapp-rust `offline_resume.rs`, which quotes WhatsApp Web; zapo `WaOfflineResumeCoordinator.ts`). Nothing that comes meanwhile is
 * delivered before the end is marked.
 */
import { node, SERVER_JID, type Stanza } from '../wire/stanza.ts';
import type { Device } from './device.ts';

export type HandOverDeps = {
  readonly device: Device;
  readonly send: (stanza: Stanza) => void;
  /** Everything was asked for and sent, and the end is never marked. */
  readonly neverCloses: boolean;
};

/** Sent before anything is asked for. */
const PRIMER = 5;

export class OfflineHandOver {
  readonly #deps: HandOverDeps;
  readonly #waiting: readonly Stanza[];
  #sent = 0;
  #closed = false;

  constructor(deps: HandOverDeps, waiting: readonly Stanza[]) {
    this.#deps = deps;
    this.#waiting = waiting;
  }

  begin(): void {
    if (this.#waiting.length > 0) {
      this.#deps.send(preview(this.#waiting));
      this.#deps.send(threads(this.#waiting));
      this.#hand(PRIMER);
    }
    this.#closeAtEnd();
  }

  /** The device asks for so many more. */
  asked(count: number): void {
    if (this.#closed) return;
    this.#hand(count);
    this.#closeAtEnd();
  }

  #hand(count: number): void {
    const { device, send } = this.#deps;
    const until = Math.min(this.#sent + count, this.#waiting.length);
    for (; this.#sent < until; this.#sent++) {
      if (device.withheld) return;
      const stanza = this.#waiting[this.#sent];
      if (stanza) send({ ...stanza, attrs: { ...stanza.attrs, offline: String(this.#sent) } });
    }
  }

  #closeAtEnd(): void {
    const { device, send, neverCloses } = this.#deps;
    if (this.#sent < this.#waiting.length && !device.withheld) return;
    if (neverCloses && this.#waiting.length > 0) return;
    this.#closed = true;
    send(node('ib', { from: SERVER_JID }, [node('offline', { count: String(this.#waiting.length) })]));
    device.goLive();
  }
}

/** Which chats have something waiting, with the time of its newest. */
function threads(waiting: readonly Stanza[]): Stanza {
  const newest = new Map(
    waiting.flatMap(({ tag, attrs: { from, t } }) => (tag === 'message' && from && t ? [[from, t] as const] : [])),
  );
  const items = [...newest].map(([from, t]) => node('item', { from, t }));
  return node('ib', { from: SERVER_JID }, [node('thread_metadata', {}, items)]);
}

function preview(waiting: readonly Stanza[]): Stanza {
  const count = (...tags: readonly string[]): string => String(waiting.filter(({ tag }) => tags.includes(tag)).length);
  const attrs = {
    count: String(waiting.length),
    appdata: '0',
    message: count('message', 'status'),
    notification: count('notification'),
    receipt: count('receipt'),
  };
  return node('ib', { from: SERVER_JID }, [node('offline_preview', attrs)]);
}
