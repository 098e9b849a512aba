/**
 * Structured logs: a constant message, data beside it, an error under `err`.
 * Refuses secrets by shape: whatever could carry one is never handed to it, and the usual field names are cut besides.
 */
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

const SECRET_FIELDS = [
  'text',
  'key',
  'qr',
  'token',
  'creds',
  'number',
  'name',
  'content',
  'message',
  'body',
  'headers',
];

export function createLog(level: LogLevel, destination: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '…' },
      serializers: { err: describeError },
    },
    destination,
  );
}

/** Name, code and stack frames of an error: its message may quote what it failed on, so it stays out. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { type: error.name, code, frames, cause: error.cause === undefined ? undefined : describeError(error.cause) };
}
