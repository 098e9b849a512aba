/**
 * The device's side of a linking that WhatsApp asks a passkey for, on one socket: hears the question, sends what the browser's passkey
 * signed, and hands the phone the secrets. Decides nothing by itself: who asks it to go on has the owner's yes.
 * Nothing of it is kept: after an error the next try begins with keys of its own, and without the proof that the first one had.
 */
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { PasskeyOptions } from '../../../../shared/contract/passkey.ts';
import type { Clock, Random } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import { bytesIn, type EarlyNotifications } from '../../beyond-baileys/early-notifications.ts';
import { onPasskeyContinuation, onPasskeyRequest } from '../../beyond-baileys/passkey-request.ts';
import type { Assertion } from './passkey-assertion.ts';
import { readPasskeyOptions } from './passkey-options.ts';
import {
  companionKeys,
  comparedCode,
  handoffKey,
  handoffProof,
  type PrimaryIdentity,
  type Prologue,
  prologueOf,
  readPrimaryIdentity,
  sealPairing,
} from './passkey-proof.ts';

/** `refused`: WhatsApp does not take it. `odd`: what came is not what a phone or WhatsApp sends. `lost`: no answer. */
export type CeremonyFault = 'refused' | 'odd' | 'lost';

export type CeremonyDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The number of this kind of device, as it was registered. */
  readonly deviceType: number;
  /** WhatsApp asks for a passkey: the phone has scanned. */
  asked(): void;
  /**
   * The phone has answered. `code`: what both screens show. `proven`: the proof tells the phone enough, and nobody needs to compare, unless
   * the phone finds that it came too late and shows the code all the same.
   */
  continued(code: string, proven: boolean): void;
  failed(fault: CeremonyFault): void;
};

type Socket = Pick<WASocket, 'query' | 'authState'>;

/** As long as WhatsApp Web itself gives a proof. */
const HANDOFF_MS = 300_000;
const SECRET_BYTES = 32;
const KEYS_BYTES = 64;
const IV_BYTES = 12;
const MOST_REF = 512;

export class PasskeyCeremony {
  readonly #socket: Socket;
  readonly #deps: CeremonyDeps;
  #options: PasskeyOptions | 'odd' | null = null;
  /** Null from the first error on. */
  #handoff: { readonly key: Uint8Array; readonly until: number } | null = null;
  #prologue: Prologue | null = null;
  #proven = false;
  #primary: PrimaryIdentity | null = null;
  #sealed = false;

  constructor(socket: Socket, notifications: Pick<EarlyNotifications, 'on'>, deps: CeremonyDeps) {
    this.#socket = socket;
    this.#deps = deps;
    const { clock } = deps;
    let wasAsked = false;
    onPasskeyRequest(notifications, (bytes) => {
      this.#options = bytes === null ? null : (readPasskeyOptions(bytes) ?? 'odd');
      if (wasAsked) return;
      wasAsked = true;
      const secret = Buffer.from(socket.authState.creds.advSecretKey, 'base64');
      this.#handoff = { key: handoffKey(secret), until: clock.now() + HANDOFF_MS };
      deps.asked();
    });
    onPasskeyContinuation(notifications, (bytes) => void this.#continue(bytes));
  }

  /** The phone has the secret that it signs with: no other one may be made. */
  get sealed(): boolean {
    return this.#sealed;
  }

  /** The question to the passkey, once. Fetched where none came with the request, or where it was used. */
  async options(): Promise<PasskeyOptions | CeremonyFault> {
    const known = this.#options;
    this.#options = null;
    if (known === 'odd') return 'odd';
    if (known) return known;
    const answer = await this.#query('get', { tag: 'passkey_request_options', attrs: {} });
    if (typeof answer === 'string') return answer;
    const bytes = bytesIn(answer, 'passkey_request_options');
    return (bytes && readPasskeyOptions(bytes)) ?? 'odd';
  }

  /** Sends what the passkey signed. The phone's answer comes as `continued`. */
  async prove({ credentialId, json }: Assertion): Promise<'sent' | CeremonyFault> {
    const { random, clock, deviceType } = this.#deps;
    const answer = await this.#query('get', { tag: 'ref', attrs: {} });
    if (typeof answer === 'string') return answer;
    const ref = Buffer.from(bytesIn(answer, 'ref') ?? []).toString();
    if (ref === '' || ref.length > MOST_REF) return 'odd';
    const prologue = prologueOf(companionKeys(random.bytes(KEYS_BYTES)), deviceType, ref);
    const handoff = this.#handoff && clock.now() < this.#handoff.until ? this.#handoff : null;
    this.#prologue = prologue;
    this.#primary = null;
    this.#proven = handoff !== null;
    const sent = await this.#query('set', {
      tag: 'passkey_prologue',
      attrs: {},
      content: [
        { tag: 'credential_id', attrs: {}, content: credentialId },
        { tag: 'webauthn_assertion', attrs: {}, content: Buffer.from(json) },
        { tag: 'prologue_payload', attrs: {}, content: prologue.payload },
        ...(handoff
          ? [{ tag: 'pairing_handoff_proof', attrs: {}, content: handoffProof(handoff.key, prologue.payload) }]
          : []),
      ],
    });
    return typeof sent === 'string' ? sent : 'sent';
  }

  /** Hands the phone the secrets of this device. `pair-success` follows, signed with the new one. */
  async seal(): Promise<'sent' | CeremonyFault> {
    const { random, deviceType } = this.#deps;
    const { creds } = this.#socket.authState;
    const prologue = this.#prologue;
    const primary = this.#primary;
    if (!prologue || !primary) return 'odd';
    const advSecret = random.bytes(SECRET_BYTES);
    let sealed: Uint8Array;
    try {
      const keys = { noiseKey: creds.noiseKey.public, identityKey: creds.signedIdentityKey.public, advSecret };
      sealed = sealPairing(prologue, deviceType, primary, keys, random.bytes(IV_BYTES));
    } catch {
      // The phone's key is none that a secret can be agreed on with.
      return 'odd';
    }
    // Before it is sent: what is signed with it may come in the same moment.
    creds.advSecretKey = Buffer.from(advSecret).toString('base64');
    this.#sealed = true;
    const sent = await this.#query('set', { tag: 'encrypted_pairing_request', attrs: {}, content: sealed });
    return typeof sent === 'string' ? sent : 'sent';
  }

  /** Another try begins anew, and the person compares. */
  forget(): void {
    this.#handoff = null;
    this.#prologue = null;
    this.#primary = null;
    this.#options = null;
  }

  async #continue(bytes: Uint8Array | null): Promise<void> {
    const prologue = this.#prologue;
    // Nobody asked for it, or it comes a second time: it does not count.
    if (!prologue || this.#primary) return;
    const primary = bytes && readPrimaryIdentity(bytes);
    if (!primary) {
      this.#deps.failed('odd');
      return;
    }
    this.#primary = primary;
    const { keys } = prologue;
    const sent = await this.#query('set', { tag: 'companion_nonce', attrs: {}, content: keys.nonce });
    if (typeof sent === 'string') this.#deps.failed(sent);
    else if (this.#prologue === prologue) this.#deps.continued(comparedCode(keys, primary), this.#proven);
  }

  async #query(type: 'get' | 'set', content: BinaryNode): Promise<BinaryNode | CeremonyFault> {
    try {
      const answer: BinaryNode | undefined = await this.#socket.query({
        tag: 'iq',
        attrs: { to: 's.whatsapp.net', type, xmlns: 'md' },
        content: [content],
      });
      // A query that timed out resolves to nothing.
      return answer ?? 'lost';
    } catch (err) {
      this.#deps.log.info({ err, asked: content.tag }, 'WhatsApp refused a step of linking with a passkey');
      return 'refused';
    }
  }
}
