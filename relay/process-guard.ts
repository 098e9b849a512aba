/** What nobody in this process has caught: written down without secrets. A rejection is survived; an exception ends the relay in order. */
import type { Log } from './log.ts';

export type ProcessGuard = {
  /** Resolves at the first uncaught exception: what it left half-done is unknown, so the relay must stop and be started again. */
  readonly failed: Promise<void>;
  release(): void;
};

export function guardProcess(log: Log): ProcessGuard {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onException = (err: unknown): void => {
    log.fatal({ err }, 'an error that nobody caught: the relay stops');
    resolve();
  };
  // Baileys' own listeners reject where nobody waits, such as on a line that just closed: no reason to fall over.
  const onRejection = (err: unknown): void => log.error({ err }, 'something failed that nobody waited for');
  process.on('uncaughtException', onException);
  process.on('unhandledRejection', onRejection);
  return {
    failed: promise,
    release: () => {
      process.off('uncaughtException', onException);
      process.off('unhandledRejection', onRejection);
    },
  };
}
