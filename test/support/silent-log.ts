/** A log for parts whose log no test reads. */
import { createLog, type Log } from '../../relay/log.ts';

export function silentLog(): Log {
  return createLog('silent', { write: () => undefined });
}
