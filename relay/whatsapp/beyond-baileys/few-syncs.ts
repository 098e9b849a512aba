/**
 * Reads of the app state what is wanted, and nothing more: the address book and an account's salt, which are read elsewhere.
 * Baileys 7.0.0-rc14 syncs whatever the phone has changed, an archived chat or a muted one, and each sync may put a notice on the phone
 * (Baileys#2591).
 * Remove when Baileys leaves it to its user which collections are synced.
 */
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';
import { ackPlainly } from './plain-acks.ts';

const NOTIFICATION_EVENT = 'CB:notification';

/** To be called while nothing is connected yet. */
export function syncNothingElse(socket: Pick<WASocket, 'ws' | 'sendMessageAck'>, log: Log): void {
  const handlers = socket.ws.listeners(NOTIFICATION_EVENT);
  socket.ws.removeAllListeners(NOTIFICATION_EVENT);
  socket.ws.on(NOTIFICATION_EVENT, (stanza: BinaryNode) => {
    if (stanza.attrs.type === 'server_sync') ackPlainly(socket, stanza, log);
    else for (const handle of handlers) handle(stanza);
  });
}
