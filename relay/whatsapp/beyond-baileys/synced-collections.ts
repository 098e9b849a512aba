/**
 * Takes up every collection of the app state that WhatsApp says has changed. Baileys 7.0.0-rc14 reads the first of a notification alone;
 * a name in the address book that came with another collection would be missed until the next change.
 * Remove when Baileys reads each `<collection>` of a `server_sync`.
 */
import { ALL_WA_PATCH_NAMES, type BinaryNode, type WAPatchName, type WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';

export function syncEveryCollection(socket: Pick<WASocket, 'ws' | 'resyncAppState'>, log: Log): void {
  socket.ws.on('CB:notification,type:server_sync', ({ content }: BinaryNode) => {
    const named = Array.isArray(content) ? content.filter(({ tag }) => tag === 'collection') : [];
    const [, ...others] = named.map(({ attrs }) => attrs.name);
    const wanted = ALL_WA_PATCH_NAMES.filter((name: WAPatchName) => others.includes(name));
    if (wanted.length === 0) return;
    socket
      .resyncAppState(wanted, false)
      .catch((err: unknown) => log.debug({ err }, 'a part of the app state could not be synced'));
  });
}
