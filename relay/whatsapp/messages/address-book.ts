/**
 * Who is saved in the address book of a number: of each person a keyed hash, no name and no number. Unknown until it was read whole once;
 * from then on over restarts, as long as the link lives.
 */
import { createHmac } from 'node:crypto';
import type { AgentId, ChatId } from '../../../shared/contract/chat.ts';
import type { Log } from '../../log.ts';
import type { Union } from '../../store/chat-ledger.ts';
import type { LinkId, LinkLedger } from '../../store/link-ledger.ts';
import type { Store } from '../../store/store.ts';
import type { SavedPerson } from '../beyond-baileys/contact-sync.ts';
import { lidOf, numberOf } from '../chat-id.ts';

export type AddressBookDeps = {
  readonly links: Pick<LinkLedger, 'list' | 'savedPeople' | 'keepSavedPeople' | 'addSavedPerson'>;
  readonly agents: Pick<Store['agents'], 'hashKey'>;
  readonly chats: Pick<Store['chats'], 'lidOf'>;
  readonly log: Log;
  /** Who is saved has changed, or is known now. */
  changed(): void;
};

const HASH_BYTES = 16;
/** Upper bound of remembered hashes, of people who write; a whole address book passes through, and keeping it would not pay. */
const MOST_HASHES = 500;

export class AddressBook {
  readonly #agentId: AgentId;
  readonly #deps: AddressBookDeps;
  #hashKey: Uint8Array = new Uint8Array();
  #link: LinkId | null = null;
  #saved: Set<string> | null = null;
  #work: Promise<void> = Promise.resolve();
  readonly #hashes = new Map<string, string>();

  constructor(agentId: AgentId, deps: AddressBookDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** As the agent's link has it. To be called before anybody asks. */
  async load(): Promise<void> {
    const { links, agents } = this.#deps;
    this.#hashKey = await agents.hashKey();
    const active = (await links.list()).find(({ agentId, state }) => agentId === this.#agentId && state === 'active');
    this.#link = active?.id ?? null;
    const saved = active ? await links.savedPeople(active.id) : null;
    this.#saved = saved && new Set(saved);
  }

  get known(): boolean {
    return this.#saved !== null;
  }

  /** The agent has another link, or none: of whom it knows nothing is known. */
  begin(link: LinkId | null): void {
    if (link === this.#link) return;
    this.#link = link;
    this.#saved = null;
    this.#deps.changed();
  }

  /** All that are saved. Durable in the order of the calls; rejects with StoreError. */
  async replace(people: readonly SavedPerson[]): Promise<void> {
    const { chats, links, changed } = this.#deps;
    const link = this.#link;
    const hashes = new Set<string>();
    for (const { number, lid } of people) {
      if (number !== null) hashes.add(this.#hash('number', number));
      const known = lid ?? (number === null ? null : await chats.lidOf(this.#agentId, number));
      if (known !== null) hashes.add(this.#hash('lid', known));
    }
    if (link === null || link !== this.#link) return;
    this.#saved = hashes;
    await this.#inOrder(() => links.keepSavedPeople(link, [...hashes]));
    changed();
  }

  /** Null: not known yet. A person is one by number, by LID, and by both: what one of them says holds for the other from then on. */
  isSaved(chatId: ChatId, number: string | null): boolean | null {
    if (this.#saved === null) return null;
    const lid = lidOf(chatId);
    const digits = numberOf(chatId) ?? number;
    const byLid = lid !== null && this.#saved.has(this.#hash('lid', lid));
    const byNumber = digits !== null && this.#saved.has(this.#hash('number', digits));
    if (byNumber && lid !== null && !byLid) this.#add(this.#hash('lid', lid));
    return byLid || byNumber;
  }

  /** Who is saved under a former LID is saved under the new one, unless the number is another person's now. */
  united({ from, into, texts }: Union): void {
    const [former, present] = [lidOf(from), lidOf(into)];
    if (!texts || former === null || present === null) return;
    if (this.#saved?.has(this.#hash('lid', former))) this.#add(this.#hash('lid', present));
  }

  #add(hash: string): void {
    const { links, log } = this.#deps;
    const link = this.#link;
    this.#saved?.add(hash);
    if (link === null) return;
    this.#inOrder(() => links.addSavedPerson(link, hash)).catch((err: unknown) =>
      log.error({ err }, 'an address of somebody who is saved could not be kept'),
    );
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  /** Each message asks several times about the same few people. */
  #hash(space: 'number' | 'lid', digits: string): string {
    const address = `${space}\n${digits}`;
    const known = this.#hashes.get(address);
    if (known !== undefined) return known;
    const hash = createHmac('sha256', this.#hashKey)
      .update(`saved\n${address}`)
      .digest()
      .subarray(0, HASH_BYTES)
      .toString('base64');
    if (this.#hashes.size >= MOST_HASHES) this.#hashes.clear();
    this.#hashes.set(address, hash);
    return hash;
  }
}
