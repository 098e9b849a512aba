/**
 * libsignal 6 prints whole sessions with `console.info`, private keys included, and each failed decryption with its stack.
 * In the relay's process nothing may be printed that way: the calls are counted, their contents dropped unread.
 * Remove when libsignal prints nothing.
 */
import type { Log } from '../../log.ts';

const METHODS = [
  'log',
  'info',
  'warn',
  'error',
  'debug',
  'trace',
  'dir',
  'dirxml',
  'table',
  'assert',
  'group',
] as const;

/** Returns what puts the methods back. */
export function guardConsole(log: Log): () => void {
  const target: Record<string, unknown> = globalThis.console as unknown as Record<string, unknown>;
  const originals = METHODS.map((method) => [method, target[method]] as const);
  for (const method of METHODS)
    target[method] = () => log.debug({ method }, 'a library printed something; it was dropped');
  return () => {
    for (const [method, original] of originals) target[method] = original;
  };
}
