/**
 * A link's credentials and Signal keys, as Baileys wants them, kept in the store: one transaction a change.
 * Credentials that cannot be read are an error. A new identity is made for a link that never had one, and for no other.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  type SignalDataSet,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { Decrypted, JournalEntry, KeyChange, LinkId, LinkLedger } from '../../store/link-ledger.ts';
import { StoreError } from '../../store/store.ts';
import { decodeKey, encodeKey } from './key-encoding.ts';

/** A type of its own among the keys: what it carries goes into the journal, in the same transaction as the ratchet. */
export const JOURNAL_TYPE = 'recado-journal';
/** Another: ciphertexts that are spent, in the same transaction too. */
export const DECRYPTED_TYPE = 'recado-decrypted';

export type SignalStore = {
  readonly state: AuthenticationState;
  /** Writes the credentials as they are now; durable when it resolves. */
  saveCredentials(): Promise<void>;
  /** Keys are read back at once, and written a moment later: resolves then, rejects where they were not; null where nothing waits. */
  unwritten(): Promise<void> | null;
  /** Resolves when every write asked for so far is durable, or has failed. */
  settled(): Promise<void>;
};

/** What a signal store needs of the ledger. */
export type KeyLedger = Pick<LinkLedger, 'credentials' | 'keys' | 'write' | 'stage' | 'staged'>;

/** As many steps wait for the disk together, before the rest of the relay gets its turn and they are written. */
const STEPS_PER_TURN = 24;

/** `failed` hears of keys that were taken and could not be written: what was read since is not true. */
export async function openSignalStore(
  links: KeyLedger,
  linkId: LinkId,
  failed: (error: unknown) => void,
): Promise<SignalStore> {
  const stored = await links.credentials(linkId);
  const creds = stored === null ? initAuthCreds() : readCredentials(stored);
  const writing = new Set<Promise<void>>();
  let steps = 0;
  const tracked = (write: Promise<void>): Promise<void> => {
    writing.add(write);
    const over = (): void => void writing.delete(write);
    write.then(over, over);
    return write;
  };
  return {
    state: {
      creds,
      keys: {
        get: (type, ids) => readKeys(links, linkId, type, ids),
        set: async (data) => {
          const { durable } = await links.stage(linkId, stepOf(data));
          // Steps that were staged together have one promise, and fail once.
          if (!writing.has(durable)) tracked(durable).catch(failed);
          steps += 1;
          if (steps % STEPS_PER_TURN === 0) await nextTurn();
        },
      },
    },
    saveCredentials: () => tracked(links.write(linkId, { credentials: JSON.stringify(creds, BufferJSON.replacer) })),
    unwritten: () => links.staged(),
    settled: async () => void (await Promise.allSettled(writing)),
  };
}

function readCredentials(stored: string): AuthenticationState['creds'] {
  try {
    const creds: unknown = JSON.parse(stored, BufferJSON.reviver);
    if (isCredentials(creds)) return creds;
  } catch {
    // Told below, without the parser's error as its cause: that one quotes what it failed on.
  }
  throw unreadable();
}

function isCredentials(value: unknown): value is AuthenticationState['creds'] {
  return (
    typeof value === 'object' &&
    value !== null &&
    'noiseKey' in value &&
    'signedIdentityKey' in value &&
    'advSecretKey' in value
  );
}

function unreadable(): StoreError {
  return new StoreError(
    'damaged',
    'The WhatsApp credentials cannot be read, so the relay stops here rather than create a second identity.',
    'Put a backup of the data directory in its place, or unlink this agent and link it again.',
  );
}

async function readKeys<T extends keyof SignalDataTypeMap>(
  links: KeyLedger,
  linkId: LinkId,
  type: T,
  ids: readonly string[],
): Promise<Record<string, SignalDataTypeMap[T]>> {
  // Ids may be what a sender wrote: `constructor` is the name of a key here, and of nothing else.
  const found: Record<string, SignalDataTypeMap[T]> = Object.create(null);
  for (const [id, bytes] of await links.keys(linkId, type, ids)) found[id] = decodeKey(type, bytes);
  return found;
}

function stepOf(data: SignalDataSet): {
  readonly keys: readonly KeyChange[];
  readonly journal: readonly JournalEntry[];
  readonly decrypted: readonly Decrypted[];
} {
  const keys: KeyChange[] = [];
  const journal: JournalEntry[] = [];
  const decrypted: Decrypted[] = [];
  for (const [type, entries] of Object.entries(data)) {
    for (const [id, value] of Object.entries(entries ?? {})) {
      if (type === JOURNAL_TYPE) journal.push(value as unknown as JournalEntry);
      else if (type === DECRYPTED_TYPE) decrypted.push(value as unknown as Decrypted);
      else keys.push({ type, id, value: value === null || value === undefined ? null : encodeKey(value) });
    }
  }
  return { keys, journal, decrypted };
}
