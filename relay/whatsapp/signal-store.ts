/**
 * A link's credentials and Signal keys, as Baileys wants them, kept in the store: one transaction a change.
 * What cannot be read is an error. A new identity is made for a link that never had one, and for no other.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  type SignalDataSet,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { JournalEntry, KeyChange, LinkId, LinkLedger } from '../store/link-ledger.ts';
import { StoreError } from '../store/store.ts';
import { decodeKey, encodeKey } from './key-encoding.ts';

/** A type of its own among the keys: what it carries goes into the journal, in the same transaction as the ratchet. */
export const JOURNAL_TYPE = 'recado-journal';

export type SignalStore = {
  readonly state: AuthenticationState;
  /** Writes the credentials as they are now; durable when it resolves. */
  saveCredentials(): Promise<void>;
  /** Resolves when every write asked for so far is durable. */
  settled(): Promise<void>;
};

/** What a signal store needs of the ledger. */
export type KeyLedger = Pick<LinkLedger, 'credentials' | 'keys' | 'write'>;

/** A burst of messages writes without a pause; every so many writes the rest of the relay gets its turn. */
const WRITES_PER_TURN = 8;

export async function openSignalStore(links: KeyLedger, linkId: LinkId): Promise<SignalStore> {
  const stored = await links.credentials(linkId);
  const creds = stored === null ? initAuthCreds() : readCredentials(stored);
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  let writes = 0;
  const write = async (step: Parameters<LinkLedger['write']>[1]): Promise<void> => {
    await links.write(linkId, step);
    writes += 1;
    if (writes % WRITES_PER_TURN === 0) await nextTurn();
  };
  const queue = (step: Parameters<LinkLedger['write']>[1]): Promise<void> => {
    // With nothing before it a write begins at once: credentials of a scan are on their way to the disk
    // before Baileys sends the answer that makes the device exist.
    const next = waiting === 0 ? write(step) : last.then(() => write(step));
    waiting += 1;
    // A failed write rejects its own promise; the next one starts from a clean one.
    last = next
      .catch(() => undefined)
      .then(() => {
        waiting -= 1;
      });
    return next;
  };
  return {
    state: {
      creds,
      keys: {
        get: (type, ids) => readKeys(links, linkId, type, ids),
        set: (data) => queue(splitJournal(data)),
      },
    },
    saveCredentials: () => queue({ credentials: JSON.stringify(creds, BufferJSON.replacer) }),
    settled: () => last,
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
    'The WhatsApp credentials cannot be read, so the relay stops here rather than link as somebody new.',
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

function splitJournal(data: SignalDataSet): {
  readonly keys: readonly KeyChange[];
  readonly journal: readonly JournalEntry[];
} {
  const keys: KeyChange[] = [];
  const journal: JournalEntry[] = [];
  for (const [type, entries] of Object.entries(data)) {
    for (const [id, value] of Object.entries(entries ?? {})) {
      if (type === JOURNAL_TYPE) journal.push(value as unknown as JournalEntry);
      else keys.push({ type, id, value: value === null || value === undefined ? null : encodeKey(value) });
    }
  }
  return { keys, journal };
}
