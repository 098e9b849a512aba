/**
 * Proves to WhatsApp that a message belongs to a chat, where the other person has given no token of theirs. WhatsApp hands each account a
 * salt with its app state, and takes a keyed hash of the recipient's LID (whatsmeow `cstoken.go`, `send.go`; zapo `WaTrustedContactToken`):
 * without either it may refuse with 463. Baileys 7.0.0-rc14 knows neither the salt nor the hash.
 * Remove when Baileys sends `cstoken`.
 */
import { createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type {
  AuthenticationCreds,
  AuthenticationState,
  BinaryNode,
  proto,
  SignalKeyStore,
  WAPatchName,
  WASocket,
} from '@whiskeysockets/baileys';
import protobuf from 'protobufjs/minimal.js';
import * as v from 'valibot';
import type { Clock, Timer } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { readCollection } from './contact-sync.ts';

/** The collection of the salt, beside chats that are muted, pinned and archived (zapo `spec/appstate`). */
const COLLECTION: WAPatchName = 'regular_high';
const INDEX = '["nct_salt_sync"]';
/** The field of the action in a SyncActionValue, and of the salt in the action. */
const ACTION_FIELD = 80;
const SALT_FIELD = 1;
const VALUE_FIELD = 2;
const MAC_BYTES = 32;
const IV_BYTES = 16;
/** The operation of a mutation; its code in the mutation's MAC is one more. */
const SET = 0;
const REMOVE = 1;
const AGAIN_MS = 30_000;
/** Each reading may put a notice on the phone (Baileys#2591), and a chat that is archived is announced like a salt. */
const READ_EVERY_MS = 24 * 3_600_000;

/** What the credentials carry beside Baileys' own: the salt in base64, null where the account has none; when it was read, epoch ms. */
const SaltSchema = v.object({ nctSalt: v.nullable(v.string()), nctSaltReadAt: v.number() });
type Salt = v.InferOutput<typeof SaltSchema>;

export type SaltSyncDeps = {
  readonly state: AuthenticationState;
  readonly clock: Clock;
  readonly log: Log;
  /** The credentials are other ones now. */
  changed(): void;
};

/** Reads the salt once a link, and again where its collection has changed, once a day at most. Returns what ends it. */
export function syncSalt(socket: Pick<WASocket, 'ws' | 'ev' | 'query'>, deps: SaltSyncDeps): () => void {
  const { state, clock, log } = deps;
  let running = false;
  let ended = false;
  let timer: Timer | null = null;
  const due = (): boolean => {
    const known = saltIn(state.creds);
    return known === null || Math.abs(clock.now() - known.nctSaltReadAt) >= READ_EVERY_MS;
  };
  const start = (): void => {
    if (ended || running || !state.creds.myAppStateKeyId) return;
    running = true;
    timer?.cancel();
    readSalt(socket, state.keys)
      .then(
        (salt) => {
          if (ended) return;
          const read: Salt = { nctSalt: salt?.toString('base64') ?? null, nctSaltReadAt: clock.now() };
          state.creds.additionalData = { ...Object(state.creds.additionalData), ...read };
          deps.changed();
        },
        (err: unknown) => {
          log.warn({ err }, 'what proves a message to belong to a chat could not be read; it is tried again');
          if (!ended) timer = clock.after(AGAIN_MS, start);
        },
      )
      .finally(() => {
        running = false;
      });
  };
  socket.ev.on('connection.update', ({ connection }) => {
    if (connection === 'open' && saltIn(state.creds) === null) start();
  });
  socket.ev.on('creds.update', ({ myAppStateKeyId }) => {
    if (myAppStateKeyId && saltIn(state.creds) === null) start();
  });
  socket.ws.on('CB:notification,type:server_sync', ({ content }: BinaryNode) => {
    const named = Array.isArray(content) ? content : [];
    if (named.some(({ tag, attrs }) => tag === 'collection' && attrs.name === COLLECTION) && due()) start();
  });
  return () => {
    ended = true;
    timer?.cancel();
  };
}

/** The node of a message to `lid`; null where the account has no salt, or it is not known yet. */
export function csTokenFor(creds: AuthenticationCreds, lid: string): BinaryNode | null {
  const salt = saltIn(creds)?.nctSalt ?? null;
  if (salt === null) return null;
  const content = createHmac('sha256', Buffer.from(salt, 'base64')).update(lid).digest();
  return { tag: 'cstoken', attrs: {}, content };
}

function saltIn({ additionalData }: AuthenticationCreds): Salt | null {
  const read = v.safeParse(SaltSchema, additionalData);
  return read.success ? read.output : null;
}

/** Null: the account has none. Rejects where WhatsApp does not answer, or a key is missing. */
async function readSalt(socket: Pick<WASocket, 'query'>, keys: SignalKeyStore): Promise<Buffer | null> {
  let salt: Buffer | null = null;
  let version = 0;
  await readCollection(socket, COLLECTION, async ({ snapshot, patches }) => {
    for (const record of snapshot?.records ?? []) {
      const read = await saltOf(SET, record, keys);
      if (read !== undefined) salt = read;
    }
    version = Math.max(version, Number(snapshot?.version?.version ?? 0));
    for (const patch of patches) {
      version = Math.max(version, Number(patch.version?.version ?? 0));
      for (const { operation, record } of patch.mutations ?? []) {
        const read = record ? await saltOf(operation ?? SET, record, keys) : undefined;
        if (read !== undefined) salt = operation === REMOVE ? null : read;
      }
    }
    return version;
  });
  return salt;
}

/** Null where the entry holds none; undefined where it is of something else. An entry's index is known by its keyed hash, so that nothing else is decrypted. */
async function saltOf(
  operation: number,
  record: proto.ISyncdRecord,
  keys: SignalKeyStore,
): Promise<Buffer | null | undefined> {
  const keyId = Buffer.from(record.keyId?.id ?? []).toString('base64');
  const key = (await keys.get('app-state-sync-key', [keyId]))[keyId];
  if (!key?.keyData) throw new Error('the key of an entry is missing');
  const expanded = Buffer.from(hkdfSync('sha256', key.keyData, Buffer.alloc(0), 'WhatsApp Mutation Keys', 160));
  const indexMac = createHmac('sha256', expanded.subarray(0, 32)).update(INDEX).digest();
  const blob = Buffer.from(record.value?.blob ?? []);
  if (!same(indexMac, record.index?.blob) || blob.length <= IV_BYTES + MAC_BYTES) return undefined;
  const encrypted = blob.subarray(0, -MAC_BYTES);
  const associated = Buffer.from([operation + 1, ...Buffer.from(keyId, 'base64')]);
  const length = Buffer.alloc(8);
  length.writeUInt8(associated.length, 7);
  const mac = createHmac('sha512', expanded.subarray(64, 96))
    .update(associated)
    .update(encrypted)
    .update(length)
    .digest();
  if (!same(mac.subarray(0, MAC_BYTES), blob.subarray(-MAC_BYTES))) return undefined;
  const cipher = createDecipheriv('aes-256-cbc', expanded.subarray(32, 64), encrypted.subarray(0, IV_BYTES));
  const data = Buffer.concat([cipher.update(encrypted.subarray(IV_BYTES)), cipher.final()]);
  const action = fieldOf(fieldOf(data, VALUE_FIELD), ACTION_FIELD);
  const salt = fieldOf(action, SALT_FIELD);
  return salt && salt.length > 0 ? Buffer.from(salt) : null;
}

function same(one: Uint8Array, other: Uint8Array | null | undefined): boolean {
  return other?.length === one.length && timingSafeEqual(one, other);
}

/** A field of bytes in an encoded message; null where it has none. Throws a RangeError where the message is cut off. */
function fieldOf(message: Uint8Array | null, field: number): Uint8Array | null {
  if (message === null) return null;
  const reader = protobuf.Reader.create(message);
  let found: Uint8Array | null = null;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === field && (tag & 7) === 2) found = reader.bytes();
    else reader.skipType(tag & 7);
  }
  return found;
}
