/**
 * Noise_XX_25519_AESGCM_SHA256, the responder's side: handshake, then one AES-GCM stream each way.
 * Knows no stanzas. Throws where a tag does not verify, as a server would hang up.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { agree, type KeyPair, newKeyPair } from './curve.ts';

const MODE = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0');
const TAG_BYTES = 16;
const NOTHING = Buffer.alloc(0);

export class NoiseResponder {
  readonly #staticKey: KeyPair;
  readonly #chain: Uint8Array;
  readonly #ephemeral: KeyPair = newKeyPair();
  #hash: Buffer = MODE;
  #salt: Buffer = MODE;
  #key: Buffer = MODE;
  #counter = 0;
  #sendKey: Buffer = NOTHING;
  #receiveKey: Buffer = NOTHING;
  #sent = 0;
  #received = 0;

  constructor(staticKey: KeyPair, chain: Uint8Array, prologue: Buffer) {
    this.#staticKey = staticKey;
    this.#chain = chain;
    this.#mixHash(prologue);
  }

  /** ClientHello → ServerHello. */
  answerHello(frame: Uint8Array): Uint8Array {
    const ephemeral = proto.HandshakeMessage.decode(frame).clientHello?.ephemeral;
    if (ephemeral?.length !== 32) throw new Error('the hello carries no ephemeral key');
    this.#mixHash(Buffer.from(ephemeral));
    this.#mixHash(this.#ephemeral.public);
    this.#mixKey(agree(this.#ephemeral, ephemeral));
    const encryptedStatic = this.#seal(this.#staticKey.public);
    this.#mixKey(agree(this.#staticKey, ephemeral));
    const payload = this.#seal(this.#chain);
    return proto.HandshakeMessage.encode({
      serverHello: { ephemeral: this.#ephemeral.public, static: encryptedStatic, payload },
    }).finish();
  }

  /** ClientFinish → the client's static key and its decrypted payload. From here on the streams are open. */
  readFinish(frame: Uint8Array): { readonly clientKey: Buffer; readonly payload: Buffer } {
    const finish = proto.HandshakeMessage.decode(frame).clientFinish;
    if (!finish?.static || !finish.payload) throw new Error('the finish lacks its static key or payload');
    const clientKey = this.#open(Buffer.from(finish.static));
    this.#mixKey(agree(this.#ephemeral, clientKey));
    const payload = this.#open(Buffer.from(finish.payload));
    const keys = Buffer.from(hkdfSync('sha256', NOTHING, this.#salt, NOTHING, 64));
    this.#receiveKey = keys.subarray(0, 32);
    this.#sendKey = keys.subarray(32);
    return { clientKey, payload };
  }

  encrypt(plaintext: Uint8Array): Buffer {
    return seal(this.#sendKey, this.#sent++, NOTHING, plaintext);
  }

  decrypt(ciphertext: Buffer): Buffer {
    return open(this.#receiveKey, this.#received++, NOTHING, ciphertext);
  }

  #mixHash(data: Uint8Array): void {
    this.#hash = createHash('sha256').update(this.#hash).update(data).digest();
  }

  #mixKey(secret: Buffer): void {
    const keys = Buffer.from(hkdfSync('sha256', secret, this.#salt, NOTHING, 64));
    this.#salt = keys.subarray(0, 32);
    this.#key = keys.subarray(32);
    this.#counter = 0;
  }

  #seal(plaintext: Uint8Array): Buffer {
    const sealed = seal(this.#key, this.#counter++, this.#hash, plaintext);
    this.#mixHash(sealed);
    return sealed;
  }

  #open(ciphertext: Buffer): Buffer {
    const plaintext = open(this.#key, this.#counter++, this.#hash, ciphertext);
    this.#mixHash(ciphertext);
    return plaintext;
  }
}

function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(counter, 8);
  return bytes;
}

function seal(key: Buffer, counter: number, associated: Buffer, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(counter)).setAAD(associated);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, counter: number, associated: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(counter)).setAAD(associated);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
}
