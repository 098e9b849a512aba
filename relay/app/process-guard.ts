/** Errors of this process that no code has caught: logged without secrets. A rejection is survived; an exception ends the relay in order. */
import type { Log } from '../log.ts';

export type ProcessGuard = {
  /** Resolves at the first uncaught exception: what it left half-done is unknown, so the relay must stop and be started again. */
  readonly failed: Promise<void>;
  release(): void;
};

export function guardProcess(log: Log): ProcessGuard {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onException = (err: unknown): void => {
    log.fatal({ err }, 'an uncaught error: the relay stops');
    resolve();
  };
  // Baileys' own listeners reject without a handler, such as on a connection that just closed. That ends nothing.
  const onRejection = (err: unknown): void => log.error({ err }, 'an unhandled rejection');
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
