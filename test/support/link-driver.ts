/** Drives the link's machine as a session does, without a session: generations count up, time passes by hand. */

import { INITIAL_STATE, linkTransition } from '../../relay/whatsapp/link/link-machine.ts';
import { reportOf } from '../../relay/whatsapp/link/link-report.ts';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkPolicy,
  type LinkState,
  nextDeadline,
} from '../../relay/whatsapp/link/link-state.ts';
import type { SocketClose } from '../../relay/whatsapp/socket/socket-close.ts';
import type { Account } from '../../shared/contract/status.ts';

export const POLICY: LinkPolicy = {
  codeMs: 45_000,
  codes: 10,
  phoneCodeMs: 150_000,
  typedMs: 60_000,
  codeGraceMs: 5_000,
  panelGraceMs: 10_000,
  connectMs: 20_000,
  backoff: { firstMs: 2_000, factor: 1.8, mostMs: 300_000 },
  stableMs: 60_000,
  slowMs: 2_700_000,
  passkeys: true,
};
export const ACCOUNT: Account = { number: '5511999990001', lid: '77' };
export const LOST: SocketClose = { code: 428, banSeconds: null, origin: 'stream' };

/** Drives the machine as a session does: generations count up, time passes. */
export class LinkDriver {
  state: LinkState = INITIAL_STATE;
  now = 0;
  generation = 0;
  readonly effects: LinkEffect[] = [];
  readonly #policy: LinkPolicy;

  constructor(policy: Partial<LinkPolicy> = {}) {
    this.#policy = { ...POLICY, ...policy };
  }

  send(event: LinkEvent): readonly LinkEffect[] {
    const { state, effects } = linkTransition(this.state, event, {
      now: this.now,
      jitter: 0,
      policy: this.#policy,
      nextGeneration: this.generation + 1,
    });
    this.state = state;
    if (effects.some(({ type }) => type === 'open')) this.generation += 1;
    this.effects.push(...effects);
    return effects;
  }

  /** Moves to the next moment the state waits for. */
  wait(): readonly LinkEffect[] {
    const deadline = nextDeadline(this.state);
    if (deadline === null) throw new Error('nothing is waited for');
    this.now = Math.max(this.now, deadline);
    return this.send({ type: 'tick' });
  }

  code(): void {
    this.send({ type: 'code', generation: this.generation, text: `code of ${this.generation}` });
  }

  online(): void {
    this.send({ type: 'resume', account: ACCOUNT });
    this.connected();
  }

  /** The socket is open, and what waited is read. */
  connected(): void {
    this.send({ type: 'opened', generation: this.generation });
    this.send({ type: 'caught-up', generation: this.generation });
  }

  closed(close: SocketClose): readonly LinkEffect[] {
    return this.send({ type: 'closed', generation: this.generation, close });
  }

  get status(): string {
    return reportOf(this.state, POLICY, 0, { restrictedUntil: null, restrictedRetryAt: null, clockAhead: null }).status;
  }
}
