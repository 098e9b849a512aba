/** The extension's http with a real store behind it and a played relay. */
import { onTestFinished } from 'vitest';
import { type Clock, systemClock, systemRandom } from '../../relay/clock.ts';
import { HttpServer } from '../../relay/server/http-server.ts';
import { PairingCodes } from '../../relay/server/pairing-codes.ts';
import { loadRelayKey } from '../../relay/server/relay-key.ts';
import { ExtensionServer } from '../../relay/server/websocket-server.ts';
import type { Store } from '../../relay/store/store.ts';
import { FakeRelayApi } from './fake-relay-api.ts';
import { silentLog } from './silent-log.ts';
import { testStore } from './store.ts';

export type ServerBench = {
  readonly server: ExtensionServer;
  readonly codes: PairingCodes;
  readonly relay: FakeRelayApi;
  readonly store: Store;
  readonly port: number;
  stop(): Promise<void>;
};

export async function startServerBench(
  given: { readonly clock?: Clock; readonly store?: Store; readonly port?: number } = {},
): Promise<ServerBench> {
  const clock = given.clock ?? systemClock;
  const store = given.store ?? (await testStore());
  const relay = new FakeRelayApi('Sales');
  const codes = new PairingCodes({ clock, random: systemRandom });
  const log = silentLog();
  const server = new ExtensionServer({
    relay,
    codes,
    clock,
    random: systemRandom,
    log,
    clients: store.clients,
    key: await loadRelayKey(store.clients),
    watch: (listener) => relay.relayChanges.watch(listener),
  });
  await server.start();
  const http = new HttpServer({
    port: given.port ?? 0,
    clock,
    log,
    upgrade: (...upgrade) => server.upgrade(...upgrade),
  });
  await http.start();
  const stop = async (): Promise<void> => {
    await server.stop();
    await http.stop();
  };
  onTestFinished(stop);
  return { server, codes, relay, store, port: http.port, stop };
}
