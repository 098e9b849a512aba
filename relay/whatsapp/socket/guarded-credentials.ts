/**
 * The keys and credentials of a link as one socket uses them. A store that fails closes the connection: Baileys would tell the sender that
 * a message could not be read, and WhatsApp that it is done with. On a closed connection it can say neither, and the message stays at
 * WhatsApp until the store works again.
 */
import type { SignalKeyStore } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';
import type { SignalStore } from './signal-store.ts';

export type GuardedCredentialsDeps = {
  readonly store: SignalStore;
  readonly log: Log;
  /** An ended socket writes nothing: what Baileys still decrypts then would race the next socket for the same ratchet. */
  ended(): boolean;
  /** Closes the connection. */
  failed(error: unknown): void;
};

export class GuardedCredentials {
  readonly #deps: GuardedCredentialsDeps;
  readonly keys: SignalKeyStore;

  constructor(deps: GuardedCredentialsDeps) {
    this.#deps = deps;
    const { keys } = deps.store.state;
    const failed = (error: unknown): never => {
      deps.failed(error);
      throw error;
    };
    this.keys = {
      get: async (type, ids) => Promise.resolve(keys.get(type, ids)).catch(failed),
      set: async (data) => {
        if (deps.ended()) throw new Error('this socket has ended');
        await Promise.resolve(keys.set(data)).catch(failed);
      },
    };
  }

  /** Durable when it resolves; rejects where the credentials were not written, and the connection is closed then. */
  async save(): Promise<void> {
    const { store, log, ended, failed } = this.#deps;
    // What an ended socket still learns is in the same object, and goes with the next one's first change.
    if (ended()) return;
    try {
      await store.saveCredentials();
    } catch (err) {
      log.error({ err }, 'the credentials could not be written: the connection is closed');
      failed(err);
      throw err;
    }
  }
}
