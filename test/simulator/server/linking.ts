/**
 * Devices that wait to be linked: their references, on one of the two clocks that WhatsApp has been seen to use.
 * `until-close`: every reference works until its socket closes. `stepped`: each in its own window, then the socket is closed.
 */
import { randomBytes } from 'node:crypto';
import type { KeyPair } from '../wire/curve.ts';
import { node, SERVER_JID, type Stanza, seconds } from '../wire/stanza.ts';
import type { Connection } from './connection.ts';
import { Device, type User } from './device.ts';
import { checkPairSign, pairDevice, pairSuccess, type Registration, readCode } from './pairing.ts';

export type QrClock =
  | { readonly type: 'until-close'; readonly refs: number }
  | { readonly type: 'stepped'; readonly refs: number; readonly firstMs: number; readonly nextMs: number };

type Applicant = {
  readonly registration: Registration;
  readonly refs: readonly string[];
  readonly since: number;
  closing: NodeJS.Timeout | null;
  signing: { readonly id: string; readonly done: (answer: Stanza) => void; readonly gone: () => void } | null;
};

/** Since June 2026 WhatsApp asks some accounts for a passkey; the phone then waits for the computer. */
function passkeyRequest(): Stanza {
  const options = {
    challenge: randomBytes(32).toString('base64url'),
    timeout: 600_000,
    rpId: 'whatsapp.com',
    allowCredentials: [],
    userVerification: 'required',
    extensions: { uvm: true },
  };
  return node(
    'notification',
    { id: randomBytes(4).toString('hex'), from: SERVER_JID, type: 'passkey_prologue_request', t: seconds() },
    [node('passkey_request_options', {}, Buffer.from(JSON.stringify(options)))],
  );
}

export class Linking {
  readonly #clock: QrClock;
  readonly #applicants = new Map<Connection, Applicant>();

  constructor(clock: QrClock) {
    this.#clock = clock;
  }

  apply(connection: Connection, registration: Registration): void {
    const refs = Array.from({ length: this.#clock.refs }, () => `2@${randomBytes(24).toString('base64url')}`);
    const applicant: Applicant = { registration, refs, since: performance.now(), closing: null, signing: null };
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
    applicant.signing?.gone();
  }

  /** An unlinked device's stanza; true where it was the answer that linking waited for. */
  received(connection: Connection, stanza: Stanza): boolean {
    const signing = this.#applicants.get(connection)?.signing;
    if (!signing || stanza.attrs.id !== signing.id) return false;
    signing.done(stanza);
    return true;
  }

  /** Connections that show a code right now. */
  get waiting(): readonly Connection[] {
    return [...this.#applicants.keys()];
  }

  /** The phone scans `text`. Resolves when the device has signed back and exists; its connection is then told to restart. */
  async scan(user: User, phoneKey: KeyPair, text: string, needsPasskey = false): Promise<Device> {
    const code = readCode(text);
    const found = [...this.#applicants].find(([, { refs }]) => refs.includes(code.ref));
    if (!found) throw new Error('this code has expired: its connection is closed');
    const [connection, applicant] = found;
    if (applicant.signing) throw new Error('this code was used already');
    if (!this.#isValid(applicant, code.ref)) throw new Error('this code has expired: another one took its place');
    if (!code.noiseKey.equals(applicant.registration.noiseKey))
      throw new Error('this code belongs to another connection');
    if (!code.identity.equals(applicant.registration.keys.identity))
      throw new Error('this code names another identity');
    if (needsPasskey) {
      connection.send(passkeyRequest());
      throw new Error('this account wants a passkey: continue on the computer');
    }
    if (applicant.closing) clearTimeout(applicant.closing);
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

  #isValid(applicant: Applicant, ref: string): boolean {
    if (this.#clock.type === 'until-close') return true;
    const index = applicant.refs.indexOf(ref);
    const age = performance.now() - applicant.since;
    const from = index === 0 ? 0 : this.#clock.firstMs + (index - 1) * this.#clock.nextMs;
    const until = this.#clock.firstMs + index * this.#clock.nextMs;
    return age >= from && age < until;
  }
}
