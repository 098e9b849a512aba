/** Performs what the link's machine asks for, one effect after the other: the credentials of a scan are durable before the socket that uses them opens. */
import type { Account } from '../../../shared/contract/status.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Inbound } from '../../inbound.ts';
import type { Log } from '../../log.ts';
import type { LinkLedger } from '../../store/link-ledger.ts';
import { isDiskFault } from '../../store/store.ts';
import type { AddressBook } from '../messages/address-book.ts';
import type { LinkingTrace } from '../socket/linking-trace.ts';
import type { LinkKeeper } from './link-keeper.ts';
import type { LinkSockets } from './link-sockets.ts';
import type { LinkEffect, LinkEvent } from './link-state.ts';
import type { PasskeyLink } from './passkey-link.ts';

export type LinkEffectsDeps = {
  readonly links: Pick<LinkLedger, 'tryDisk'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly keeper: LinkKeeper;
  readonly sockets: LinkSockets;
  readonly passkey: PasskeyLink;
  readonly addressBook: AddressBook;
  readonly trace: LinkingTrace;
  inbound(): Inbound;
  dispatch(event: LinkEvent): void;
  /** How long after a failure of the disk a lasting effect is tried again, milliseconds. */
  retryMs(): number;
  storeFailed(error: unknown): void;
};

/** Steps that no later event would ask for again. */
const LASTING: ReadonlySet<LinkEffect['type']> = new Set(['retire', 'destroy']);

export class LinkEffects {
  readonly #deps: LinkEffectsDeps;
  readonly #retries = new Set<Timer>();
  #chain: Promise<void> = Promise.resolve();

  constructor(deps: LinkEffectsDeps) {
    this.#deps = deps;
  }

  perform(effect: LinkEffect): void {
    this.#chain = this.#chain
      .then(() => this.#do(effect))
      .catch((err: unknown) => {
        this.#deps.log.error({ err, effect: effect.type }, 'a step of the link failed');
        this.#deps.storeFailed(err);
        if (isDiskFault(err) && LASTING.has(effect.type)) this.#retry(effect);
      });
  }

  /** Resolves when everything that was asked for so far is done. */
  settled(): Promise<void> {
    return this.#chain;
  }

  /** Cancels every retry. */
  stop(): void {
    for (const timer of this.#retries) timer.cancel();
  }

  /** Tries an effect again that must be done however long the disk takes: until then the device is not destroyed, or not logged out. */
  #retry(effect: LinkEffect): void {
    const { clock, retryMs } = this.#deps;
    const timer = clock.after(retryMs(), () => {
      this.#retries.delete(timer);
      this.perform(effect);
    });
    this.#retries.add(timer);
  }

  async #do(effect: LinkEffect): Promise<void> {
    const { keeper, sockets, passkey, trace } = this.#deps;
    switch (effect.type) {
      case 'try-disk':
        return this.#tryDisk();
      case 'create':
        trace.begin();
        return keeper.create();
      case 'open':
        return sockets.open(effect.generation, effect.purpose);
      case 'close':
        return sockets.end(effect.generation);
      case 'ask-phone-code':
        void this.#askPhoneCode(effect.generation, effect.phoneNumber);
        return;
      case 'passkey-seal':
        // The effects that follow may have to close its socket, so they do not wait for it.
        void passkey.seal(effect.generation);
        return;
      case 'passkey-forget':
        return passkey.forget(effect.generation);
      case 'discard':
        return keeper.discard();
      case 'activate':
        return this.#activate(effect.account);
      case 'mark-for-logout':
        return keeper.markForLogout(effect.account);
      case 'log-out':
        return keeper.logOutMarked();
      case 'retire':
        return this.#giveUpNumber(() => keeper.retire(effect.account));
      case 'destroy':
        return this.#giveUpNumber(() => keeper.destroy());
    }
  }

  async #giveUpNumber(step: () => Promise<void>): Promise<void> {
    await this.#deps.inbound().numberGone();
    await step();
    this.#deps.addressBook.begin(null);
  }

  /** The scanned number is the agent's. What was received for an older link is taken in before. */
  async #activate(account: Account): Promise<void> {
    const { keeper, sockets, inbound, addressBook } = this.#deps;
    const receiver = await sockets.loadedReceiver();
    if (keeper.active) {
      await inbound().numberGone();
      await receiver?.idle();
    }
    await keeper.activate(account);
    receiver?.forgetPeople();
    await inbound().numberTaken();
    addressBook.begin(keeper.active?.id ?? null);
  }

  /** A socket that cannot even ask is of no use. */
  async #askPhoneCode(generation: number, phoneNumber: string): Promise<void> {
    const { sockets, dispatch, log } = this.#deps;
    const socket = sockets.get(generation);
    try {
      const answer = await socket?.requestPhoneCode(phoneNumber);
      if (answer?.type === 'code') dispatch({ type: 'phone-code', generation, text: answer.text });
      else if (answer) dispatch({ type: 'phone-code-refused', generation, why: answer.why });
    } catch (err) {
      log.warn({ err }, 'a code to type could not be asked for');
      void socket?.end();
    }
  }

  async #tryDisk(): Promise<void> {
    try {
      await this.#deps.links.tryDisk();
    } catch (error) {
      // The disk does not work yet: the state looks again.
      if (isDiskFault(error)) return;
      throw error;
    }
    this.#deps.dispatch({ type: 'disk-works' });
  }
}
