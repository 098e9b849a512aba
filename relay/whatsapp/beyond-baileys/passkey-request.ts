/**
 * Hears that WhatsApp asks for a passkey while a device is linked: since June 2026, of some accounts. Baileys 7.0.0-rc14 knows nothing of
 * it, and the phone waits.
 * Remove when Baileys tells of `passkey_prologue_request`.
 */
import type { WASocket } from '@whiskeysockets/baileys';

export function onPasskeyRequest(socket: Pick<WASocket, 'ws'>, asked: () => void): void {
  socket.ws.on('CB:notification,type:passkey_prologue_request', asked);
}
