/** WhatsApp's question to a passkey as it comes over the wire of its own: bytes, of which nothing is believed yet. */
import * as v from 'valibot';
import { type PasskeyOptions, PasskeyOptionsSchema } from '../../../../shared/contract/passkey.ts';

const MOST_BYTES = 4_096;

/** Null where it is anything but a question of WhatsApp's to a passkey. */
export function readPasskeyOptions(bytes: Uint8Array): PasskeyOptions | null {
  if (bytes.length > MOST_BYTES) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const parsed = v.safeParse(PasskeyOptionsSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    // No UTF-8, or no JSON.
    return null;
  }
}
