/**
 * Linking where WhatsApp asks for a passkey: the server checks the assertion, the phone checks that the device is the one it scanned.
 * As whatsmeow's `pair-passkey.go` and zapo speak to it; every proof is checked, and each that is wrong is refused for its own reason.
 */
import { createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual, verify } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import * as v from 'valibot';
import { ORIGIN, type Passkey, RP_ID } from '../people/passkey.ts';
import { agree, newKeyPair } from '../wire/curve.ts';
import { bytesOf, children, node, SERVER_JID, type Stanza, seconds } from '../wire/stanza.ts';
import type { Registration, ScannedCode } from './pairing.ts';

/** What the person at the phone does, and what the phone leaves out. */
export type PhoneSide = {
  /** It shows a code though a proof was sent. */
  readonly takesNoProof: boolean;
  /** The account's passkey; null where it has none that WhatsApp would take. */
  readonly passkey: Passkey | null;
  /** The step after which nothing comes any more. */
  readonly silentFrom: 'prologue' | 'nonce' | 'pairing' | null;
  /** Without a proof the person compares: whether the phone's code is the one on the computer. */
  compare(code: string): Promise<boolean>;
};

const USER_PRESENT = 0b1;
const USER_VERIFIED = 0b100;
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTVWXYZ';

const AssertionSchema = v.strictObject({
  id: v.string(),
  rawId: v.string(),
  type: v.literal('public-key'),
  response: v.strictObject({
    clientDataJSON: v.string(),
    authenticatorData: v.string(),
    signature: v.string(),
    userHandle: v.nullable(v.string()),
  }),
});

type Prologue = {
  readonly publicKey: Buffer;
  readonly deviceType: number;
  readonly ref: string;
  readonly identity: Buffer;
  readonly hash: Buffer;
  readonly proven: boolean;
};

export class PasskeyLinking {
  readonly #send: (stanza: Stanza) => void;
  readonly #registration: Registration;
  readonly #code: ScannedCode;
  readonly #phone: PhoneSide;
  readonly #secret = Promise.withResolvers<Buffer>();
  readonly #key = newKeyPair();
  readonly #nonce = randomBytes(32);
  /** Challenges that may still be answered. */
  readonly #challenges = new Set<string>();
  readonly #refs = new Set<string>();
  #prologue: Prologue | null = null;
  #confirmed = Promise.withResolvers<boolean>();

  constructor(send: (stanza: Stanza) => void, registration: Registration, code: ScannedCode, phone: PhoneSide) {
    this.#send = send;
    this.#registration = registration;
    this.#code = code;
    this.#phone = phone;
    // Whoever scans hears of it; a linking that nobody waits for any more ends unheard.
    this.#secret.promise.catch(() => undefined);
  }

  /** The secret with which the device is to be signed; rejects with why it is not. */
  get secret(): Promise<Buffer> {
    return this.#secret.promise;
  }

  ask(): void {
    this.#send(
      node('notification', { ...this.#attrs(), type: 'passkey_prologue_request' }, [
        node('passkey_request_options', {}, this.#options()),
      ]),
    );
  }

  gone(): void {
    this.#secret.reject(new Error('the device went away while it was linked'));
  }

  /** A stanza of the device that is being linked. */
  received(stanza: Stanza): void {
    if (stanza.tag !== 'iq' || stanza.attrs.xmlns !== 'md') return;
    const [asked] = children(stanza);
    try {
      const answer = this.#answer(stanza.attrs.type ?? '', asked);
      if (answer !== null) this.#send(node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'result' }, answer));
    } catch (error) {
      this.#secret.reject(error);
      this.#send(
        node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'error' }, [
          node('error', { code: '400', text: 'bad-request' }),
        ]),
      );
    }
  }

  /** Null: nothing is answered. Throws with why it is refused. */
  #answer(type: string, asked: Stanza | undefined): Stanza[] | null {
    switch (`${type} ${asked?.tag}`) {
      case 'get passkey_request_options':
        return [node('passkey_request_options', {}, this.#options())];
      case 'get ref': {
        const ref = `2@${randomBytes(24).toString('base64url')}`;
        this.#refs.add(ref);
        return [node('ref', {}, Buffer.from(ref))];
      }
      case 'set passkey_prologue':
        if (asked) this.#take(asked);
        if (this.#phone.silentFrom !== 'prologue') setImmediate(() => this.#continue());
        return [];
      case 'set companion_nonce':
        if (this.#phone.silentFrom === 'nonce') return null;
        this.#compare(bytesOf(asked));
        return [];
      case 'set encrypted_pairing_request': {
        const secret = this.#open(bytesOf(asked));
        if (this.#phone.silentFrom !== 'pairing')
          void this.#confirmed.promise.then((same) =>
            same
              ? this.#secret.resolve(secret)
              : this.#secret.reject(new Error('the person at the phone saw another code')),
          );
        return [];
      }
      default:
        throw new Error(`a device that is being linked asked for ${asked?.tag}`);
    }
  }

  #attrs(): Record<string, string> {
    return { id: randomBytes(4).toString('hex'), from: SERVER_JID, t: seconds() };
  }

  #options(): Buffer {
    const challenge = randomBytes(32).toString('base64url');
    this.#challenges.add(challenge);
    return Buffer.from(
      JSON.stringify({
        challenge,
        timeout: 600_000,
        rpId: RP_ID,
        allowCredentials: [],
        userVerification: 'required',
        extensions: { uvm: true },
      }),
    );
  }

  #take(prologue: Stanza): void {
    const payload = bytesOf(prologue, 'prologue_payload');
    const { companionEphemeralIdentity: identity, commitment } = proto.ProloguePayload.decode(
      payload ?? new Uint8Array(),
    );
    if (!payload || !identity || commitment?.hash?.length !== 32) throw new Error('the prologue is incomplete');
    const { publicKey, deviceType, ref } = proto.CompanionEphemeralIdentity.decode(identity);
    if (publicKey?.length !== 32 || !deviceType || !ref) throw new Error("the device's identity is incomplete");
    if (!this.#refs.delete(ref)) throw new Error('the reference was not given out, or was used before');
    this.#checkAssertion(bytesOf(prologue, 'credential_id'), bytesOf(prologue, 'webauthn_assertion'));
    const proof = bytesOf(prologue, 'pairing_handoff_proof');
    if (proof) {
      const key = Buffer.from(hkdfSync('sha256', this.#code.advSecret, '', 'shortcake-passkey-handoff-v1', 32));
      const expected = createHmac('sha256', key).update(payload).digest();
      if (proof.length !== 32 || !timingSafeEqual(proof, expected)) throw new Error('the handoff proof is wrong');
    }
    this.#prologue = {
      publicKey: Buffer.from(publicKey),
      deviceType,
      ref,
      identity: Buffer.from(identity),
      hash: Buffer.from(commitment.hash),
      proven: proof !== undefined,
    };
    this.#confirmed = Promise.withResolvers();
  }

  #checkAssertion(credentialId: Buffer | undefined, json: Buffer | undefined): void {
    const { passkey } = this.#phone;
    const parsed = v.safeParse(AssertionSchema, JSON.parse(String(json ?? '{}')));
    if (!parsed.success) throw new Error('the assertion has other fields');
    const { rawId, response } = parsed.output;
    if (!passkey || !credentialId?.equals(passkey.credentialId) || rawId !== credentialId.toString('base64url'))
      throw new Error("the passkey is not this account's");
    const clientData = Buffer.from(response.clientDataJSON, 'base64url');
    const client = v.parse(
      v.object({ type: v.string(), challenge: v.string(), origin: v.string() }),
      JSON.parse(clientData.toString()),
    );
    if (client.type !== 'webauthn.get') throw new Error('the assertion is of another type');
    if (client.origin !== ORIGIN) throw new Error('the assertion is from another origin');
    if (!this.#challenges.delete(client.challenge))
      throw new Error('the challenge was not given out, or was used before');
    const data = Buffer.from(response.authenticatorData, 'base64url');
    if (!data.subarray(0, 32).equals(createHash('sha256').update(RP_ID).digest()))
      throw new Error('the assertion is for another site');
    const flags = data.readUInt8(32);
    if ((flags & USER_PRESENT) === 0) throw new Error('nobody was present');
    if ((flags & USER_VERIFIED) === 0) throw new Error('the person was not verified');
    const count = data.readUInt32BE(33);
    if (count !== 0 && count < passkey.signCount) throw new Error('the passkey was copied: its count went back');
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    if (!verify('sha256', signed, passkey.publicKey, Buffer.from(response.signature, 'base64url')))
      throw new Error("the passkey's signature is wrong");
    passkey.signCount = Math.max(passkey.signCount, count);
  }

  /** The phone has heard of the device: it shows a key of its own. */
  #continue(): void {
    const identity = proto.PrimaryEphemeralIdentity.encode({
      publicKey: this.#key.public,
      nonce: this.#nonce,
    }).finish();
    this.#send(
      node('notification', { ...this.#attrs(), type: 'crsc_continuation' }, [
        node('primary_ephemeral_identity', {}, Buffer.from(identity)),
      ]),
    );
  }

  /** The phone knows both keys and both nonces: either the proof has told it enough, or its owner compares. */
  #compare(nonce: Buffer | undefined): void {
    const prologue = this.#prologue;
    if (!prologue) throw new Error('no prologue came before');
    const hash = createHash('sha256').update(prologue.identity);
    if (nonce?.length !== 32 || !hash.update(nonce).digest().equals(prologue.hash))
      throw new Error('the nonce is not the one that was committed to');
    if (prologue.proven && !this.#phone.takesNoProof) {
      this.#confirmed.resolve(true);
      return;
    }
    const mixed = createHash('sha256').update(nonce).update(this.#key.public).digest();
    let number = 0n;
    for (let at = 0; at < 5; at++) number = (number << 8n) | BigInt(mixed.readUInt8(at) ^ this.#nonce.readUInt8(at));
    const letters = Array.from({ length: 8 }, (_none, at) => ALPHABET[Number((number >> BigInt(35 - 5 * at)) & 31n)]);
    const code = `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
    void this.#phone.compare(code).then((same) => this.#confirmed.resolve(same));
  }

  #open(request: Buffer | undefined): Buffer {
    const prologue = this.#prologue;
    if (!prologue) throw new Error('no prologue came before');
    const { encryptedPayload, iv } = proto.EncryptedPairingRequest.decode(request ?? new Uint8Array());
    if (iv?.length !== 12 || !encryptedPayload || encryptedPayload.length < 16)
      throw new Error('the request is no sealed one');
    const salt = `Companion Pairing ${prologue.deviceType} with ref ${prologue.ref}`;
    const shared = agree(this.#key, prologue.publicKey);
    const key = Buffer.from(hkdfSync('sha256', shared, salt, 'Pairing Information Encryption Key', 32));
    const decipher = createDecipheriv('aes-256-gcm', key, iv);
    decipher.setAuthTag(encryptedPayload.subarray(-16));
    const plain = Buffer.concat([decipher.update(encryptedPayload.subarray(0, -16)), decipher.final()]);
    const { companionPublicKey, companionIdentityKey, advSecret } = proto.PairingRequest.decode(plain);
    if (!companionPublicKey || !this.#registration.noiseKey.equals(companionPublicKey))
      throw new Error("the sealed Noise key is another connection's");
    if (!companionIdentityKey || !this.#registration.keys.identity.equals(companionIdentityKey))
      throw new Error("the sealed identity is another device's");
    if (advSecret?.length !== 32 || this.#code.advSecret.equals(advSecret))
      throw new Error('the secret is not a new one');
    return Buffer.from(advSecret);
  }
}
