/** What this browser keeps: its pairing, whose private key no script can read, the last snapshot for the first paint, and what the person chose. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { DEFAULT_PORT } from '../../shared/contract/port.ts';
import type { Snapshot } from '../../shared/contract/wire.ts';
import { type Language, spokenIn } from '../../shared/locales/languages.ts';
import { withoutPeople } from './kept-snapshot.ts';

/** What a paired browser keeps. The private key cannot be read by any script. */
export type Pairing = {
  readonly port: number;
  readonly clientId: string;
  readonly keys: CryptoKeyPair;
  /** SPKI, base64url: the relay proves it on every connection. */
  readonly relayKey: string;
};

/** `port`: where the relay is looked for on this computer. `language`: null for the browser's own. */
export type Preferences = { readonly port: number; readonly language: Language | null };

/** The language that was chosen, else the browser's own where Recado speaks it; English for everyone else. */
export function languageOf(chosen: Language | null): Language {
  return chosen ?? spokenIn(navigator.language) ?? 'en';
}

const DEFAULTS: Preferences = { port: DEFAULT_PORT, language: null };

interface Schema extends DBSchema {
  pairing: { key: 'relay'; value: Pairing };
  /** `last` for the first paint; `noticed` is what the toolbar has told news of. */
  snapshot: { key: 'last' | 'noticed'; value: Snapshot };
  preferences: { key: 'all'; value: Preferences };
  /** What the next popup is opened for: an attempt to link that was begun here, or a wish to unlink. Agents' ids. */
  attempt: { key: 'agent' | 'unlinking'; value: string };
}

/** What a popup opens with. `attempt` and `wish` are agents' ids: one is being linked, the other is to be asked about unlinking. */
export type Opening = {
  readonly pairing: Pairing | null;
  readonly last: Snapshot | null;
  readonly preferences: Preferences;
  readonly attempt: string | null;
  readonly wish: string | null;
};

export class BrowserStore {
  readonly #database: Promise<IDBPDatabase<Schema>>;

  constructor() {
    this.#database = openDB<Schema>('recado', 1, {
      upgrade(database) {
        database.createObjectStore('pairing');
        database.createObjectStore('snapshot');
        database.createObjectStore('preferences');
        database.createObjectStore('attempt');
      },
    });
  }

  async pairing(): Promise<Pairing | null> {
    return (await (await this.#database).get('pairing', 'relay')) ?? null;
  }

  /** A new relay knows nothing of what the old one told. */
  async keepPairing(pairing: Pairing): Promise<void> {
    const database = await this.#database;
    await database.put('pairing', pairing, 'relay');
    await database.clear('snapshot');
  }

  async forgetPairing(): Promise<void> {
    const database = await this.#database;
    await database.delete('pairing', 'relay');
    await database.clear('snapshot');
  }

  async preferences(): Promise<Preferences> {
    return (await (await this.#database).get('preferences', 'all')) ?? DEFAULTS;
  }

  /** A relay that moved to another port is the same relay: its pairing goes along. */
  async keepPreferences(preferences: Preferences): Promise<void> {
    const database = await this.#database;
    await database.put('preferences', preferences, 'all');
    const pairing = await database.get('pairing', 'relay');
    if (pairing && pairing.port !== preferences.port)
      await database.put('pairing', { ...pairing, port: preferences.port }, 'relay');
  }

  /** In one look, since a popup waits for it. A wish is told once: the popup after this one opens as always. */
  async opening(): Promise<Opening> {
    const look = (await this.#database).transaction(['pairing', 'snapshot', 'preferences', 'attempt']);
    const [pairing, last, preferences, attempt, wish] = await Promise.all([
      look.objectStore('pairing').get('relay'),
      look.objectStore('snapshot').get('last'),
      look.objectStore('preferences').get('all'),
      look.objectStore('attempt').get('agent'),
      look.objectStore('attempt').get('unlinking'),
    ]);
    if (wish !== undefined) await this.keepWish(null);
    return {
      pairing: pairing ?? null,
      last: last ?? null,
      preferences: preferences ?? DEFAULTS,
      attempt: attempt ?? null,
      wish: wish ?? null,
    };
  }

  /** The agent that a popup of this browser has begun to link, and not ended. */
  async keepAttempt(agent: string | null): Promise<void> {
    const database = await this.#database;
    if (agent === null) await database.delete('attempt', 'agent');
    else await database.put('attempt', agent, 'agent');
  }

  async lastSnapshot(): Promise<Snapshot | null> {
    return (await (await this.#database).get('snapshot', 'last')) ?? null;
  }

  async noticed(): Promise<Snapshot | null> {
    return (await (await this.#database).get('snapshot', 'noticed')) ?? null;
  }

  async keepNoticed(snapshot: Snapshot): Promise<void> {
    await (await this.#database).put('snapshot', withoutPeople(snapshot), 'noticed');
  }

  async keepWish(unlinking: string | null): Promise<void> {
    const database = await this.#database;
    if (unlinking === null) await database.delete('attempt', 'unlinking');
    else await database.put('attempt', unlinking, 'unlinking');
  }

  async keepSnapshot(snapshot: Snapshot): Promise<void> {
    await (await this.#database).put('snapshot', withoutPeople(snapshot), 'last');
  }
}
