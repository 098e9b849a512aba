/** The local socket before a played relay, in a directory of its own. */
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { LocalSocket } from '../../relay/hub/local-socket.ts';
import type { RelayPorts } from '../../relay/hub/relay-ports.ts';
import { type LocalAddress, localAddress } from '../../relay/hub/socket-path.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export type LocalDoor = { readonly home: string; readonly address: LocalAddress; stop(): Promise<void> };

export async function openLocalDoor(
  relay: RelayPorts,
  { home = temporaryDirectory(), address = localAddress(home, process.platform, process.env) } = {},
): Promise<LocalDoor> {
  const socket = new LocalSocket({ address, relay, log: pino({ level: 'silent' }) });
  await socket.start();
  onTestFinished(() => socket.stop());
  return { home: path.resolve(home), address, stop: () => socket.stop() };
}
