/**
 * Hears that WhatsApp asks for a passkey while a device is linked: since June 2026, of some accounts. Baileys 7.0.0-rc14 knows nothing of it.
 * Remove when Baileys tells of `passkey_prologue_request`.
 */
import { bytesIn, type EarlyNotifications } from './early-notifications.ts';

type Notifications = Pick<EarlyNotifications, 'on'>;

/** `asked` gets the question to the passkey; null where it did not come along and is to be asked for. */
export function onPasskeyRequest(notifications: Notifications, asked: (options: Uint8Array | null) => void): void {
  notifications.on('passkey_prologue_request', (stanza) => () => asked(bytesIn(stanza, 'passkey_request_options')));
}

/** The phone goes on: `heard` gets the key that it shows; null where it shows none. */
export function onPasskeyContinuation(
  notifications: Notifications,
  heard: (identity: Uint8Array | null) => void,
): void {
  notifications.on('crsc_continuation', (stanza) => () => heard(bytesIn(stanza, 'primary_ephemeral_identity')));
}
