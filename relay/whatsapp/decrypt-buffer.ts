/**
 * Nothing decrypted is lost: Baileys 7.0.0-rc14 sends its receipt before anyone has seen the message, and the ratchet
 * has moved on before that. So the plaintext is journalled in the transaction that moves the ratchet.
 * A ciphertext that comes again is answered from the journal: its ratchet step is spent.
 */
import { createHash } from 'node:crypto';
import { type BinaryNode, DEFAULT_CONNECTION_CONFIG, type SocketConfig } from '@whiskeysockets/baileys';
import type { Clock } from '../clock.ts';
import type { JournalEntry } from '../store/link-ledger.ts';
import { JOURNAL_TYPE } from './signal-store.ts';

type MakeRepository = SocketConfig['makeSignalRepository'];
type Keys = Parameters<MakeRepository>[0]['keys'];
type Transaction = { transaction<T>(work: () => Promise<T>, key: string): Promise<T> };

export type DecryptBufferPorts = {
  readonly clock: Clock;
  /** Entries of earlier runs that the inbox has not taken over. */
  readonly entries: readonly JournalEntry[];
  /** Whether a message of this stanza may leave a text at all: on, and in scope. */
  keeps(stanza: BinaryNode): boolean;
};

export class DecryptBuffer {
  readonly #ports: DecryptBufferPorts;
  readonly #byHash = new Map<string, JournalEntry>();
  /** Hashes per message id, so that a message handed on can be struck off. */
  readonly #hashesById = new Map<string, Set<string>>();
  /** Stanzas seen and not yet decrypted, by ciphertext. */
  readonly #stanzas = new Map<string, BinaryNode>();

  constructor(ports: DecryptBufferPorts) {
    this.#ports = ports;
    for (const entry of ports.entries) this.#remember(entry);
  }

  /** Must hear of each message stanza before Baileys does. */
  saw(stanza: BinaryNode): void {
    for (const ciphertext of ciphertexts(stanza)) this.#stanzas.set(hashOf(ciphertext), stanza);
  }

  /** The inbox has this message: hashes that may be struck from the journal. */
  handedOn(messageId: string): readonly string[] {
    const hashes = [...(this.#hashesById.get(messageId) ?? [])];
    this.#hashesById.delete(messageId);
    for (const hash of hashes) this.#byHash.delete(hash);
    return hashes;
  }

  /** Baileys' own repository, with the journal around its two ways to decrypt. */
  readonly makeRepository: MakeRepository = (auth, logger, lookUp) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, lookUp);
    const { decryptMessage, decryptGroupMessage } = repository;
    return {
      ...repository,
      decryptMessage: (options) =>
        this.#journalled(auth.keys, options.ciphertext, options.jid, () => decryptMessage.call(repository, options)),
      decryptGroupMessage: (options) =>
        this.#journalled(auth.keys, options.msg, options.group, () => decryptGroupMessage.call(repository, options)),
    };
  };

  async #journalled(
    keys: Keys,
    ciphertext: Uint8Array,
    lock: string,
    decrypt: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const hash = hashOf(ciphertext);
    const known = this.#byHash.get(hash);
    if (known) return known.plaintext;
    const stanza = this.#stanzas.get(hash);
    this.#stanzas.delete(hash);
    if (!stanza || !this.#ports.keeps(stanza) || !hasTransactions(keys)) return decrypt();
    // The same key as Baileys' inner transaction, which joins this one: one commit for both.
    return keys.transaction(async () => {
      const plaintext = await decrypt();
      const entry: JournalEntry = { hash, stanza: describe(stanza), plaintext, receivedAt: this.#ports.clock.now() };
      await keys.set({ [JOURNAL_TYPE]: { [hash]: entry } } as Parameters<Keys['set']>[0]);
      this.#remember(entry);
      return plaintext;
    }, lock);
  }

  #remember(entry: JournalEntry): void {
    this.#byHash.set(entry.hash, entry);
    const { id } = readDescription(entry.stanza).attrs;
    if (id === undefined) return;
    const hashes = this.#hashesById.get(id) ?? new Set();
    hashes.add(entry.hash);
    this.#hashesById.set(id, hashes);
  }
}

/** The stanza without its contents, as the journal keeps it; `enc` says how it was encrypted. */
function describe(stanza: BinaryNode): string {
  return JSON.stringify({ tag: stanza.tag, attrs: stanza.attrs });
}

export function readDescription(description: string): BinaryNode {
  const value: unknown = JSON.parse(description);
  return value as BinaryNode;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function ciphertexts(stanza: BinaryNode): readonly Uint8Array[] {
  if (!Array.isArray(stanza.content)) return [];
  return stanza.content.flatMap(({ tag, content }) =>
    tag === 'enc' && content instanceof Uint8Array ? [content] : [],
  );
}

function hasTransactions(keys: Keys): keys is Keys & Transaction {
  return 'transaction' in keys;
}
