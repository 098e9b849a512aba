/**
 * Knows messages that came without their content: `<unavailable>` in place of `<enc>`. Baileys 7.0.0-rc14 hands over a view-once message as
 * one without content, and asks the phone for one without a type (advertisements); of the other types it tells nothing.
 * Remove when Baileys hands over a message for each type.
 */
import type { BinaryNode } from '@whiskeysockets/baileys';

/** A view-once message, which Baileys hands over itself. */
const VIEW_ONCE = 'view_once';
/** The phone shows these, and sends them to no other device. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'view_once_unavailable_fanout',
  'hosted_unavailable_fanout',
  'bot_unavailable_fanout',
]);

/** `phone-only`: no other device will ever see it. `asked`: Baileys asks the phone for it. Null: the content is there. */
export function missingContentOf({ content }: BinaryNode): 'phone-only' | 'asked' | null {
  if (!Array.isArray(content) || content.some(({ tag }) => tag === 'enc')) return null;
  const unavailable = content.find(({ tag }) => tag === 'unavailable');
  if (!unavailable || unavailable.attrs.type === VIEW_ONCE) return null;
  return NEVER_SENT.has(unavailable.attrs.type ?? '') ? 'phone-only' : 'asked';
}
