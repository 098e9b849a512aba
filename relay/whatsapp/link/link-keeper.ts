/**
 * What the store holds of one agent's links: the one in use, the one of an attempt, and the handing over of both to their logout.
 * Knows no socket and no state of the connection.
 */
import type { AgentId } from '../../../shared/contract/chat.ts';
import type { Account } from '../../../shared/contract/status.ts';
import { type Clock, crockford, type Random } from '../../clock.ts';
import type { LinkId, LinkLedger } from '../../store/link-ledger.ts';
import { isLinked } from '../beyond-baileys/early-notifications.ts';
import type { OpenLink } from '../messages/message-receiver.ts';

export type LinkKeeperDeps = {
  readonly links: LinkLedger;
  readonly clock: Clock;
  readonly random: Random;
  /** Rejects with StoreError where the link's credentials cannot be read. */
  open(id: LinkId): Promise<OpenLink>;
  /** A link is to be logged out at WhatsApp. */
  logOut(id: LinkId): void;
};

/** What a start found: a number in use, a logout that is still under way, or nothing. */
export type Found = {
  readonly account: Account | null;
  readonly unlinking: boolean;
};

const ID_CHARACTERS = 10;

export class LinkKeeper {
  readonly #agentId: AgentId;
  readonly #deps: LinkKeeperDeps;
  #active: OpenLink | null = null;
  #attempt: OpenLink | null = null;
  /** Whose the attempt became at its scan. */
  #scanned: Account | null = null;

  constructor(agentId: AgentId, deps: LinkKeeperDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** The agent's link. */
  get active(): OpenLink | null {
    return this.#active;
  }

  /** Takes up the link in use; what a crash left half-way is logged out or destroyed. */
  async start(): Promise<Found> {
    const { links, open } = this.#deps;
    let account: Account | null = null;
    let unlinking = false;
    for (const link of await links.list()) {
      if (link.agentId !== this.#agentId) continue;
      if (link.state === 'unlinking') unlinking = true;
      if (link.state === 'pairing' && (await this.#dropHalf(link.id))) unlinking = true;
      if (link.state !== 'active' || !link.account) continue;
      this.#active = await open(link.id);
      account = link.account;
    }
    return { account, unlinking };
  }

  /** The link that a socket is to be opened with; null where there is none. */
  async linkFor(purpose: 'pair' | 'resume'): Promise<OpenLink | null> {
    if (purpose === 'pair') return this.#attempt;
    // The store may have failed at the scan; the device exists all the same.
    if (this.#scanned) await this.activate(this.#scanned);
    return this.#active;
  }

  /** A new identity for an attempt. */
  async create(): Promise<void> {
    const { links, clock, random, open } = this.#deps;
    const id = `lnk_${crockford(random, ID_CHARACTERS)}` as LinkId;
    await links.create({ id, agentId: this.#agentId, now: clock.now() });
    this.#attempt = await open(id);
    this.#scanned = null;
  }

  /** The attempt has ended without a link. */
  async discard(): Promise<void> {
    if (this.#attempt) await this.#deps.links.destroy(this.#attempt.id);
    this.#attempt = null;
  }

  /** The attempt becomes the agent's link; an older one is logged out. */
  async activate(account: Account): Promise<void> {
    this.#scanned = account;
    if (!this.#attempt) return;
    await this.#attempt.store.saveCredentials();
    if (this.#active) await this.#handOver(this.#active, null);
    this.#active = null;
    await this.#deps.links.activate(this.#attempt.id, account, this.#deps.clock.now());
    this.#active = this.#attempt;
    this.#attempt = null;
    this.#scanned = null;
  }

  /** The scanned device is not wanted: it is kept for its logout only. */
  async markForLogout(account: Account): Promise<void> {
    const { links, clock } = this.#deps;
    if (!this.#attempt) return;
    await this.#attempt.store.saveCredentials();
    await links.startUnlinking(this.#attempt.id, account, clock.now());
  }

  logOutMarked(): void {
    if (this.#attempt) this.#deps.logOut(this.#attempt.id);
    this.#attempt = null;
  }

  /** The agent's link is kept for its logout only, which starts. */
  async retire(account: Account): Promise<void> {
    const link = await this.linkFor('resume');
    if (link) await this.#handOver(link, account);
    this.#active = null;
  }

  /** The device is gone at WhatsApp: everything of the link goes. */
  async destroy(): Promise<void> {
    if (this.#active) await this.#deps.links.destroy(this.#active.id);
    this.#active = null;
  }

  /** Resolves when everything that was to be written is durable. */
  async settled(): Promise<void> {
    await Promise.all([this.#active?.store.settled(), this.#attempt?.store.settled()]);
  }

  async #handOver({ id, store }: OpenLink, account: Account | null): Promise<void> {
    await store.settled();
    await this.#deps.links.startUnlinking(id, account, this.#deps.clock.now());
    this.#deps.logOut(id);
  }

  /** Scanned but not judged when the relay ended: no agent's link, so it is logged out. Not scanned: nothing to keep. */
  async #dropHalf(id: LinkId): Promise<boolean> {
    const { links, clock, open, logOut } = this.#deps;
    const { store } = await open(id);
    if (!isLinked(store.state.creds)) {
      await links.destroy(id);
      return false;
    }
    await links.startUnlinking(id, null, clock.now());
    logOut(id);
    return true;
  }
}
