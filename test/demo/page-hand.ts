/** The hand on a popup that is shown on the demo's page: orders go there, and each is reported back. */
import type { HandOrder, ServerFrame } from './frames.ts';
import { HAND_MS, type Hand } from './hand.ts';

type Report = { readonly id: number; readonly error: string | null; readonly result: string | null };
type Pending = { resolve(result: string | null): void; reject(error: Error): void };

export class PageHand implements Hand {
  readonly #send: (order: Extract<ServerFrame, { type: 'hand' }>) => void;
  readonly #pending = new Map<number, Pending>();
  #next = 1;

  constructor(send: (order: Extract<ServerFrame, { type: 'hand' }>) => void) {
    this.#send = send;
  }

  async press(place: string, shown = false): Promise<void> {
    await this.#order({ do: 'press', place, shown });
  }

  async waitFor(place: string): Promise<void> {
    await this.#order({ do: 'wait', place });
  }

  async picture(): Promise<Uint8Array | null> {
    const png = await this.#order({ do: 'picture' });
    return png === null ? null : Buffer.from(png, 'base64');
  }

  /** It is always open there, and speaks the page's language by itself. */
  async open(): Promise<void> {}

  done({ id, error, result }: Report): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === null) pending?.resolve(result);
    else pending?.reject(new Error(error));
  }

  /** The page is gone. */
  end(): void {
    for (const { reject } of this.#pending.values()) reject(new Error('the page was closed'));
    this.#pending.clear();
  }

  #order(order: HandOrder): Promise<string | null> {
    const id = this.#next++;
    return new Promise<string | null>((resolve, reject) => {
      const late = setTimeout(
        () => this.done({ id, error: `nothing came of it: ${JSON.stringify(order)}`, result: null }),
        HAND_MS,
      );
      this.#pending.set(id, {
        resolve: (result) => {
          clearTimeout(late);
          resolve(result);
        },
        reject: (error) => {
          clearTimeout(late);
          reject(error);
        },
      });
      this.#send({ type: 'hand', id, order });
    });
  }
}
