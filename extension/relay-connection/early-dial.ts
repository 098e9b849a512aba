/**
 * Dials while a page's code is still being loaded, to where it was dialed last: the connection is open by the time that there is something
 * to say on it. Nothing is said before a pairing asks for it.
 */
const KEY = 'relay';

export class EarlyDial {
  readonly #addresses: Storage;
  readonly #open: (url: string) => WebSocket;
  #socket: WebSocket | null;

  constructor(addresses: Storage, open: (url: string) => WebSocket) {
    this.#addresses = addresses;
    this.#open = open;
    const address = addresses.getItem(KEY);
    this.#socket = address === null ? null : open(address);
  }

  /** The connection that is there already, once; else a new one. */
  readonly dial = (url: string): WebSocket => {
    const early = this.#socket;
    this.#socket = null;
    if (early?.url === url && early.readyState <= WebSocket.OPEN) return early;
    early?.close();
    this.#addresses.setItem(KEY, url);
    return this.#open(url);
  };

  /** Closes the socket that nobody has asked for. */
  drop(): void {
    this.#socket?.close();
    this.#socket = null;
  }
}
