/** A proxy that tunnels (CONNECT): every name leads to one port of this computer. Records what was asked of it. */
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export type FakeProxy = {
  /** `http://127.0.0.1:<port>`, with the user and password if there are some. */
  readonly url: string;
  /** The names and ports that were asked for, in order. */
  readonly tunnels: readonly string[];
  stop(): Promise<void>;
};

export async function startFakeProxy(target: { readonly port: number; readonly login?: string }): Promise<FakeProxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket, head) => {
    tunnels.push(request.url ?? '');
    const wanted = target.login && `Basic ${Buffer.from(target.login).toString('base64')}`;
    if (wanted && request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const onward = connect(target.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${target.login ? `${target.login}@` : ''}127.0.0.1:${port}`,
    tunnels,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
