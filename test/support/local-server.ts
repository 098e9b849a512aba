/** The local socket before a played relay, in a directory of its own. */
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { RelayApi } from '../../relay/api/relay-api.ts';
import { systemClock } from '../../relay/clock.ts';
import { LocalSocket } from '../../relay/server/local-socket.ts';
import { type LocalAddress, localAddress } from '../../relay/server/socket-path.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export type LocalDoor = { readonly home: string; readonly address: LocalAddress; stop(): Promise<void> };

export async function openLocalServer(
  relay: RelayApi,
  { home = temporaryDirectory(), address = localAddress(home, process.platform, process.env) } = {},
): Promise<LocalDoor> {
  const socket = new LocalSocket({ address, relay, clock: systemClock, log: pino({ level: 'silent' }) });
  await socket.start();
  onTestFinished(() => socket.stop());
  return { home: path.resolve(home), address, stop: () => socket.stop() };
}
