/**
 * Who may go on with a linking that WhatsApp asks a passkey for: the browser whose panel began the attempt, one try at a time, each under
 * a name that nobody can guess. Nothing leaves for WhatsApp before its owner's yes.
 */
import type { PasskeyOptions } from '../../../shared/contract/passkey.ts';
import { crockford, type Random } from '../../clock.ts';
import { readAssertion } from '../socket/passkey/passkey-assertion.ts';
import type { CeremonyFault, PasskeyCeremony } from '../socket/passkey/passkey-ceremony.ts';
import type { LinkEvent, LinkState } from './link-state.ts';

export type PasskeyLinkDeps = {
  readonly random: Random;
  state(): LinkState;
  dispatch(event: LinkEvent): void;
  /** The ceremony of a socket; null if the socket is gone. */
  ceremony(generation: number): PasskeyCeremony | null;
};

/** `client`: an id of a browser; null for this computer's command line, which has no browser of its own. */
export type StartedBy = string | null;

export type Begun =
  | { readonly type: 'begun'; readonly attempt: string; readonly options: PasskeyOptions }
  | { readonly type: 'not-now' | 'elsewhere' };

type Try = { readonly attempt: string; readonly generation: number; readonly options: PasskeyOptions };

const ATTEMPT_CHARACTERS = 26;

export class PasskeyLink {
  readonly #deps: PasskeyLinkDeps;
  #startedBy: StartedBy = null;
  #try: Try | null = null;

  constructor(deps: PasskeyLinkDeps) {
    this.#deps = deps;
  }

  /** An attempt to link begins; who only looks on at one that is under way began nothing. */
  startedBy(client: StartedBy): void {
    const { type } = this.#deps.state();
    if (type !== 'pairing' && type !== 'passkey' && type !== 'finishing') this.#startedBy = client;
  }

  /** The owner's yes: from here on WhatsApp is spoken to. */
  async begin(client: StartedBy): Promise<Begun> {
    const state = this.#deps.state();
    if (state.type !== 'passkey' || state.step !== 'asked') return { type: 'not-now' };
    if (this.#startedBy !== null && client !== this.#startedBy) return { type: 'elsewhere' };
    const { generation } = state;
    const ceremony = this.#deps.ceremony(generation);
    if (!ceremony) return { type: 'not-now' };
    this.#deps.dispatch({ type: 'passkey-begun' });
    const options = await ceremony.options();
    if (typeof options === 'string') {
      this.#failed(generation, options);
      return { type: 'not-now' };
    }
    const attempt = crockford(this.#deps.random, ATTEMPT_CHARACTERS);
    this.#try = { attempt, generation, options };
    return { type: 'begun', attempt, options };
  }

  /** What the browser brought back. False where it is no answer to this try's question: nothing of it was sent. */
  async answer(attempt: string, given: unknown): Promise<boolean> {
    const current = this.#current(attempt, 'signing');
    const assertion = current && readAssertion(given, current.options);
    const ceremony = current && this.#deps.ceremony(current.generation);
    if (!assertion || !ceremony) return false;
    this.#deps.dispatch({ type: 'passkey-signed' });
    const sent = await ceremony.prove(assertion);
    if (sent !== 'sent') this.#failed(current.generation, sent);
    return true;
  }

  /** The browser brings nothing. A name that is not this try's changes nothing. */
  abandon(attempt: string): void {
    if (this.#current(attempt, 'signing') ?? this.#current(attempt, 'comparing'))
      this.#deps.dispatch({ type: 'passkey-abandoned' });
  }

  /** True if both screens show the same. False where nothing is compared now. */
  compared(attempt: string, same: boolean): boolean {
    if (!this.#current(attempt, 'comparing')) return false;
    this.#deps.dispatch({ type: 'passkey-compared', same });
    return true;
  }

  /** The code to compare, or the one that the phone shows should it not have taken the proof; null where there is none now. */
  code(attempt: string): { readonly text: string; readonly step: 'compare' | 'shown' } | null {
    const state = this.#deps.state();
    const current = this.#current(attempt, 'comparing') ?? this.#current(attempt, 'finishing');
    if (!current || state.type !== 'passkey' || state.code === null) return null;
    return { text: state.code, step: state.step === 'comparing' ? 'compare' : 'shown' };
  }

  async seal(generation: number): Promise<void> {
    const sent = (await this.#deps.ceremony(generation)?.seal()) ?? 'lost';
    if (sent !== 'sent') this.#failed(generation, sent);
  }

  forget(generation: number): void {
    this.#try = null;
    this.#deps.ceremony(generation)?.forget();
  }

  #failed(generation: number, fault: CeremonyFault): void {
    this.#deps.dispatch({ type: 'passkey-failed', generation, fault });
  }

  #current(attempt: string, step: (LinkState & { type: 'passkey' })['step']): Try | null {
    const state = this.#deps.state();
    const current = this.#try;
    if (!current || current.attempt !== attempt || state.type !== 'passkey' || state.step !== step) return null;
    return state.generation === current.generation ? current : null;
  }
}
