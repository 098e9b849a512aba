/**
 * Links: WhatsApp credentials and Signal keys, under a link's own id, so that a number's old link can wait
 * for its logout while the agent is linked anew. Values are opaque here: relay/whatsapp encodes them.
 */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Account } from '../../shared/contract/status.ts';

export type LinkId = string & { readonly LinkId: unique symbol };

export type LinkRecord = {
  readonly id: LinkId;
  readonly agentId: AgentId;
  /** `pairing`: not scanned yet, or not judged yet. `active`: the agent's link. `unlinking`: kept for its logout only. */
  readonly state: 'pairing' | 'active' | 'unlinking';
  readonly account: Account | null;
  readonly createdAt: number;
  readonly unlinkingSince: number | null;
};

/** One Signal key or session; `value` null deletes it. */
export type KeyChange = { readonly type: string; readonly id: string; readonly value: Uint8Array | null };

/** A decrypted message that the conversation has not taken in yet: what a crash would lose. */
export type JournalEntry = {
  /** sha256 of the ciphertext, hex. */
  readonly hash: string;
  /** The stanza's attributes, as JSON. */
  readonly stanza: string;
  readonly plaintext: Uint8Array;
  readonly receivedAt: number;
};

/** A ciphertext whose ratchet step is spent. `hash`: sha256 of the ciphertext, hex; `at`: epoch ms. */
export type Decrypted = { readonly hash: string; readonly at: number };

/** One step of the protocol. */
export type LinkStep = {
  readonly credentials?: string;
  readonly keys?: readonly KeyChange[];
  readonly journal?: readonly JournalEntry[];
  readonly decrypted?: readonly Decrypted[];
};

export interface LinkLedger {
  list(): Promise<readonly LinkRecord[]>;
  create(link: { readonly id: LinkId; readonly agentId: AgentId; readonly now: number }): Promise<void>;
  /**
   * `pairing` → `active`, with the number. An older active link of the same agent must be gone first. The agent is off where it had a number
   * before, and what it keeps per chat is this number's from here on: with another than before there is none, and no scope.
   */
  activate(id: LinkId, account: Account, now: number): Promise<void>;
  /** The link with all that is its own becomes another agent's, which has none; as with `activate` for that one. */
  handOver(id: LinkId, to: AgentId, now: number): Promise<void>;
  /** → `unlinking`: keys, sessions and journal go, the credentials that a logout needs stay. The number is free again. */
  startUnlinking(id: LinkId, account: Account | null, now: number): Promise<void>;
  /** Everything of the link goes, overwritten by secure_delete. Unknown ids are fine. */
  destroy(id: LinkId): Promise<void>;

  /** Writes as much as a busy moment does, durably, and takes it back. Rejects with StoreError where the disk does not take it. */
  tryDisk(): Promise<void>;

  /** The credentials, or null where none were ever written. Rejects with `damaged` where they cannot be read. */
  credentials(id: LinkId): Promise<string | null>;
  keys(id: LinkId, type: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** All of a step or nothing, durable when it resolves. Steps are written in the order in which they were asked for. */
  write(id: LinkId, step: LinkStep): Promise<void>;
  /**
   * The same for a step that may wait for the disk a moment, together with others: what reads, reads it when this resolves. `durable`
   * resolves when it is on the disk, and rejects where it was not written: then none of what waited with it was. The same promise for all
   * of these.
   */
  stage(id: LinkId, step: LinkStep): Promise<{ readonly durable: Promise<void> }>;
  /** Resolves when everything staged so far is durable, and rejects where it was not written; null where nothing waits. */
  staged(): Promise<void> | null;
  /** True if this ciphertext was decrypted before, as far back as message ids are kept. */
  wasDecrypted(id: LinkId, hash: string): Promise<boolean>;
  /** Entries not taken over yet, oldest first. */
  journal(id: LinkId): Promise<readonly JournalEntry[]>;
  /** Keyed hashes of who is saved in the number's address book; null until that was read whole. */
  savedPeople(id: LinkId): Promise<readonly string[] | null>;
  /** These are all. */
  keepSavedPeople(id: LinkId, hashes: readonly string[]): Promise<void>;
  addSavedPerson(id: LinkId, hash: string): Promise<void>;
  /** Entries that the conversation has. Durable a moment later: one that comes back is a duplicate there. */
  clearJournal(id: LinkId, hashes: readonly string[]): Promise<void>;
}
