/** Asks a relay that does not know this browser to show a code where it runs. */
import { WIRE_PATH, WIRE_VERSION } from '../../shared/contract/wire.ts';

/** `shown`: a code stands in the relay's terminal; `unread`: it has none, or is an older one. */
export type CodeAnswer = 'shown' | 'unread';

/** As long as a relay may take to answer. */
const PATIENCE_MS = 3_000;
const DONE = 1000;

/** Never rejects. Aborting is an answer too: unread. */
export function askForCode(port: number, signal: AbortSignal): Promise<CodeAnswer> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${WIRE_PATH}`);
    const end = (answer: CodeAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      socket.close();
    };
    const timer = setTimeout(() => end('unread'), PATIENCE_MS);
    socket.onopen = () => socket.send(JSON.stringify({ type: 'ask-code', version: WIRE_VERSION }));
    socket.onclose = ({ code }) => end(code === DONE ? 'shown' : 'unread');
    socket.onerror = () => end('unread');
    signal.addEventListener('abort', () => end('unread'), { once: true });
  });
}
