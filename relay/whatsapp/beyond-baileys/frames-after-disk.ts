/**
 * Nothing leaves before what it rests on is on the disk. Baileys 7.0.0-rc14 confirms a message, sends an answer or uploads keys as soon as its
 * key store has taken the step; here the store writes several steps together, a moment later. What Baileys sends until then is held, in its
 * order. A write that fails ends the connection, and what was held with it.
 * Remove when Baileys waits for its store before it sends, and goes on with other messages meanwhile.
 */
import type { WASocket } from '@whiskeysockets/baileys';
import { WebSocket } from 'ws';

type Told = (error?: Error) => void;
type Held = { readonly frame: Uint8Array; readonly durable: Promise<void> | null };

/** `unwritten`: when what is taken is durable; rejects where it was not written; null where nothing waits. To be called while nothing is connected yet. */
export function holdUntilWritten(wire: WASocket['ws'], unwritten: () => Promise<void> | null): void {
  const socket: unknown = Reflect.get(wire, 'socket');
  if (!(socket instanceof WebSocket)) throw new Error('Baileys has no WebSocket where it is looked for');
  const send = socket.send.bind(socket) as (frame: Uint8Array, told: Told) => void;
  const held: Held[] = [];
  const letGo = async (): Promise<void> => {
    for (let first = held[0]; first; first = held[0]) {
      await first.durable;
      held.shift();
      // A connection that broke meanwhile tells so by its own end.
      send(first.frame, () => undefined);
    }
  };
  Reflect.set(socket, 'send', (frame: Uint8Array, told: Told): void => {
    const durable = unwritten();
    if (!durable && held.length === 0) {
      send(frame, told);
      return;
    }
    held.push({ frame, durable });
    if (held.length === 1) letGo().catch(() => held.splice(0));
    // Baileys goes on with the next message when the connection has taken this.
    queueMicrotask(told);
  });
}
