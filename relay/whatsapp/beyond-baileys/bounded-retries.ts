/**
 * The relay asks for a message that it cannot decrypt a few times, and no more. Baileys 7.0.0-rc14 forgets its count at the bound, and with every
 * socket: copies that keep coming are asked for without an end. Here the counts are a link's, over all its sockets.
 * Remove when Baileys keeps its count past the bound and over sockets.
 */
import type { WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';
import { BoundedCache } from '../bounded-cache.ts';

/** As often as WhatsApp's own devices ask. */
const MOST = 5;
const COUNTS = { most: 5_000, lifeMs: 24 * 3_600_000 };

export class RetryCounts {
  readonly #counts: BoundedCache;

  constructor(clock: Clock) {
    this.#counts = new BoundedCache(clock, COUNTS);
  }

  /** Must be called before the socket has received anything. Counts go by the message's id. */
  keepFor({ messageRetryManager: manager }: Pick<WASocket, 'messageRetryManager'>): void {
    if (!manager) throw new Error('Baileys counts its requests in another way');
    const count = (id: string): number => this.#counts.get<number>(id) ?? 0;
    manager.getRetryCount = count;
    manager.hasExceededMaxRetries = (id) => count(id) >= MOST;
    manager.incrementRetryCount = (id) => {
      this.#counts.set(id, count(id) + 1);
      return count(id);
    };
  }
}
