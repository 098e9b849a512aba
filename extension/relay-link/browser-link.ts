/** The line to the relay with this browser's own sockets and clock. */
import type { LinkState } from './link-state.ts';
import { RelayLink } from './relay-link.ts';

/** As the browser writes it into every request of the extension. */
export const ORIGIN = location.origin;

export function dial(url: string): WebSocket {
  return new WebSocket(url);
}

/** `early`: where a page has begun to dial earlier. */
export function browserLink(changed: (state: LinkState) => void, early: typeof dial = dial): RelayLink {
  return new RelayLink({
    origin: ORIGIN,
    dial: early,
    now: () => Date.now(),
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    changed,
  });
}
