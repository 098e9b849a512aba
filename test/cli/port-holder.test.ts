/** A port that is taken: by whom, where that is to be known. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { portHolder } from '../../relay/cli/port-holder.ts';
import { PortError } from '../../relay/server/http-server.ts';
import { startServerBench } from '../support/server-bench.ts';
import { begin } from './command-bench.ts';

async function listening(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()));
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

test('a program that says nothing is known by its name, another relay by what it says, nobody by nothing', async () => {
  expect(await portHolder(await listening())).toMatchObject({ type: 'program', pid: process.pid });
  const { port, stop } = await startServerBench();
  expect(await portHolder(port)).toEqual({ type: 'relay' });
  await stop();
  expect(await portHolder(port)).toBeNull();
});

test('the start says who has the port', async () => {
  const port = await listening();
  const startRelay = async (): Promise<never> => {
    throw new PortError('port-taken', 'taken', 'choose');
  };
  const { terminal, exit } = begin(['start', '--port', String(port)], { startRelay });
  expect(await exit).toBe(4);
  expect(terminal.errors).toMatch(new RegExp(`porta ${port}.*É o .*, processo ${process.pid}\\.`));
});
