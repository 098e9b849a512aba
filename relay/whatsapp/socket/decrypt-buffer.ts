/**
 * Nothing decrypted is lost: Baileys 7.0.0-rc14 sends its receipt before anyone has seen the message, and the ratchet
 * has moved on before that. So the plaintext is journalled in the transaction that moves the ratchet, and the receipt leaves after it.
 * A ciphertext that comes again is answered from here: its ratchet step is spent. Which those are is on the disk too: after a crash WhatsApp
 * sends again what it has no receipt of. One buffer a link, over all its sockets.
 */
import { createHash } from 'node:crypto';
import { type BinaryNode, DEFAULT_CONNECTION_CONFIG, type SocketConfig } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';
import type { JournalEntry } from '../../store/link-ledger.ts';
import { RetryCounts } from '../beyond-baileys/bounded-retries.ts';
import { durableSteps } from '../beyond-baileys/durable-ratchet.ts';
import { describeStanza, type MessageName, messageNameOf, readStanza } from './journal-entry.ts';
import { DECRYPTED_TYPE, JOURNAL_TYPE } from './signal-store.ts';

type MakeRepository = SocketConfig['makeSignalRepository'];
type Keys = Parameters<MakeRepository>[0]['keys'];
type Transaction = { transaction<T>(work: () => Promise<T>, key: string): Promise<T> };

export type DecryptBufferDeps = {
  readonly clock: Clock;
  /** Resolves when the link's keys are on the disk as they are now. */
  settled(): Promise<void>;
  wasDecrypted(hash: string): Promise<boolean>;
  /** True if a message of this stanza may leave a text at all: on, and in scope. */
  keeps(stanza: BinaryNode): Promise<boolean>;
};

/** An empty message with one byte of padding: Baileys confirms it to WhatsApp, and there is nothing in it to read. */
const EMPTY_MESSAGE = Uint8Array.of(1);

export class DecryptBuffer {
  /** How many ciphertexts could not be decrypted, copies included. */
  failures = 0;
  /** These count how often a message was asked for that could not be decrypted. */
  readonly retries: RetryCounts;
  readonly #deps: DecryptBufferDeps;
  /** Journalled and not handed on. */
  readonly #entries = new Map<string, JournalEntry>();
  readonly #hashesByName = new Map<MessageName, Set<string>>();
  /** Stanzas seen and not yet decrypted, by ciphertext. */
  readonly #stanzas = new Map<string, BinaryNode>();

  constructor(deps: DecryptBufferDeps) {
    this.#deps = deps;
    this.retries = new RetryCounts(deps.clock);
  }

  /** A new socket begins: what an older one saw and did not decrypt will come again. `entries` is the stored journal: nothing else is known. */
  begin(entries: readonly JournalEntry[]): void {
    this.#stanzas.clear();
    this.#entries.clear();
    this.#hashesByName.clear();
    for (const entry of entries) this.#remember(entry);
  }

  /** Must hear of each message stanza that Baileys will decrypt, before it does. */
  saw(stanza: BinaryNode): void {
    for (const ciphertext of ciphertexts(stanza)) this.#stanzas.set(hashOf(ciphertext), stanza);
  }

  /** The message was taken in, or it was none: hashes that may be struck from the journal. */
  handedOn(name: MessageName): readonly string[] {
    const hashes = [...(this.#hashesByName.get(name) ?? [])];
    this.#hashesByName.delete(name);
    for (const hash of hashes) this.#entries.delete(hash);
    return hashes;
  }

  /** Baileys' own repository, with the journal around its two ways to decrypt, and its steps to send made durable before they count. */
  readonly makeRepository: MakeRepository = (auth, logger, lookUp) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, lookUp);
    const { decryptMessage, decryptGroupMessage } = repository;
    return {
      ...repository,
      ...durableSteps(repository, this.#deps.settled),
      decryptMessage: (options) =>
        this.#counted(
          this.#journalled(auth.keys, options.ciphertext, options.jid, () => decryptMessage.call(repository, options)),
        ),
      decryptGroupMessage: (options) =>
        this.#counted(
          this.#journalled(auth.keys, options.msg, options.group, () => decryptGroupMessage.call(repository, options)),
        ),
    };
  };

  async #counted(decrypted: Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      return await decrypted;
    } catch (error) {
      this.failures += 1;
      throw error;
    }
  }

  async #journalled(
    keys: Keys,
    ciphertext: Uint8Array,
    lock: string,
    decrypt: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const hash = hashOf(ciphertext);
    const known = this.#entries.get(hash);
    if (known) return known.plaintext;
    // Before anything is waited for: another connection may begin meanwhile.
    const stanza = this.#stanzas.get(hash);
    if (await this.#deps.wasDecrypted(hash)) return EMPTY_MESSAGE;
    // Nobody would hear of it, and the ratchet would not take the copy that comes with the next connection.
    if (!stanza) throw new Error('It came on a connection that has ended.');
    this.#stanzas.delete(hash);
    // Baileys stores what the account's own phone tells its devices after the receipt: a copy must be asked for again, not taken for done.
    if (stanza.attrs.category === 'peer' || !hasTransactions(keys)) return decrypt();
    const keeps = await this.#deps.keeps(stanza);
    // The same key as Baileys' inner transaction, which joins this one: one commit for all.
    const entry = await keys.transaction(async () => {
      const plaintext = await decrypt();
      const at = this.#deps.clock.now();
      const made = { hash, stanza: describeStanza(stanza), plaintext, receivedAt: at };
      await keys.set({
        [DECRYPTED_TYPE]: { [hash]: { hash, at } },
        ...(keeps && { [JOURNAL_TYPE]: { [hash]: made } }),
      } as Parameters<Keys['set']>[0]);
      return made;
    }, lock);
    // Only now: what could not be taken left the ratchet where it was, and the next copy must be decrypted, not remembered. What is taken and
    // cannot be written ends the connection, and the next one begins with the journal as it is.
    if (keeps) this.#remember(entry);
    return entry.plaintext;
  }

  #remember(entry: JournalEntry): void {
    this.#entries.set(entry.hash, entry);
    const name = messageNameOf(readStanza(entry.stanza));
    const hashes = this.#hashesByName.get(name) ?? new Set();
    hashes.add(entry.hash);
    this.#hashesByName.set(name, hashes);
  }
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
