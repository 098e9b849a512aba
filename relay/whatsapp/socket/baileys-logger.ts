/**
 * Baileys' logger, cut down to what may be written: warnings and errors, their sentence without numbers, nothing beside it.
 * Its data holds keys, texts and addresses.
 */
import type { SocketConfig } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';

type BaileysLogger = SocketConfig['logger'];

/** A broken peer makes Baileys repeat itself for every message. */
const QUIET_MS = 60_000;
const MOST_SENTENCES = 200;

export function baileysLogger(log: Log, clock: Clock): BaileysLogger {
  const lastAt = new Map<string, number>();
  const write = (level: 'warn' | 'error', first: unknown, second?: string): void => {
    const sentence = withoutNumbers(typeof first === 'string' ? first : (second ?? 'no sentence'));
    const now = clock.monotonic();
    if (now - (lastAt.get(sentence) ?? -QUIET_MS) < QUIET_MS) return;
    if (lastAt.size >= MOST_SENTENCES) lastAt.clear();
    lastAt.set(sentence, now);
    log[level]({ said: sentence }, 'baileys');
  };
  const nothing = (): void => undefined;
  const logger: BaileysLogger = {
    level: 'warn',
    child: () => logger,
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: (first: unknown, second?: string) => write('warn', first, second),
    error: (first: unknown, second?: string) => write('error', first, second),
  };
  return logger;
}

function withoutNumbers(sentence: string): string {
  return sentence.replaceAll(/\d{3,}/g, '…').slice(0, 200);
}
