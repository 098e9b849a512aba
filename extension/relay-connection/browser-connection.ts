/** The connection to the relay with this browser's own sockets and clock. */
import type { ConnectionState } from './connection-state.ts';
import { RelayConnection } from './relay-connection.ts';

/** As the browser writes it into every request of the extension. */
export const ORIGIN = location.origin;

export function dial(url: string): WebSocket {
  return new WebSocket(url);
}

/** Calls back after `ms`; returns what cancels it. */
export function after(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}

/** `early`: where a page has begun to dial earlier. */
export function browserConnection(
  changed: (state: ConnectionState) => void,
  early: typeof dial = dial,
): RelayConnection {
  return new RelayConnection({
    origin: ORIGIN,
    dial: early,
    now: () => Date.now(),
    after,
    changed,
  });
}
