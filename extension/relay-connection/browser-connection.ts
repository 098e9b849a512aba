/** The connection to the relay with this browser's own sockets and clock. */
import type { ConnectionState } from './connection-state.ts';
import { onPageMessage, tellPages } from './page-message.ts';
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

/** `early`: where a page has begun to dial earlier. What one page finds back, the others and the toolbar find at the same moment. */
export function browserConnection(
  changed: (state: ConnectionState) => void,
  early: typeof dial = dial,
): RelayConnection {
  let isThere = false;
  const connection = new RelayConnection({
    origin: ORIGIN,
    dial: early,
    now: () => Date.now(),
    after,
    changed: (state) => {
      changed(state);
      if (state.type === 'ready' && !isThere) tellPages('there');
      isThere = state.type === 'ready';
    },
  });
  onPageMessage('there', () => connection.retry());
  return connection;
}
