/**
 * Ends a socket soon. Baileys 7.0.0-rc14 tells of an end only when the other side has closed as well; a silent one never does, and the
 * WebSocket library waits half a minute for it.
 * Remove when Baileys ends without waiting for the other side.
 */
import type { WASocket } from '@whiskeysockets/baileys';
import { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';

type Wire = WASocket['ws'];

/** How long the other side may take to say goodbye too. */
const GOODBYE_MS = 1_000;

/** `ending` is called first, for every end. */
export function endSoon(wire: Wire, clock: Clock, ending: () => void): void {
  const close = wire.close.bind(wire);
  wire.close = async () => {
    ending();
    const timer = clock.after(GOODBYE_MS, () => {
      const socket: unknown = Reflect.get(wire, 'socket');
      if (socket instanceof WebSocket) socket.terminate();
    });
    await close();
    timer.cancel();
  };
}
