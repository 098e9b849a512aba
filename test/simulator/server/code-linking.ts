/**
 * Linking by a code of eight characters that the owner types into the phone, where no QR code can be scanned. Follows whatsmeow's
 * `pair-code.go`: a device shows its wrapped key under a number, the phone answers under the same code, and the device seals what makes
 * the secret that both then know.
 */
import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import { agree, type KeyPair, newKeyPair } from '../wire/curve.ts';
import { bytesOf, child, node, SERVER_JID, type Stanza, seconds } from '../wire/stanza.ts';
import type { Registration, ScannedCode } from './pairing.ts';

const ROUNDS = 131_072;
const SALT = 32;
const CTR_IV = 16;
const GCM_IV = 12;
const TAG = 16;

/** Browsers by WhatsApp's ids, and the systems that it takes beside one (Baileys#2409, #2769; the names as whatsapp-rust and zapo send them). */
const PLATFORM_ID = /^[1-6]$/;
const DISPLAY = /^(Chrome|Edge|Firefox|IE|Opera|Safari) \((Windows|Mac OS|Linux|Ubuntu)\)$/;

/** Whether WhatsApp takes a device's request for a code to type. */
export function isCanonicalHello(reg: Stanza, registration: Registration): boolean {
  const text = (tag: string): string => bytesOf(reg, tag)?.toString() ?? '';
  return (
    /^[1-9]\d{6,14}@s\.whatsapp\.net$/.test(reg.attrs.jid ?? '') &&
    PLATFORM_ID.test(text('companion_platform_id')) &&
    DISPLAY.test(text('companion_platform_display')) &&
    bytesOf(reg, 'link_code_pairing_nonce')?.length === 1 &&
    bytesOf(reg, 'link_code_pairing_wrapped_companion_ephemeral_pub')?.length === SALT + CTR_IV + 32 &&
    bytesOf(reg, 'companion_server_auth_key_pub')?.equals(registration.noiseKey) === true
  );
}

/** What a device has said under a number, and waits to be answered. */
export class CodeLinking {
  readonly number: string;
  readonly #send: (stanza: Stanza) => void;
  readonly #registration: Registration;
  readonly #wrapped: Buffer;
  readonly #ref = randomBytes(16);
  #finish: { readonly done: (bundle: Stanza) => void; readonly gone: () => void } | null = null;

  constructor(hello: Stanza, registration: Registration, send: (stanza: Stanza) => void) {
    this.#send = send;
    this.#registration = registration;
    this.number = (hello.attrs.jid ?? '').split('@')[0] ?? '';
    this.#wrapped = bytesOf(hello, 'link_code_pairing_wrapped_companion_ephemeral_pub') ?? Buffer.alloc(0);
  }

  /** That the code is no longer good. */
  refreshCode(byHand: boolean): Stanza {
    return this.#notice([
      node('link_code_companion_reg', { stage: 'refresh_code', force_manual_refresh: String(byHand) }, [
        node('link_code_pairing_ref', {}, this.#ref),
      ]),
    ]);
  }

  /** The answer to the device's greeting. */
  reference(id: string | undefined): Stanza {
    return node('iq', { id, from: SERVER_JID, type: 'result' }, [
      node('link_code_companion_reg', { stage: 'companion_hello' }, [node('link_code_pairing_ref', {}, this.#ref)]),
    ]);
  }

  /** The owner types `code` into the phone. Resolves to what a scan would have read; rejects where it is not this device's code. */
  async enter(code: string, phoneKey: KeyPair): Promise<ScannedCode> {
    const typed = code.replace('-', '').toUpperCase();
    const salt = this.#wrapped.subarray(0, SALT);
    const iv = this.#wrapped.subarray(SALT, SALT + CTR_IV);
    const decipher = createDecipheriv('aes-256-ctr', keyOf(typed, salt), iv);
    const companion = Buffer.concat([decipher.update(this.#wrapped.subarray(SALT + CTR_IV)), decipher.final()]);
    const own = newKeyPair();
    const answerSalt = randomBytes(SALT);
    const answerIv = randomBytes(CTR_IV);
    const cipher = createCipheriv('aes-256-ctr', keyOf(typed, answerSalt), answerIv);
    const finished = new Promise<Stanza>((resolve, reject) => {
      this.#finish = {
        done: resolve,
        gone: () => reject(new Error('the device went away while it was linked')),
      };
    });
    // One without content has been seen to come before (Baileys#2600).
    this.#send(this.#notice([node('link_code_companion_reg')]));
    this.#send(
      this.#notice([
        node('link_code_companion_reg', { stage: 'primary_hello' }, [
          node(
            'link_code_pairing_wrapped_primary_ephemeral_pub',
            {},
            Buffer.concat([answerSalt, answerIv, cipher.update(own.public), cipher.final()]),
          ),
          node('primary_identity_pub', {}, phoneKey.public),
          node('link_code_pairing_ref', {}, this.#ref),
        ]),
      ]),
    );
    const bundle = await finished;
    const { noiseKey, keys } = this.#registration;
    return { ref: '', noiseKey, identity: keys.identity, advSecret: this.#open(bundle, own, companion, phoneKey) };
  }

  /** A stanza of the device; true where it was its last step. */
  finished(reg: Stanza): boolean {
    if (!this.#finish || reg.attrs.stage !== 'companion_finish') return false;
    if (!bytesOf(reg, 'link_code_pairing_ref')?.equals(this.#ref)) return false;
    this.#finish.done(reg);
    return true;
  }

  gone(): void {
    this.#finish?.gone();
  }

  #notice(content: Stanza[]): Stanza {
    const id = randomBytes(4).toString('hex');
    return node('notification', { id, from: SERVER_JID, type: 'link_code_companion_reg', t: seconds() }, content);
  }

  #open(reg: Stanza, own: KeyPair, companion: Buffer, phoneKey: KeyPair): Buffer {
    if (!bytesOf(reg, 'link_code_pairing_ref')?.equals(this.#ref)) throw new Error('the reference is another one');
    const { identity } = this.#registration.keys;
    if (!bytesOf(reg, 'companion_identity_public')?.equals(identity))
      throw new Error("the identity is another device's");
    const bundle = bytesOf(reg, 'link_code_pairing_wrapped_key_bundle') ?? Buffer.alloc(0);
    if (bundle.length !== SALT + GCM_IV + 96 + TAG) throw new Error('the sealed keys have another length');
    const shared = agree(own, companion);
    const key = hkdfSync('sha256', shared, bundle.subarray(0, SALT), 'link_code_pairing_key_bundle_encryption_key', 32);
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key), bundle.subarray(SALT, SALT + GCM_IV));
    decipher.setAuthTag(bundle.subarray(-TAG));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(bundle.subarray(SALT + GCM_IV, -TAG)), decipher.final()]);
    } catch (error) {
      throw new Error('the code is not the one that the device shows', { cause: error });
    }
    if (!plain.subarray(0, 32).equals(identity)) throw new Error("the sealed identity is another device's");
    if (!plain.subarray(32, 64).equals(phoneKey.public)) throw new Error("the sealed identity is another phone's");
    const secret = Buffer.concat([shared, agree(phoneKey, identity), plain.subarray(64)]);
    return Buffer.from(hkdfSync('sha256', secret, '', 'adv_secret', 32));
  }
}

/** The registration that a stanza carries; none for other stanzas. */
export function linkCodeIn(stanza: Stanza): Stanza | undefined {
  return stanza.tag === 'iq' && stanza.attrs.type === 'set' ? child(stanza, 'link_code_companion_reg') : undefined;
}

function keyOf(code: string, salt: Buffer): Buffer {
  return pbkdf2Sync(code, salt, ROUNDS, 32, 'sha256');
}
