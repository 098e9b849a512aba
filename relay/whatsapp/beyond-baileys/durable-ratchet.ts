/**
 * No message key is used twice. Baileys 7.0.0-rc14 encrypts and sends within one transaction of its key store, so the ratchet's step
 * becomes durable after the bytes have left: a relay that is killed in between takes the same step again, with another text.
 * What moves a ratchet to send therefore has a transaction of its own, which ends before the bytes are on the wire.
 * Remove when Baileys commits the ratchet's step before it sends.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SocketConfig } from '@whiskeysockets/baileys';

type Repository = ReturnType<SocketConfig['makeSignalRepository']>;
type Steps = Pick<Repository, 'encryptMessage' | 'injectE2ESession' | 'deleteSession'>;

/**
 * The repository's own steps, outside of whatever transaction they are called in: Baileys finds the one it is in by the async context, so
 * each runs in the context of now. To be called while the socket is made, which is in no transaction. `settled` resolves when what was
 * written is on the disk.
 */
export function durableSteps(repository: Repository, settled: () => Promise<void>): Steps {
  const outside = AsyncLocalStorage.snapshot();
  return {
    encryptMessage: async (options) => {
      const encrypted = await outside(() => repository.encryptMessage(options));
      await settled();
      return encrypted;
    },
    injectE2ESession: (options) => outside(() => repository.injectE2ESession(options)),
    // A deletion that is written last would take a session away that was made after it.
    deleteSession: (jids) => outside(() => repository.deleteSession(jids)),
  };
}
