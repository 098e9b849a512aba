/**
 * Devices that wait to be linked: their references, on one of the two clocks that WhatsApp has been seen to use.
 * `until-close`: every reference works until its socket closes. `stepped`: each in its own window, then the socket is closed.
 */
import { randomBytes } from 'node:crypto';
import type { KeyPair } from '../wire/curve.ts';
import { node, SERVER_JID, type Stanza } from '../wire/stanza.ts';
import { CodeLinking, linkCodeIn } from './code-linking.ts';
import type { Connection } from './connection.ts';
import { Device, type User } from './device.ts';
import { checkPairSign, pairDevice, pairSuccess, type Registration, readCode, type ScannedCode } from './pairing.ts';
import { PasskeyLinking, type PhoneSide } from './passkey-linking.ts';

export type QrClock =
  | { readonly type: 'until-close'; readonly refs: number }
  | { readonly type: 'stepped'; readonly refs: number; readonly firstMs: number; readonly nextMs: number };

type Applicant = {
  readonly registration: Registration;
  readonly refs: readonly string[];
  readonly since: number;
  closing: NodeJS.Timeout | null;
  /** What was said under a number, for a code that is typed into the phone. */
  typed: CodeLinking | null;
  /** While the phone waits for a passkey. */
  passkey: PasskeyLinking | null;
  signing: { readonly id: string; readonly done: (answer: Stanza) => void; readonly gone: () => void } | null;
};

type Parts = {
  readonly connection: Connection;
  readonly applicant: Applicant;
  readonly code: ScannedCode;
  readonly phone: PhoneSide | null;
};

export class Linking {
  /** No device gets letters that could be typed. */
  refusesLetters = false;
  readonly #clock: QrClock;
  readonly #applicants = new Map<Connection, Applicant>();

  constructor(clock: QrClock) {
    this.#clock = clock;
  }

  apply(connection: Connection, registration: Registration): void {
    const refs = Array.from({ length: this.#clock.refs }, () => `2@${randomBytes(24).toString('base64url')}`);
    const applicant: Applicant = {
      registration,
      refs,
      since: performance.now(),
      closing: null,
      typed: null,
      passkey: null,
      signing: null,
    };
    this.#applicants.set(connection, applicant);
    connection.send(pairDevice(randomBytes(4).toString('hex'), refs));
    if (this.#clock.type === 'stepped') {
      const lifeMs = this.#clock.firstMs + (refs.length - 1) * this.#clock.nextMs;
      applicant.closing = setTimeout(() => connection.end(node('xmlstreamend')), lifeMs);
    }
  }

  leave(connection: Connection): void {
    const applicant = this.#applicants.get(connection);
    if (!applicant) return;
    if (applicant.closing) clearTimeout(applicant.closing);
    this.#applicants.delete(connection);
    applicant.typed?.gone();
    applicant.passkey?.gone();
    applicant.signing?.gone();
  }

  /** An unlinked device's stanza; true where it was the answer that linking waited for. */
  received(connection: Connection, stanza: Stanza): boolean {
    const applicant = this.#applicants.get(connection);
    const reg = linkCodeIn(stanza);
    if (applicant && reg) {
      this.#typing(connection, applicant, stanza, reg);
      return false;
    }
    const { signing, passkey } = applicant ?? {};
    passkey?.received(stanza);
    if (!signing || stanza.attrs.id !== signing.id) return false;
    signing.done(stanza);
    return true;
  }

  /** Connections that show a code right now. */
  get waiting(): readonly Connection[] {
    return [...this.#applicants.keys()];
  }

  /**
   * The phone scans `text`. Resolves when the device has signed back and exists; its connection is then told to restart. `phone`: since
   * June 2026 WhatsApp asks some accounts for a passkey first.
   */
  async scan(user: User, phoneKey: KeyPair, text: string, phone: PhoneSide | null = null): Promise<Device> {
    const code = readCode(text);
    const found = [...this.#applicants].find(([, { refs }]) => refs.includes(code.ref));
    if (!found) throw new Error('this code has expired: its connection is closed');
    const [connection, applicant] = found;
    if (applicant.signing || applicant.passkey) throw new Error('this code was used already');
    if (!this.#isValid(applicant, code.ref)) throw new Error('this code has expired: another one took its place');
    if (!code.noiseKey.equals(applicant.registration.noiseKey))
      throw new Error('this code belongs to another connection');
    if (!code.identity.equals(applicant.registration.keys.identity))
      throw new Error('this code names another identity');
    return this.#link(user, phoneKey, { connection, applicant, code, phone });
  }

  /** The owner types the code that a device shows for this number into the phone. As `scan`. */
  async enter(user: User, phoneKey: KeyPair, text: string, phone: PhoneSide | null = null): Promise<Device> {
    const found = [...this.#applicants].find(([, { typed }]) => typed?.number === user.number);
    if (!found?.[1].typed) throw new Error('no device waits for a code of this number');
    const [connection, applicant] = found;
    const code = await found[1].typed.enter(text, phoneKey);
    return this.#link(user, phoneKey, { connection, applicant, code, phone });
  }

  async #link(user: User, phoneKey: KeyPair, { connection, applicant, phone, ...read }: Parts): Promise<Device> {
    let { code } = read;
    if (applicant.closing) clearTimeout(applicant.closing);
    if (phone) {
      applicant.passkey = new PasskeyLinking((stanza) => connection.send(stanza), applicant.registration, code, phone);
      applicant.passkey.ask();
      code = { ...code, advSecret: await applicant.passkey.secret };
    }
    const id = user.nextDeviceId();
    const stanzaId = randomBytes(4).toString('hex');
    const { stanza, details } = pairSuccess(stanzaId, user, id, phoneKey, code);
    const answer = await new Promise<Stanza>((resolve, reject) => {
      applicant.signing = {
        id: stanzaId,
        done: resolve,
        gone: () => reject(new Error('the device went away while it was linked')),
      };
      connection.send(stanza);
    });
    const signed = checkPairSign(answer, details, applicant.registration.keys.identity, phoneKey.public);
    const device = new Device(user, id, applicant.registration.keys, applicant.registration.noiseKey, signed);
    user.devices.set(id, device);
    return device;
  }

  /** The connection whose device was just linked restarts. */
  restart(device: Device): void {
    for (const [connection, { registration }] of this.#applicants) {
      if (registration.noiseKey === device.loginKey) connection.end(node('stream:error', { code: '515' }));
    }
  }

  #typing(connection: Connection, applicant: Applicant, stanza: Stanza, reg: Stanza): void {
    if (reg.attrs.stage === 'companion_hello' && this.refusesLetters) {
      const refusal = node('error', { code: '429', text: 'rate-overlimit' });
      connection.send(node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'error' }, [refusal]));
    } else if (reg.attrs.stage === 'companion_hello') {
      applicant.typed = new CodeLinking(reg, applicant.registration, (told) => connection.send(told));
      connection.send(applicant.typed.reference(stanza.attrs.id));
    } else if (applicant.typed?.finished(reg)) {
      connection.send(node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'result' }));
    }
  }

  #isValid(applicant: Applicant, ref: string): boolean {
    if (this.#clock.type === 'until-close') return true;
    const index = applicant.refs.indexOf(ref);
    const age = performance.now() - applicant.since;
    const from = index === 0 ? 0 : this.#clock.firstMs + (index - 1) * this.#clock.nextMs;
    const until = this.#clock.firstMs + index * this.#clock.nextMs;
    return age >= from && age < until;
  }
}
