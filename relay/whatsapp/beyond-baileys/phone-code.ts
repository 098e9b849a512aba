/**
 * Links by a code of eight characters that is typed into the phone. Baileys 7.0.0-rc14 can do it, but names the program where WhatsApp
 * wants a system, which is refused (Baileys#2769), hands out the code before WhatsApp has answered, takes the device for linked from then on,
 * does not compare references, and throws at a notification without content (Baileys#2600).
 * The steps: whatsmeow `pair-code.go`; zapo `WaPairingFlow`; the bounds: WhatsApp Web, as whatsapp-rust `pair_code.rs` quotes it.
 * Remove when Baileys names a system, waits for the answer, and sets `me` at `pair-success` alone.
 */
import {
  type BinaryNode,
  bytesToCrockford,
  getCompanionPlatformId,
  jidEncode,
  type KeyPair,
  type SocketConfig,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { Random } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { newEphemeralKey, sealKeys, wrapKey } from '../phone-code-keys.ts';
import { type AfterAck, bytesIn, childOf, type EarlyNotifications } from './early-notifications.ts';

/** `too-early`: the connection is not ready. `too-often`: a pause is asked for. `not-offered`: this account links by QR code only. */
export type PhoneCodeRefusal = 'refused' | 'too-early' | 'too-often' | 'not-offered' | 'silent';

export type PhoneCodeAnswer =
  /** `text`: `ABCD-EFGH`. */
  { readonly type: 'code'; readonly text: string } | { readonly type: 'refused'; readonly why: PhoneCodeRefusal };

export type PhoneCodeDeps = {
  readonly random: Random;
  readonly log: Log;
  readonly browser: SocketConfig['browser'];
  /** Durable when it resolves. */
  save(): Promise<void>;
  /** The phone has taken the code: what links follows, or nothing does. */
  typed(): void;
  /** The code is no longer good. `byHand`: the person is to ask for another. */
  worn(byHand: boolean): void;
  /** WhatsApp does not take this device's answer to the phone. */
  failed(): void;
};

type Socket = Pick<WASocket, 'query' | 'authState'>;

type Shown = {
  readonly code: string;
  readonly ref: Uint8Array;
  readonly phone: string;
  readonly key: KeyPair;
  /** Answers to the phone so far. */
  hellos: number;
};

const TAG = 'link_code_companion_reg';
const CODE_BYTES = 5;
const KEY_BYTES = 32;
const WRAPPED_BYTES = 80;
const MOST_REF = 512;
/** WhatsApp Web answers a phone that tries again three times under one code. */
const MOST_HELLOS = 3;

/** WhatsApp refuses a display whose system it does not know; the list of linked devices shows the registration's name instead. */
const SYSTEMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { win32: 'Windows', darwin: 'Mac OS' };
const OTHER_SYSTEM = 'Linux';

const REFUSALS: ReadonlyMap<unknown, PhoneCodeRefusal> = new Map([
  [428, 'too-early'],
  [429, 'too-often'],
  [452, 'not-offered'],
]);

export class PhoneCode {
  readonly #socket: Socket;
  readonly #deps: PhoneCodeDeps;
  #shown: Shown | null = null;
  #answered = false;
  /** Answers to the phone are made one after the other: each makes a secret, and the last is the one that counts. */
  #answers: Promise<void> = Promise.resolve();

  constructor(socket: Socket, notifications: Pick<EarlyNotifications, 'on'>, deps: PhoneCodeDeps) {
    this.#socket = socket;
    this.#deps = deps;
    notifications.on(TAG, (stanza) => this.#heard(childOf(stanza, TAG)));
  }

  /** The phone was answered: `pair-success` will be signed with the secret of that answer, so no other one may be made. */
  get awaitsLink(): boolean {
    return this.#answered;
  }

  /**
   * Asks for a code for the phone of `number` (digits); a code that was shown before is no longer good. To be called after `pair-device`.
   * Rejects where the connection ends.
   */
  async request(number: string): Promise<PhoneCodeAnswer> {
    const { random, browser, log } = this.#deps;
    this.#shown = null;
    this.#answered = false;
    const code = bytesToCrockford(Buffer.from(random.bytes(CODE_BYTES)));
    const phone = jidEncode(number, 's.whatsapp.net');
    const key = newEphemeralKey();
    const hello: BinaryNode[] = [
      leaf('link_code_pairing_wrapped_companion_ephemeral_pub', await wrapKey(code, key, random)),
      leaf('companion_server_auth_key_pub', this.#socket.authState.creds.noiseKey.public),
      leaf('companion_platform_id', Buffer.from(getCompanionPlatformId(browser))),
      leaf('companion_platform_display', Buffer.from(`${browser[1]} (${SYSTEMS[process.platform] ?? OTHER_SYSTEM})`)),
      leaf('link_code_pairing_nonce', Uint8Array.of(0)),
    ];
    const attrs = { jid: phone, stage: 'companion_hello', should_show_push_notification: 'true' };
    let answer: BinaryNode | undefined;
    try {
      answer = await this.#ask({ tag: TAG, attrs, content: hello });
    } catch (err) {
      const refused = codeOf(err);
      if (refused === null) throw err;
      log.info({ code: refused }, 'WhatsApp gives no phone code');
      return { type: 'refused', why: REFUSALS.get(refused) ?? 'refused' };
    }
    if (!answer) return { type: 'refused', why: 'silent' };
    const reg = childOf(answer, TAG);
    const ref = reg && bytesIn(reg, 'link_code_pairing_ref');
    if (!ref || ref.length > MOST_REF) return { type: 'refused', why: 'refused' };
    this.#shown = { code, ref, phone, key, hellos: 0 };
    return { type: 'code', text: `${code.slice(0, 4)}-${code.slice(4)}` };
  }

  /** One without content, or for another code, is acknowledged and asks for nothing. */
  #heard(reg: BinaryNode | undefined): AfterAck {
    const shown = this.#shown;
    const ref = reg && bytesIn(reg, 'link_code_pairing_ref');
    if (!shown || !reg || !ref || !Buffer.from(shown.ref).equals(ref)) return null;
    if (reg.attrs.stage === 'refresh_code') {
      // The phone is on its way: the code was good.
      if (this.#answered) return null;
      this.#shown = null;
      return () => this.#deps.worn(reg.attrs.force_manual_refresh === 'true');
    }
    const wrapped = bytesIn(reg, 'link_code_pairing_wrapped_primary_ephemeral_pub');
    const identity = bytesIn(reg, 'primary_identity_pub');
    if (reg.attrs.stage !== 'primary_hello' || wrapped?.length !== WRAPPED_BYTES || identity?.length !== KEY_BYTES)
      return null;
    if (shown.hellos >= MOST_HELLOS) return null;
    shown.hellos += 1;
    // From here on, and not only once the keys are made: a secret that came in between would be overwritten.
    this.#answered = true;
    return () => {
      this.#deps.typed();
      this.#answers = this.#answers.then(() => this.#answer(shown, wrapped, identity));
    };
  }

  async #answer(shown: Shown, wrapped: Uint8Array, identity: Uint8Array): Promise<void> {
    const { random, log, save, failed } = this.#deps;
    const { creds } = this.#socket.authState;
    try {
      const { bundle, advSecret } = await sealKeys(shown, wrapped, identity, creds.signedIdentityKey, random);
      if (shown !== this.#shown) return;
      // Before it is sent: what is signed with it may come in the same moment.
      creds.advSecretKey = Buffer.from(advSecret).toString('base64');
      await save();
      const content = [
        leaf('link_code_pairing_wrapped_key_bundle', bundle),
        leaf('companion_identity_public', creds.signedIdentityKey.public),
        leaf('link_code_pairing_ref', shown.ref),
      ];
      await this.#ask({ tag: TAG, attrs: { jid: shown.phone, stage: 'companion_finish' }, content });
    } catch (err) {
      log.info({ err }, 'the phone could not be answered');
      // Without a code of WhatsApp's the connection or the disk is at fault, and both tell of themselves.
      if (codeOf(err) !== null && shown === this.#shown) failed();
    }
  }

  /** A question that is not answered in Baileys' time resolves to undefined. */
  #ask(content: BinaryNode): Promise<BinaryNode | undefined> {
    return this.#socket.query({
      tag: 'iq',
      attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'md' },
      content: [content],
    });
  }
}

function leaf(tag: string, content: Uint8Array): BinaryNode {
  return { tag, attrs: {}, content };
}

/** WhatsApp's code in an answer that is an error; null for whatever else failed. */
function codeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('data' in error)) return null;
  return typeof error.data === 'number' ? error.data : null;
}
