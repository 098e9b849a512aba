/**
 * What a browser brings back from a passkey, judged before anything of it goes to WhatsApp: exactly the four fields that WhatsApp Web sends,
 * for the question that was asked, signed on WhatsApp's own page. The signature itself only WhatsApp can check.
 */
import * as v from 'valibot';
import { PASSKEY_ORIGIN, PasskeyAssertionSchema, type PasskeyOptions } from '../../../../shared/contract/passkey.ts';

const MOST_CLIENT_DATA = 2_048;
/** 32 bytes of the rpId's hash, the flags, the counter. */
const LEAST_AUTHENTICATOR_DATA = 37;
const FLAG_USER_PRESENT = 0b1;
const FLAGS_AT = 32;

const ClientDataSchema = v.object({
  type: v.literal('webauthn.get'),
  challenge: v.string(),
  origin: v.literal(PASSKEY_ORIGIN),
  crossOrigin: v.optional(v.literal(false)),
});

/** The credential's id as bytes, and the JSON that WhatsApp is sent. */
export type Assertion = { readonly credentialId: Uint8Array; readonly json: string };

/** Null where it is no answer to these options. */
export function readAssertion(given: unknown, options: PasskeyOptions): Assertion | null {
  const parsed = v.safeParse(PasskeyAssertionSchema, given);
  if (!parsed.success || parsed.output.id !== parsed.output.rawId) return null;
  const { id, rawId, type, response } = parsed.output;
  const clientData = readClientData(Buffer.from(response.clientDataJSON, 'base64url'));
  if (clientData?.challenge !== options.challenge) return null;
  const allowed = options.allowCredentials ?? [];
  if (allowed.length > 0 && !allowed.some((credential) => credential.id === id)) return null;
  const data = Buffer.from(response.authenticatorData, 'base64url');
  if (data.length < LEAST_AUTHENTICATOR_DATA || (data.readUInt8(FLAGS_AT) & FLAG_USER_PRESENT) === 0) return null;
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    credentialId: Buffer.from(rawId, 'base64url'),
    json: JSON.stringify({
      id,
      rawId,
      type,
      response: { clientDataJSON, authenticatorData, signature, userHandle },
    }),
  };
}

function readClientData(bytes: Uint8Array): v.InferOutput<typeof ClientDataSchema> | null {
  if (bytes.length > MOST_CLIENT_DATA) return null;
  try {
    const parsed = v.safeParse(ClientDataSchema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return parsed.success ? parsed.output : null;
  } catch {
    // No UTF-8, or no JSON.
    return null;
  }
}
