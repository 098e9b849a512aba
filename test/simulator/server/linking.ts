/**
 * Devices that wait to be linked: their references, on one of the two clocks that WhatsApp has been seen to use.
 * `until-close`: every reference works until its socket closes. `stepped`: each in its own window, then the socket is closed.
 */
import { randomBytes } from 'node:crypto';
import type { KeyPair } from '../wire/curve.ts';
import { node, SERVER_JID, type Stanza, seconds } from '../wire/stanza.ts';
import { CodeLinking, isCanonicalHello, linkCodeIn } from './code-linking.ts';
import type { Connection } from './connection.ts';
import { Device, type User } from './device.ts';
import { checkPairSign, pairDevice, pairSuccess, type Registration, readCode, type ScannedCode } from './pairing.ts';
import { PasskeyLinking, type PhoneSide } from './passkey-linking.ts';

export type QrClock =
  | { readonly type: 'until-close'; readonly refs: number }
  | { readonly type: 'stepped'; readonly refs: number; readonly firstMs: number; readonly nextMs: number };

/** What WhatsApp and the phone want besides, before they link. */
export type LinkTerms = {
  /** Since June 2026 some accounts need a passkey. */
  readonly passkey: PhoneSide | null;
  /** Since July 2026 some are asked for another secret: the child of that notification. */
  readonly refresh: RefreshChild | null;
  /** The account is hosted by Meta: its proofs cover a prefix as well. */
  readonly hosted: boolean;
};

export type RefreshChild = 'companion_reg_refresh' | 'pair-device-rotate-qr';

/** How a device is answered that asks for a code to type: as its request deserves, with an error, or not at all. */
export type HelloAnswer = 'judged' | 'silent' | { readonly code: string; readonly text: string };

type Applicant = {
  readonly registration: Registration;
  readonly refs: readonly string[];
  /** It has been sent its references. */
  announced: boolean;
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
  readonly terms: LinkTerms;
};

const NO_TERMS: LinkTerms = { passkey: null, refresh: null, hosted: false };
/** As whatsapp-rust lists them. */
const HELLO_REFUSALS: ReadonlyMap<string, string> = new Map([
  ['400', 'bad-request'],
  ['403', 'forbidden'],
  ['428', 'precondition-required'],
  ['429', 'rate-overlimit'],
  ['452', 'feature-not-available'],
  ['500', 'internal-server-error'],
]);
const COULD_NOT_LINK = 'the phone could not link the device';

export class Linking {
  helloAnswer: HelloAnswer = 'judged';
  /** How long WhatsApp takes before it sends references, in milliseconds. */
  pairDeviceDelayMs = 0;
  /** Secrets that WhatsApp has asked a device to renew: no phone links with one of them any more. */
  readonly #retired = new Set<string>();
  readonly #clock: QrClock;
  readonly #applicants = new Map<Connection, Applicant>();

  constructor(clock: QrClock) {
    this.#clock = clock;
  }

  /** Every request for a code to type is refused with this code of WhatsApp's, or not answered (`silent`); null judges them again. */
  answerHellos(code: string | null): void {
    const refusal = HELLO_REFUSALS.get(code ?? '') ?? 'bad-request';
    this.helloAnswer = code === null ? 'judged' : code === 'silent' ? 'silent' : { code, text: refusal };
  }

  apply(connection: Connection, registration: Registration): void {
    const refs = Array.from({ length: this.#clock.refs }, () => `2@${randomBytes(24).toString('base64url')}`);
    const applicant: Applicant = {
      registration,
      refs,
      announced: false,
      since: performance.now(),
      closing: null,
      typed: null,
      passkey: null,
      signing: null,
    };
    this.#applicants.set(connection, applicant);
    const announce = (): void => {
      if (!this.#applicants.has(connection)) return;
      applicant.announced = true;
      connection.send(pairDevice(randomBytes(4).toString('hex'), refs));
    };
    if (this.pairDeviceDelayMs > 0) setTimeout(announce, this.pairDeviceDelayMs);
    else announce();
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
    if (stanza.tag === 'iq' && stanza.attrs.xmlns === 'w:p')
      connection.send(node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'result' }));
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
   * The phone scans `text`. Resolves when the device has signed back and exists; its connection is then told to restart.
   */
  async scan(user: User, phoneKey: KeyPair, text: string, terms: LinkTerms = NO_TERMS): Promise<Device> {
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
    const secret = code.advSecret.toString('base64');
    if (this.#retired.has(secret)) throw new Error(`${COULD_NOT_LINK}: the secret of this code is retired`);
    if (terms.refresh) {
      this.#retired.add(secret);
      connection.send(refreshNotice(terms.refresh));
      throw new Error(`${COULD_NOT_LINK}: WhatsApp has asked the device for another secret`);
    }
    return this.#link(user, phoneKey, { connection, applicant, code, terms });
  }

  /** WhatsApp asks a device for another secret, unscanned as well; the one that it has now is not retired by that alone. */
  refresh(connection: Connection, child: RefreshChild = 'companion_reg_refresh'): void {
    connection.send(refreshNotice(child));
  }

  /** The letters of the device that waits under this number are no longer good. `byHand`: its person is to ask for others. */
  refreshCode(number: string, byHand: boolean): void {
    const { connection, applicant, typed } = this.#typedFor(number);
    connection.send(typed.refreshCode(byHand));
    applicant.typed = null;
  }

  #typedFor(number: string): { connection: Connection; applicant: Applicant; typed: CodeLinking } {
    // WhatsApp goes by the number: of several devices the newest hears of it.
    for (const [connection, applicant] of [...this.#applicants].reverse()) {
      const { typed } = applicant;
      if (typed?.number === number) return { connection, applicant, typed };
    }
    throw new Error('no device waits for a code of this number');
  }

  /** The owner types the code that a device shows for this number into the phone. As `scan`. */
  async enter(user: User, phoneKey: KeyPair, text: string, terms: LinkTerms = NO_TERMS): Promise<Device> {
    const { connection, applicant, typed } = this.#typedFor(user.number);
    const code = await typed.enter(text, phoneKey);
    // Too late for another secret; whoever makes one all the same cannot be linked.
    if (terms.refresh) connection.send(refreshNotice(terms.refresh));
    return this.#link(user, phoneKey, { connection, applicant, code, terms });
  }

  async #link(user: User, phoneKey: KeyPair, { connection, applicant, terms, ...read }: Parts): Promise<Device> {
    let { code } = read;
    const phone = terms.passkey;
    if (applicant.closing) clearTimeout(applicant.closing);
    if (phone) {
      applicant.passkey = new PasskeyLinking((stanza) => connection.send(stanza), applicant.registration, code, phone);
      applicant.passkey.ask();
      code = { ...code, advSecret: await applicant.passkey.secret };
    }
    const id = user.nextDeviceId();
    const stanzaId = randomBytes(4).toString('hex');
    const { stanza, details } = pairSuccess(stanzaId, user, id, phoneKey, code, terms.hosted);
    const answer = await new Promise<Stanza>((resolve, reject) => {
      applicant.signing = {
        id: stanzaId,
        done: resolve,
        gone: () => reject(new Error('the device went away while it was linked')),
      };
      connection.send(stanza);
    });
    if (answer.attrs.type === 'error') {
      applicant.signing = null;
      throw new Error('the device refused what the phone had signed');
    }
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
    if (reg.attrs.stage === 'companion_hello') {
      if (this.helloAnswer === 'silent') return;
      const refusal = this.helloAnswer === 'judged' ? this.#judgeHello(applicant, reg) : this.helloAnswer;
      if (refusal) {
        connection.send(
          node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'error' }, [node('error', { ...refusal })]),
        );
        return;
      }
      applicant.typed = new CodeLinking(reg, applicant.registration, (told) => connection.send(told));
      connection.send(applicant.typed.reference(stanza.attrs.id));
    } else if (applicant.typed?.finished(reg)) {
      connection.send(node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'result' }));
    } else {
      // For another code, or for none that the phone has taken.
      const refusal = node('error', { code: '400', text: 'bad-request' });
      connection.send(node('iq', { id: stanza.attrs.id, from: SERVER_JID, type: 'error' }, [refusal]));
    }
  }

  #judgeHello(
    { announced, registration }: Applicant,
    reg: Stanza,
  ): { readonly code: string; readonly text: string } | null {
    if (!announced) return { code: '428', text: 'precondition-required' };
    return isCanonicalHello(reg, registration) ? null : { code: '400', text: 'bad-request' };
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

function refreshNotice(child: RefreshChild): Stanza {
  const id = randomBytes(4).toString('hex');
  return node('notification', { id, from: SERVER_JID, type: 'companion_reg_refresh', t: seconds() }, [node(child)]);
}
