/** A client of the relay's local socket, written from the protocol and not from the relay's own code. */
import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';

type CommandFailure = { readonly code: string; readonly message: string; readonly hint: string };
type Frame = {
  readonly id: number;
  readonly event?: Record<string, unknown>;
  readonly ok?: boolean;
  readonly result?: unknown;
  readonly error?: CommandFailure;
};

export class LocalClient {
  readonly #socket: Socket;
  readonly #frames = new EventEmitter().setMaxListeners(0);
  #next = 1;
  #rest = '';

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      const lines = (this.#rest + chunk).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const frame: Frame = JSON.parse(line);
        this.#frames.emit(String(frame.id), frame);
      }
    });
  }

  /** Resolves to the result; rejects with the relay's own error. Events on the way go to `onEvent`. */
  ask<T>(
    command: string,
    params: object = {},
    onEvent: (event: Record<string, unknown>) => void = () => undefined,
  ): Promise<T> {
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      const onFrame = (frame: Frame): void => {
        if (frame.event) {
          onEvent(frame.event);
          return;
        }
        this.#frames.off(String(id), onFrame);
        if (frame.ok) resolve(frame.result as T);
        else reject(Object.assign(new Error(frame.error?.message), frame.error));
      };
      this.#frames.on(String(id), onFrame);
      this.#socket.write(`${JSON.stringify({ id, command, params })}\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

export async function localClient(path: string): Promise<LocalClient> {
  const socket = connect(path);
  await once(socket, 'connect');
  return new LocalClient(socket);
}
