/** A passkey of WhatsApp's: the key of an account, and what signs with it as an authenticator does (WebAuthn, ES256). */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export const RP_ID = 'whatsapp.com';
export const ORIGIN = 'https://web.whatsapp.com';

const USER_PRESENT = 0b1;
const USER_VERIFIED = 0b100;

export type Assertion = {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle: string | null;
  };
};

/** What else than a good answer is made. */
export type Flaws = {
  readonly challenge?: string;
  readonly origin?: string;
  readonly type?: string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly signCount?: number;
  readonly signature?: string;
};

export class Passkey {
  readonly credentialId = randomBytes(16);
  readonly userHandle = randomBytes(16);
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** The highest count that WhatsApp has seen. */
  signCount = 0;
  #uses = 0;

  constructor() {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.publicKey = pair.publicKey;
    this.privateKey = pair.privateKey;
  }

  /** The answer of an authenticator to `challenge`, base64url. */
  assert(challenge: string, flaws: Flaws = {}): Assertion {
    const id = this.credentialId.toString('base64url');
    const clientData = Buffer.from(
      JSON.stringify({
        type: flaws.type ?? 'webauthn.get',
        challenge: flaws.challenge ?? challenge,
        origin: flaws.origin ?? ORIGIN,
        crossOrigin: false,
      }),
    );
    this.#uses += 1;
    const data = Buffer.alloc(37);
    createHash('sha256')
      .update(flaws.rpId ?? RP_ID)
      .digest()
      .copy(data);
    data.writeUInt8(flaws.flags ?? USER_PRESENT | USER_VERIFIED, 32);
    data.writeUInt32BE(flaws.signCount ?? this.#uses, 33);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    return {
      id,
      rawId: id,
      type: 'public-key',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: flaws.signature ?? sign('sha256', signed, this.privateKey).toString('base64url'),
        userHandle: this.userHandle.toString('base64url'),
      },
    };
  }
}
