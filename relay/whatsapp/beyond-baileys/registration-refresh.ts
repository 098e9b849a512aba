/**
 * Renews the secret of a device that is being linked. Since July 2026 WhatsApp sends some accounts' companions `companion_reg_refresh` after
 * the phone has scanned: the secret in the code on the screen is no longer good, and only a code with a new one links. Baileys 7.0.0-rc14
 * drops it, and shows the dead code until the references run out (Baileys#2737, #2765).
 * As WhatsApp Web and zapo do it: a new secret, written; then the acknowledgement; then the same reference drawn with the new secret.
 * Remove when Baileys renews its secret and draws the code anew.
 */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { type AfterAck, childOf, type EarlyNotifications } from './early-notifications.ts';

const TYPE = 'companion_reg_refresh';
/** The children that WhatsApp Web takes; with neither the notification asks for nothing. */
const CHILDREN = ['companion_reg_refresh', 'pair-device-rotate-qr'] as const;

/** `renew` makes the new secret and resolves when it is durable, to what is drawn then. */
export function onRegistrationRefresh(
  notifications: Pick<EarlyNotifications, 'on'>,
  renew: () => Promise<AfterAck>,
): void {
  notifications.on(TYPE, (stanza: BinaryNode) => (CHILDREN.some((tag) => childOf(stanza, tag)) ? renew() : null));
}

/**
 * The same code with another secret. `text` is what a QR picture encodes: `…#reference,noise key,identity key,secret,platform`;
 * `secret` is base64, 32 bytes.
 */
export function withSecret(text: string, secret: string): string {
  const fields = text.split(',');
  return fields.map((field, at) => (at === fields.length - 2 ? secret : field)).join(',');
}
