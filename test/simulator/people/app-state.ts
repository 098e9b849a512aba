/**
 * An account's app state as its phone writes it: contacts in `critical_unblock_low`, the account's salt in `regular_high`, as encrypted
 * patches with their MACs, the first time as a snapshot on the media host, and the key that the phone shares with its companions. Our own
 * encryption, so that it proves Baileys'.
 */
import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import protobuf from 'protobufjs/minimal.js';
import type { MediaHost } from '../media-host.ts';
import type { Device } from '../server/device.ts';
import type { QueryHandler } from '../server/queries.ts';
import { child, children, node, type Stanza } from '../wire/stanza.ts';
import { changeHash, emptyHash } from './lt-hash.ts';
import type { Person } from './person.ts';

export type CollectionName = 'critical_unblock_low' | 'regular_high';
const SET = 0;
const REMOVE = 1;
const ACTION_VERSION = 2;

type Keys = {
  readonly index: Buffer;
  readonly cipher: Buffer;
  readonly valueMac: Buffer;
  readonly snapshotMac: Buffer;
  readonly patchMac: Buffer;
};

export type LidContactNames = Pick<proto.SyncActionValue.ILidContactAction, 'fullName' | 'firstName' | 'username'>;

/** What the phone shares with its companions: without it they can read no collection. */
export class AppStateKey {
  readonly id = randomBytes(6);
  readonly data = randomBytes(32);

  share(): proto.IMessage {
    return {
      protocolMessage: {
        // The number of WhatsApp's APP_STATE_SYNC_KEY_SHARE.
        type: 6,
        appStateSyncKeyShare: {
          keys: [
            {
              keyId: { keyId: this.id },
              keyData: {
                keyData: this.data,
                fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0] },
                timestamp: Date.now(),
              },
            },
          ],
        },
      },
    };
  }
}

/** One collection. */
export class AppState {
  readonly #name: CollectionName;
  readonly #keyId: Buffer;
  readonly #keys: Keys;
  readonly #patches: Uint8Array[] = [];
  readonly #valueMacs = new Map<string, Buffer>();
  /** What stands, by its index' MAC: a snapshot's records. */
  readonly #records = new Map<string, proto.ISyncdRecord>();
  #snapshotMac: Uint8Array = Buffer.alloc(0);
  #hash = emptyHash();

  constructor(name: CollectionName, { id, data }: AppStateKey) {
    this.#name = name;
    this.#keyId = id;
    this.#keys = expand(data);
  }

  /** Saved in the address book under a name; null takes it out again. */
  /** `knowsLid`: phones that saved somebody before there were LIDs name the number alone. */
  saveContact(contact: Person, fullName: string | null, knowsLid = true): void {
    const index = Buffer.from(JSON.stringify(['contact', `${contact.number}@s.whatsapp.net`]));
    const contactAction =
      fullName === null
        ? {}
        : {
            fullName,
            firstName: fullName,
            saveOnPrimaryAddressbook: true,
            ...(knowsLid && { lidJid: `${contact.user.lid}@lid` }),
          };
    const data = proto.SyncActionData.encode({
      index,
      value: { timestamp: Date.now(), contactAction },
      padding: new Uint8Array(0),
      version: ACTION_VERSION,
    }).finish();
    this.#append(fullName === null ? REMOVE : SET, index, data);
  }

  /** Somebody whose number the account does not know, under what the owner calls them or what they call themselves; null takes them out. */
  saveLidContact(contact: Person, names: LidContactNames | null): void {
    const index = Buffer.from(JSON.stringify(['lid_contact', `${contact.user.lid}@lid`]));
    const data = proto.SyncActionData.encode({
      index,
      value: { timestamp: Date.now(), lidContactAction: names ?? {} },
      padding: new Uint8Array(0),
      version: ACTION_VERSION,
    }).finish();
    this.#append(names === null ? REMOVE : SET, index, data);
  }

  /**
   * The salt that WhatsApp has given the account; null takes it back. Baileys' definition of an action lacks the field, so its bytes are
   * written here: `SyncActionData { index 1, value 2, version 4 }`, `SyncActionValue { nctSaltSyncAction 80 { salt 1 } }`.
   */
  keepSalt(salt: Uint8Array | null): void {
    const index = Buffer.from(JSON.stringify(['nct_salt_sync']));
    const bytes = (field: number, content: Uint8Array, writer = protobuf.Writer.create()): protobuf.Writer =>
      writer.uint32(field * 8 + 2).bytes(content);
    const action = bytes(80, bytes(1, salt ?? Buffer.alloc(0)).finish()).finish();
    const value = Buffer.concat([proto.SyncActionValue.encode({ timestamp: Date.now() }).finish(), action]);
    const data = bytes(2, value, bytes(1, index))
      .uint32(4 * 8)
      .int32(ACTION_VERSION)
      .finish();
    this.#append(salt === null ? REMOVE : SET, index, data);
  }

  get version(): number {
    return this.#patches.length;
  }

  /** The patches that a companion at `version` lacks. */
  since(version: number): readonly Uint8Array[] {
    return this.#patches.slice(version);
  }

  /** Everything at once, for a companion that has nothing yet. */
  snapshot(): Uint8Array {
    return proto.SyncdSnapshot.encode({
      version: { version: this.version },
      records: [...this.#records.values()],
      mac: this.#snapshotMac,
      keyId: { id: this.#keyId },
    }).finish();
  }

  #append(operation: 0 | 1, index: Buffer, data: Uint8Array): void {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', this.#keys.cipher, iv);
    const encrypted = Buffer.concat([iv, cipher.update(data), cipher.final()]);
    const valueMac = this.#valueMac(operation, encrypted);
    const indexMac = hmac('sha256', this.#keys.index, index);
    const name = indexMac.toString('base64');
    const former = this.#valueMacs.get(name);
    this.#hash = changeHash(this.#hash, operation === SET ? [valueMac] : [], former ? [former] : []);
    const record = {
      index: { blob: indexMac },
      value: { blob: Buffer.concat([encrypted, valueMac]) },
      keyId: { id: this.#keyId },
    };
    if (operation === SET) {
      this.#valueMacs.set(name, valueMac);
      this.#records.set(name, record);
    } else {
      this.#valueMacs.delete(name);
      this.#records.delete(name);
    }
    const version = this.version + 1;
    this.#snapshotMac = hmac('sha256', this.#keys.snapshotMac, this.#hash, uint64(version), Buffer.from(this.#name));
    this.#patches.push(
      proto.SyncdPatch.encode({
        version: { version },
        keyId: { id: this.#keyId },
        snapshotMac: this.#snapshotMac,
        patchMac: hmac(
          'sha256',
          this.#keys.patchMac,
          this.#snapshotMac,
          valueMac,
          uint64(version),
          Buffer.from(this.#name),
        ),
        mutations: [{ operation, record }],
      }).finish(),
    );
  }

  #valueMac(operation: 0 | 1, encrypted: Buffer): Buffer {
    const associated = Buffer.concat([Buffer.from([operation === SET ? 1 : 2]), this.#keyId]);
    return hmac('sha512', this.#keys.valueMac, associated, encrypted, uint64(associated.length)).subarray(0, 32);
  }
}

/**
 * Answers the companions' sync queries with what their account's phone has written: patches, and a snapshot where one is asked for
 * and there is something. `blobs`: where a snapshot is kept; null sends patches alone. `synced` hears of each query.
 */
export function appStateQuery(
  stateOf: (number: string, collection: string) => AppState | undefined,
  blobs: () => MediaHost | null,
  synced: (device: Device, collections: readonly string[]) => void,
): QueryHandler {
  return (query, { device }) => {
    const asked = children(child(query, 'sync'));
    synced(
      device,
      asked.map(({ attrs }) => attrs.name ?? ''),
    );
    return [
      node(
        'sync',
        {},
        asked.map(({ attrs }) => {
          const state = stateOf(device.user.number, attrs.name ?? '');
          const host = blobs();
          const whole = attrs.return_snapshot === 'true' && state && state.version > 0 && host;
          return node(
            'collection',
            { name: attrs.name, version: String(state?.version ?? attrs.version), type: 'result' },
            whole ? [snapshotNode(host, state)] : [patchesNode(state?.since(Number(attrs.version ?? 0)) ?? [])],
          );
        }),
      ),
    ];
  };
}

function patchesNode(patches: readonly Uint8Array[]): Stanza {
  return node(
    'patches',
    {},
    patches.map((patch) => node('patch', {}, patch)),
  );
}

/** A reference to a blob, encrypted like any file. */
function snapshotNode(host: MediaHost, state: AppState): Stanza {
  const { mediaKey, directPath, fileSha256, fileEncSha256, fileLength } = host.keep(
    'App State',
    state.snapshot(),
  ).reference;
  return node(
    'snapshot',
    {},
    proto.ExternalBlobReference.encode({
      mediaKey,
      directPath,
      handle: directPath,
      fileSizeBytes: fileLength,
      fileSha256,
      fileEncSha256,
    }).finish(),
  );
}

function expand(keyData: Buffer): Keys {
  const bytes = Buffer.from(hkdfSync('sha256', keyData, Buffer.alloc(0), 'WhatsApp Mutation Keys', 160));
  const part = (number: number): Buffer => bytes.subarray(number * 32, number * 32 + 32);
  return { index: part(0), cipher: part(1), valueMac: part(2), snapshotMac: part(3), patchMac: part(4) };
}

function hmac(algorithm: 'sha256' | 'sha512', key: Buffer, ...parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac(algorithm, key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
