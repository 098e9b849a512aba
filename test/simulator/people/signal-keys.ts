/** The Signal side of one phone: its keys and its sessions, in memory. Speaks libsignal, knows no stanzas. */
import { randomInt } from 'node:crypto';
import { ProtocolAddress, SessionBuilder, SessionCipher, type SessionRecord, type SignalStorage } from 'libsignal';
import type { Device, DeviceKeys, PublicPreKey } from '../server/device.ts';
import { type KeyPair, newKeyPair, sign, withType } from '../wire/curve.ts';

export type Encrypted = { readonly type: 'pkmsg' | 'msg'; readonly ciphertext: Buffer };

export type Bundle = {
  readonly registrationId: number;
  readonly identity: Uint8Array;
  readonly signedPreKey: { readonly id: number; readonly key: Uint8Array; readonly signature: Uint8Array };
  readonly preKey: PublicPreKey | undefined;
};

const SIGNED_PRE_KEY_ID = 1;
/** Uploaded for whoever starts a session. Those made later are handed out one by one. */
const PRE_KEYS = 20;

export class SignalKeys {
  readonly identity: KeyPair = newKeyPair();
  readonly #registrationId = randomInt(1, 16_380);
  readonly #signedPreKey: KeyPair = newKeyPair();
  readonly #preKeys = new Map<number, KeyPair>();
  #nextPreKey = PRE_KEYS + 1;
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #storage: SignalStorage;

  constructor() {
    for (let id = 1; id <= PRE_KEYS; id++) this.#preKeys.set(id, newKeyPair());
    this.#storage = {
      loadSession: async (address) => this.#sessions.get(address),
      storeSession: async (address, record) => void this.#sessions.set(address, record),
      isTrustedIdentity: () => true,
      loadPreKey: async (id) => pairFor(this.#preKeys.get(Number(id))),
      removePreKey: (id) => void this.#preKeys.delete(id),
      loadSignedPreKey: () => pair(this.#signedPreKey),
      getOurRegistrationId: () => this.#registrationId,
      getOurIdentity: () => ({ pubKey: withType(this.identity.public), privKey: this.identity.private }),
    };
  }

  /** What the phone uploads. */
  publicKeys(): DeviceKeys {
    return {
      registrationId: this.#registrationId,
      identity: this.identity.public,
      signedPreKey: {
        id: SIGNED_PRE_KEY_ID,
        key: this.#signedPreKey.public,
        signature: sign(this.identity, withType(this.#signedPreKey.public)),
      },
      preKeys: new Map([...this.#preKeys].map(([id, key]) => [id, { id, key: key.public }])),
    };
  }

  /** A one-time key that nobody else is given. */
  newPreKey(): PublicPreKey {
    const key = newKeyPair();
    const id = this.#nextPreKey++;
    this.#preKeys.set(id, key);
    return { id, key: key.public };
  }

  hasSession(device: Device): boolean {
    return this.#sessions.get(addressOf(device).toString())?.haveOpenSession() ?? false;
  }

  /** A new session; an older one of the same device is kept for what is still under way. */
  async startSession(device: Device, bundle: Bundle): Promise<void> {
    const preKey = bundle.preKey ? { preKey: { keyId: bundle.preKey.id, publicKey: withType(bundle.preKey.key) } } : {};
    const session = {
      registrationId: bundle.registrationId,
      identityKey: withType(bundle.identity),
      signedPreKey: {
        keyId: bundle.signedPreKey.id,
        publicKey: withType(bundle.signedPreKey.key),
        signature: Buffer.from(bundle.signedPreKey.signature),
      },
      ...preKey,
    };
    // libsignal takes a bundle without a one-time key; its declaration does not say so.
    await new SessionBuilder(this.#storage, addressOf(device)).initOutgoing(
      session as Parameters<SessionBuilder['initOutgoing']>[0],
    );
  }

  forgetSessions(): void {
    this.#sessions.clear();
  }

  forgetSession(device: Device): void {
    this.#sessions.delete(addressOf(device).toString());
  }

  async encrypt(device: Device, plaintext: Uint8Array): Promise<Encrypted> {
    const { type, body } = await new SessionCipher(this.#storage, addressOf(device)).encrypt(Buffer.from(plaintext));
    return { type: type === 3 ? 'pkmsg' : 'msg', ciphertext: Buffer.from(body, 'binary') };
  }

  async decrypt(device: Device, type: string, ciphertext: Buffer): Promise<Buffer> {
    const cipher = new SessionCipher(this.#storage, addressOf(device));
    return type === 'pkmsg' ? cipher.decryptPreKeyWhisperMessage(ciphertext) : cipher.decryptWhisperMessage(ciphertext);
  }
}

/** One session a device, whichever of its two addresses a message names. */
function addressOf(device: Device): ProtocolAddress {
  return new ProtocolAddress(device.user.number, device.id);
}

function pair(key: KeyPair): { pubKey: Buffer; privKey: Buffer } {
  return { pubKey: withType(key.public), privKey: key.private };
}

function pairFor(key: KeyPair | undefined): { pubKey: Buffer; privKey: Buffer } | undefined {
  return key && pair(key);
}
