/** The extension's door with a real store behind it and a played relay. */
import { onTestFinished } from 'vitest';
import { type Clock, systemClock, systemRandom } from '../../relay/clock.ts';
import { HttpDoor } from '../../relay/hub/http.ts';
import { Hub } from '../../relay/hub/hub.ts';
import { PairingDesk } from '../../relay/hub/pairing-desk.ts';
import { loadRelayKey } from '../../relay/hub/relay-key.ts';
import type { Store } from '../../relay/store/store.ts';
import { FakeRelay } from './fake-relay.ts';
import { silentLog } from './silent-log.ts';
import { testStore } from './store.ts';

export type HubBench = {
  readonly hub: Hub;
  readonly desk: PairingDesk;
  readonly relay: FakeRelay;
  readonly store: Store;
  readonly port: number;
  stop(): Promise<void>;
};

export async function startHub(
  given: { readonly clock?: Clock; readonly store?: Store; readonly port?: number } = {},
): Promise<HubBench> {
  const clock = given.clock ?? systemClock;
  const store = given.store ?? (await testStore());
  const relay = new FakeRelay('Sales');
  const desk = new PairingDesk({ clock, random: systemRandom });
  const log = silentLog();
  const hub = new Hub({
    relay,
    desk,
    clock,
    random: systemRandom,
    log,
    clients: store.clients,
    key: await loadRelayKey(store.clients),
    watch: (listener) => relay.board.watch(listener),
  });
  await hub.start();
  const door = new HttpDoor({ port: given.port ?? 0, log, upgrade: (...knock) => hub.upgrade(...knock) });
  await door.start();
  const stop = async (): Promise<void> => {
    await hub.stop();
    await door.stop();
  };
  onTestFinished(stop);
  return { hub, desk, relay, store, port: door.port, stop };
}
