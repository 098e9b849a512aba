/**
 * Logs out devices that are linked no longer: one after the other, until WhatsApp confirms, then destroys what was kept.
 * Handles no message of theirs. Also done for what a crash left half-way.
 */
import type { AgentId } from '../../../shared/contract/chat.ts';
import { backoffMs } from '../../../shared/rules/backoff.ts';
import type { Clock, Random, Timer } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Settings } from '../../settings/catalogue.ts';
import type { LinkId, LinkLedger, LinkRecord, LinkStep } from '../../store/link-ledger.ts';
import type { KeyLedger, SignalStore } from '../socket/signal-store.ts';
import type { WhatsAppSocket } from '../socket/socket.ts';
import type { SocketClose } from '../socket/socket-close.ts';
import { judgeClose } from './disconnect.ts';
import { policyOf } from './link-policy.ts';

export type UnlinkingDeps = {
  readonly links: LinkLedger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  /** A link of this agent is gone for good; `confirmed` by WhatsApp, or given up after the days it may take. */
  done(agentId: AgentId, confirmed: boolean): void;
};

type Pending = { attempt: number; timer: Timer | null; socket: WhatsAppSocket | null };

/** `gone`: WhatsApp confirmed, or does not know the device any more. Otherwise when to try again. */
type Outcome = 'gone' | 'soon' | 'slowly';

const DAY_MS = 86_400_000;

export class Unlinking {
  readonly #deps: UnlinkingDeps;
  readonly #pending = new Map<LinkId, Pending>();
  readonly #onSettled = new Set<() => void>();
  #stopped = false;

  constructor(deps: UnlinkingDeps) {
    this.#deps = deps;
  }

  /** Takes up every link that waits for its logout. */
  async start(): Promise<void> {
    for (const link of await this.#deps.links.list()) if (link.state === 'unlinking') this.begin(link.id);
  }

  begin(id: LinkId): void {
    if (this.#stopped || this.#pending.has(id)) return;
    this.#pending.set(id, { attempt: 0, timer: null, socket: null });
    this.#try(id);
  }

  /** Resolves when every logout is over, at the latest after so many milliseconds; says how many are not. */
  async settled(mostMs: number): Promise<number> {
    if (this.#pending.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = this.#deps.clock.after(mostMs, resolve);
        this.#onSettled.add(() => {
          timer.cancel();
          resolve();
        });
      });
    }
    return this.#pending.size;
  }

  /** What would tell WhatsApp that these devices are gone goes now: it is not told. */
  async abandon(): Promise<void> {
    for (const link of await this.#deps.links.list()) {
      if (link.state !== 'unlinking') continue;
      const pending = this.#pending.get(link.id);
      pending?.timer?.cancel();
      await pending?.socket?.end();
      await this.#finish(link, false);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { timer } of pending) timer?.cancel();
    await Promise.all(pending.map(({ socket }) => socket?.end()));
  }

  #try(id: LinkId): void {
    this.#attempt(id).catch((err: unknown) => {
      this.#deps.log.error({ err }, 'a logout could not be tried');
      this.#later(id, 'soon');
    });
  }

  async #attempt(id: LinkId): Promise<void> {
    const { links, clock, settings } = this.#deps;
    const pending = this.#pending.get(id);
    const link = (await links.list()).find((each) => each.id === id);
    if (!pending || !link) return;
    if (clock.now() - (link.unlinkingSince ?? link.createdAt) > settings.unlinkDays * DAY_MS)
      return this.#finish(link, false);
    const { openSignalStore } = await import('../socket/signal-store.ts');
    const store = await openSignalStore(keysInMemory(links), id, ignore);
    if (!store.state.creds.me) return this.#finish(link, true);
    const outcome = await this.#logOut(pending, store);
    if (this.#stopped) return;
    if (outcome === 'gone') await this.#finish(link, true);
    else this.#later(id, outcome);
  }

  /** Never rejects. */
  async #logOut(pending: Pending, store: SignalStore): Promise<Outcome> {
    const { WhatsAppSocket } = await import('../socket/socket.ts');
    const { DecryptBuffer } = await import('../socket/decrypt-buffer.ts');
    if (this.#stopped) return 'soon';
    return new Promise((resolve) => {
      const socket = new WhatsAppSocket({
        ...this.#deps,
        store,
        buffer: new DecryptBuffer({
          clock: this.#deps.clock,
          settled: () => store.settled(),
          wasDecrypted: async () => false,
          keeps: async () => false,
        }),
        addressBookKnown: () => true,
        sentAnswer: async () => null,
        ignoresMessages: true,
        events: {
          code: ignore,
          secretRenewed: ignore,
          phoneCodeTyped: ignore,
          serverTime: ignore,
          phoneCodeWorn: ignore,
          phoneCodeFailed: ignore,
          scanned: ignore,
          passkey: ignore,
          passkeyContinued: ignore,
          passkeyFailed: ignore,
          opened: ignore,
          messages: ignore,
          stanza: () => undefined,
          receipt: () => undefined,
          contentMissing: ignore,
          alias: ignore,
          username: ignore,
          catchingUp: ignore,
          caughtUp: ignore,
          queueStuck: ignore,
          contacts: ignore,
          restricted: ignore,
          closed: (close) => resolve(outcomeOf(close)),
        },
      });
      pending.socket = socket;
      socket.start();
      socket.onAccepted(() => {
        socket.outgoing.removeDevice().then(
          () => {
            resolve('gone');
            void socket.end();
          },
          // No answer: the socket's own end says how it went on.
          () => void socket.end(),
        );
      });
    });
  }

  async #finish(link: LinkRecord, confirmed: boolean): Promise<void> {
    await this.#deps.links.destroy(link.id);
    this.#pending.delete(link.id);
    this.#deps.done(link.agentId, confirmed);
    if (this.#pending.size > 0) return;
    for (const heard of this.#onSettled) heard();
    this.#onSettled.clear();
  }

  #later(id: LinkId, when: 'soon' | 'slowly'): void {
    const pending = this.#pending.get(id);
    if (!pending || this.#stopped) return;
    const { clock, random, settings } = this.#deps;
    const policy = policyOf(settings);
    const ms = when === 'slowly' ? policy.slowMs : backoffMs(policy.backoff, pending.attempt, random.fraction());
    pending.attempt += 1;
    pending.timer = clock.after(ms, () => this.#try(id));
  }
}

function outcomeOf(close: SocketClose): Outcome {
  switch (judgeClose(close, true).type) {
    case 'gone':
      return 'gone';
    case 'restart':
    case 'retry':
      return 'soon';
    // A ban, or a version that WhatsApp does not like: nothing that asking often would change.
    case 'retry-slowly':
    case 'rest':
      return 'slowly';
  }
}

function ignore(): void {
  // A device that is being logged out hears nothing.
}

/** The credentials come from the store and stay as they are; whatever keys this login makes are forgotten with it. */
function keysInMemory(links: LinkLedger): KeyLedger {
  const kept = new Map<string, Uint8Array>();
  const keep = async (_id: LinkId, { keys = [] }: LinkStep): Promise<void> => {
    for (const { type, id, value } of keys) {
      if (value) kept.set(`${type} ${id}`, value);
      else kept.delete(`${type} ${id}`);
    }
  };
  return {
    credentials: (id) => links.credentials(id),
    keys: async (_id, type, ids) =>
      new Map(
        ids.flatMap((id) =>
          kept.has(`${type} ${id}`) ? [[id, kept.get(`${type} ${id}`) ?? new Uint8Array()] as const] : [],
        ),
      ),
    write: keep,
    stage: async (id, step) => ({ durable: keep(id, step) }),
    staged: () => null,
  };
}
