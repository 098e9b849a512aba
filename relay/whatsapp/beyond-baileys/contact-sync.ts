/**
 * Reads the whole address book, and says when it is whole. Baileys 7.0.0-rc14 reads the app state by itself only after a history that is not
 * wanted here, tells of each entry through a buffer that may hide it in the history, and never says that these were all.
 * Remove when Baileys tells the address book whole, with or without a history.
 */
import {
  type BinaryNode,
  decodePatches,
  decodeSyncdSnapshot,
  extractSyncdPatches,
  type LTHashState,
  type SignalDataTypeMap,
  type SignalKeyStore,
  type WAPatchName,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { Clock, Timer } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { lidOf, numberOf } from '../chat-id.ts';
import { readUsername } from '../username.ts';

type Socket = Pick<WASocket, 'ws' | 'ev' | 'query'>;

/** Someone who is saved: digits; the LID where the entry has it. */
export type SavedPerson = {
  readonly number: string | null;
  readonly lid: string | null;
  /** What the person calls themselves. */
  readonly username: string | null;
};

export type ContactSyncDeps = {
  readonly keys: SignalKeyStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The whole address book was read before, on an earlier connection: what changed since is announced. */
  known(): boolean;
  /** The phone has shared the keys of the app state. */
  hasKey(): boolean;
  /** Everyone who is saved, each time that something has changed. */
  read(people: readonly SavedPerson[]): void;
};

const CONTACTS: WAPatchName = 'critical_unblock_low';
const AGAIN_MS = 30_000;
/** More answers than any account's collection is cut into. */
const MOST_ANSWERS = 1_000;

/** Returns what ends it. */
export function syncContacts(socket: Socket, deps: ContactSyncDeps): () => void {
  const { clock, log } = deps;
  let running = false;
  let again = false;
  let ended = false;
  let timer: Timer | null = null;
  const start = (): void => {
    if (ended || !deps.hasKey()) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    timer?.cancel();
    readContacts(socket, deps.keys)
      .then(
        (people) => {
          if (!ended) deps.read(people);
        },
        (err: unknown) => {
          log.warn({ err }, 'the address book could not be read; it is tried again');
          if (!ended) timer = clock.after(AGAIN_MS, start);
        },
      )
      .finally(() => {
        running = false;
        if (!again) return;
        again = false;
        start();
      });
  };
  socket.ev.on('connection.update', ({ connection }) => {
    if (connection === 'open' && !deps.known()) start();
  });
  socket.ev.on('creds.update', ({ myAppStateKeyId }) => {
    if (myAppStateKeyId && !deps.known()) start();
  });
  socket.ws.on('CB:notification,type:server_sync', ({ content }: BinaryNode) => {
    const named = Array.isArray(content) ? content : [];
    if (named.some(({ tag, attrs }) => tag === 'collection' && attrs.name === CONTACTS)) start();
  });
  return () => {
    ended = true;
    timer?.cancel();
  };
}

/** Rejects where WhatsApp does not answer, or a key is missing. */
async function readContacts(socket: Socket, keys: SignalKeyStore): Promise<readonly SavedPerson[]> {
  const keyOf = async (id: string): Promise<SignalDataTypeMap['app-state-sync-key'] | undefined> =>
    (await keys.get('app-state-sync-key', [id]))[id];
  const entries = new Map<string, SavedPerson>();
  let state: LTHashState = { version: 0, hash: Buffer.alloc(128), indexValueMap: {} };
  await readCollection(socket, CONTACTS, async ({ snapshot, patches }) => {
    if (snapshot) {
      const decoded = await decodeSyncdSnapshot(CONTACTS, snapshot, keyOf, undefined, true);
      state = decoded.state;
      for (const [index, mutation] of Object.entries(decoded.mutationMap)) note(entries, index, mutation);
    }
    if (patches.length > 0) {
      const decoded = await decodePatches(CONTACTS, patches, state, keyOf, {}, undefined, undefined, true);
      state = decoded.state;
      for (const [index, mutation] of Object.entries(decoded.mutationMap)) note(entries, index, mutation);
    }
    return state.version;
  });
  return [...entries.values()];
}

/** Part of a collection: at most one snapshot, which comes first, and what was changed since. */
export type CollectionPart = Awaited<ReturnType<typeof extractSyncdPatches>>[WAPatchName];

/** Reads a collection from its beginning to its end. `take` resolves to the version that it has read up to. Rejects where WhatsApp does not answer, and where `take` does. */
export async function readCollection(
  socket: Pick<WASocket, 'query'>,
  name: WAPatchName,
  take: (part: CollectionPart) => Promise<number>,
): Promise<void> {
  let version = 0;
  for (let answers = 0; answers < MOST_ANSWERS; answers++) {
    const part = (await extractSyncdPatches(await askCollection(socket, name, version), {}))[name];
    if (!part) throw new Error(`WhatsApp did not answer with ${name}`);
    version = await take(part);
    if (!part.hasMorePatches) return;
  }
  throw new Error(`${name} does not end`);
}

async function askCollection(
  { query }: Pick<WASocket, 'query'>,
  name: WAPatchName,
  version: number,
): Promise<BinaryNode> {
  const attrs = { name, version: String(version), return_snapshot: String(version === 0) };
  const answer: BinaryNode | undefined = await query({
    tag: 'iq',
    attrs: { to: 's.whatsapp.net', xmlns: 'w:sync:app:state', type: 'set' },
    content: [{ tag: 'sync', attrs: {}, content: [{ tag: 'collection', attrs }] }],
  });
  // A query that timed out resolves to nothing.
  if (answer === undefined) throw new Error('WhatsApp did not answer');
  return answer;
}

type Mutation = Awaited<ReturnType<typeof decodeSyncdSnapshot>>['mutationMap'][string];

/**
 * `contact` entries are of people with a number, `lid_contact` entries of those who are known without one (zapo `spec/appstate`). An entry
 * that was taken out has no name any more. A username is what people call themselves: alone it is no sign that the owner saved them.
 */
function note(entries: Map<string, SavedPerson>, index: string, { syncAction, index: parts }: Mutation): void {
  const { contactAction, lidContactAction } = syncAction.value ?? {};
  const action = contactAction ?? lidContactAction;
  if (!action) return;
  const isSaved = Boolean(action.fullName || action.firstName);
  const address = parts[1];
  const username = readUsername(action.username);
  const person = lidContactAction
    ? { username, number: null, lid: lidOf(address) ?? lidOf(`${address}@lid`) }
    : {
        username,
        number: numberOf(address) ?? numberOf(contactAction?.pnJid),
        lid: lidOf(address) ?? lidOf(contactAction?.lidJid),
      };
  if (isSaved && (person.number !== null || person.lid !== null)) entries.set(index, person);
  else entries.delete(index);
}
