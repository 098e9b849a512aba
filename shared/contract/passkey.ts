/**
 * What WhatsApp asks a passkey to sign, and what a browser brings back: each read and bounded on both sides of the wire, for the question
 * goes to the browser's own dialog in WhatsApp's name. Shapes: WebAuthn's PublicKeyCredentialRequestOptionsJSON and AuthenticationResponseJSON.
 */
import * as v from 'valibot';

/** The page on which a passkey of WhatsApp's is used. */
export const PASSKEY_ORIGIN = 'https://web.whatsapp.com';

const RP_ID = 'whatsapp.com';
const MOST_CREDENTIALS = 64;

const base64Url = (most: number) => v.pipe(v.string(), v.regex(/^[\w-]+$/), v.maxLength(most));

/** Other fields that WhatsApp sends are not passed on. */
export const PasskeyOptionsSchema = v.object({
  // 16 bytes are the least that WebAuthn wants.
  challenge: v.pipe(base64Url(1_024), v.minLength(22)),
  rpId: v.literal(RP_ID),
  timeout: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(3_600_000))),
  userVerification: v.optional(v.picklist(['required', 'preferred', 'discouraged'])),
  // It asks how the person will prove themself; of others none is known.
  extensions: v.optional(v.object({ uvm: v.optional(v.boolean()) })),
  allowCredentials: v.optional(
    v.pipe(
      v.array(
        v.object({
          type: v.literal('public-key'),
          id: base64Url(1_400),
          transports: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(32))), v.maxLength(16))),
        }),
      ),
      v.maxLength(MOST_CREDENTIALS),
    ),
  ),
});

export type PasskeyOptions = v.InferOutput<typeof PasskeyOptionsSchema>;

/** Exactly the four fields that WhatsApp Web sends. */
export const PasskeyAssertionSchema = v.strictObject({
  id: base64Url(1_400),
  rawId: base64Url(1_400),
  type: v.literal('public-key'),
  response: v.strictObject({
    clientDataJSON: base64Url(4_096),
    authenticatorData: base64Url(2_048),
    signature: base64Url(1_024),
    userHandle: v.nullable(base64Url(128)),
  }),
});

export type PasskeyAssertion = v.InferOutput<typeof PasskeyAssertionSchema>;
