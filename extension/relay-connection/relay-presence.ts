/** True if something listens where the relay would be. Says nothing to it, and learns nothing else of it. */
import { WIRE_PATH } from '../../shared/contract/wire.ts';

/** As long as a program on this computer may take to answer a knock. */
const PROBE_MS = 1_000;

/** Never rejects. Aborting is an answer too: no. */
export function isRelayThere(port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${WIRE_PATH}`);
    const end = (isThere: boolean): void => {
      clearTimeout(timer);
      resolve(isThere);
      socket.close();
    };
    const timer = setTimeout(() => end(false), PROBE_MS);
    socket.onopen = () => end(true);
    socket.onerror = () => end(false);
    signal.addEventListener('abort', () => end(false), { once: true });
  });
}
