/** What stands between a relay and WhatsApp: passes bytes on, until a test makes it fall silent or answer for itself. */
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type TcpProxy = {
  readonly url: string;
  /** Bytes no longer pass, and nobody is told. New connections fare no better. */
  fallSilent(): void;
  passAgain(): void;
  /** New connections get this HTTP status, as from a company's proxy or a hotel's login page; null passes them on. */
  answerWith(status: number | null): void;
  cut(): void;
};

export async function startProxy(target: string): Promise<TcpProxy> {
  const { port, pathname } = new URL(target);
  const pairs = new Set<readonly [Socket, Socket | null]>();
  let silent = false;
  let status: number | null = null;
  const server = createServer((inner) => {
    inner.on('error', () => inner.destroy());
    if (status !== null) {
      inner.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    const outer = silent ? null : connectTo(Number(port), inner);
    const pair = [inner, outer] as const;
    pairs.add(pair);
    inner.on('close', () => {
      outer?.destroy();
      pairs.delete(pair);
    });
    if (!outer) inner.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const [inner] of pairs) inner.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  const own = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `ws://127.0.0.1:${own}${pathname}`,
    fallSilent: () => {
      silent = true;
      for (const [inner, outer] of pairs) {
        inner.unpipe();
        outer?.unpipe();
        inner.pause();
        outer?.pause();
      }
    },
    passAgain: () => {
      silent = false;
    },
    answerWith: (next) => {
      status = next;
    },
    cut,
  };
}

function connectTo(port: number, inner: Socket): Socket {
  const outer = connect(port, '127.0.0.1');
  outer.on('error', () => inner.destroy());
  outer.on('close', () => inner.destroy());
  inner.pipe(outer);
  outer.pipe(inner);
  return outer;
}
