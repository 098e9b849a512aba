/**
 * Hands messages to Baileys one after the other. Baileys 7.0.0-rc14 starts on each as it comes, and stores a new contact's address pair
 * before it takes its lock: of several messages at once the later ones overtake.
 * Remove when Baileys handles messages of one connection in order.
 */
import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';

const MESSAGE_EVENT = 'CB:message';

/** `takes` hears of each message first, at once; one that it takes does not reach Baileys. */
export function inOrder(stanzas: EventEmitter, takes: (stanza: BinaryNode) => boolean): void {
  const handlers = stanzas.listeners(MESSAGE_EVENT);
  let last: Promise<unknown> = Promise.resolve();
  stanzas.removeAllListeners(MESSAGE_EVENT);
  stanzas.on(MESSAGE_EVENT, (stanza: BinaryNode) => {
    if (takes(stanza)) return;
    // Baileys reports what fails in there itself; the next message is handled all the same.
    last = last.then(() => Promise.allSettled(handlers.map(async (handle): Promise<unknown> => handle(stanza))));
  });
}
