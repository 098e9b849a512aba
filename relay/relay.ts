/** The relay: numbered steps up, the same steps down. Knows every layer; decides nothing that one of them could. */
import { systemClock, systemRandom, type Timer } from './clock.ts';
import { DataExport } from './data-export.ts';
import { HttpDoor } from './hub/http.ts';
import { Hub } from './hub/hub.ts';
import { LocalSocket } from './hub/local-socket.ts';
import { PairingDesk } from './hub/pairing-desk.ts';
import { loadRelayKey } from './hub/relay-key.ts';
import { localAddress } from './hub/socket-path.ts';
import { StatusBoard } from './hub/status-board.ts';
import type { Log } from './log.ts';
import { openLogFile } from './log-file.ts';
import { guardProcess } from './process-guard.ts';
import { relayActs } from './relay-acts.ts';
import { Roster } from './roster.ts';
import type { Settings } from './settings/catalogue.ts';
import type { Sources } from './settings/resolution.ts';
import { SettingsDesk } from './settings/settings-desk.ts';
import { openStore } from './store/sqlite-store.ts';
import type { Store } from './store/store.ts';
import { guardConsole } from './whatsapp/console-guard.ts';
import { repairServerTrust } from './whatsapp/server-trust.ts';
import { Unlinking } from './whatsapp/unlinking.ts';

export type RunningRelay = {
  readonly port: number;
  readonly home: string;
  /** Resolves at an error that nobody caught: the relay is to be stopped, and started again. */
  readonly failed: Promise<void>;
  /** Everything down again; twice is fine. */
  stop(): Promise<void>;
};

const DAY_MS = 86_400_000;

/** Rejects with StoreError or CommandError, whose sentences say what to do; whatever was up is down again then. */
export async function startRelay(settings: Settings, sources: Sources): Promise<RunningRelay> {
  const down: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of down.splice(0).reverse()) await step();
  };
  try {
    const { port, failed } = await up(settings, sources, down);
    return { port, home: settings.home, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function up(
  settings: Settings,
  sources: Sources,
  down: (() => Promise<void>)[],
): Promise<Pick<RunningRelay, 'port' | 'failed'>> {
  // 1. The store first: it takes the data directory for us alone, or says whose it is.
  const store = await openStore(settings.home, { random: systemRandom });
  down.push(() => store.close());

  // 2. The log, and nothing but the log: libraries print secrets.
  const { log, close } = openLogFile(settings.home, settings.logLevel);
  down.push(async () => close());
  const release = guardConsole(log);
  down.push(async () => release());
  const guard = guardProcess(log);
  down.push(async () => guard.release());

  // 3. WhatsApp's certificate, before any socket.
  repairServerTrust(settings.simulated?.rootKey ?? null);

  // 4. The key by which browsers know this relay, and beside the data the word that they are there.
  const key = await loadRelayKey(store.clients);
  await store.settle();

  // 5. Agents with their links, and the logouts that are still under way.
  const common = { clock: systemClock, random: systemRandom, log, settings };
  const board = new StatusBoard();
  const unlinking: Unlinking = new Unlinking({
    ...common,
    links: store.links,
    done: (id, confirmed) => roster.find(id)?.session.loggedOut(confirmed),
  });
  const roster: Roster = new Roster({
    ...common,
    store,
    board,
    logOut: (id) => unlinking.begin(id),
    connected: () => {
      store.settle().catch((err: unknown) => log.error({ err }, 'the data file could not be brought up to date'));
    },
  });
  down.push(() => unlinking.stop());
  down.push(() => roster.stop());
  await unlinking.start();
  await roster.start();

  // 6. Housekeeping.
  down.push(keepHouse(store, settings, log));

  // 7. The doors, last: whoever knocks finds everything in its place.
  const address = localAddress(settings.home, process.platform, process.env);
  const desk = new PairingDesk(common);
  const settingsDesk = new SettingsDesk({ settings, sources, environment: process.env });
  const exports = new DataExport({ home: settings.home, store, settings: settingsDesk, clock: systemClock });
  await exports.removeHalf();
  const acts = relayActs({
    roster,
    store,
    board,
    clock: systemClock,
    desk,
    settings: settingsDesk,
    exports,
    disconnect: (id) => hub.disconnect(id),
  });
  const hub: Hub = new Hub({
    ...common,
    relay: acts,
    desk,
    clients: store.clients,
    key,
    watch: (listener) => board.watch(listener),
  });
  const socket = new LocalSocket({ address, relay: acts, log });
  down.push(() => socket.stop());
  await socket.start();
  const http = new HttpDoor({ port: settings.port, log, upgrade: (...knock) => hub.upgrade(...knock) });
  down.push(() => http.stop());
  down.push(() => hub.stop());
  await hub.start();
  await http.start();
  log.info({ port: http.port }, 'the relay is up');
  return { port: http.port, failed: guard.failed };
}

/** Erases what is older than it may be kept, now and once a day. */
function keepHouse(store: Store, settings: Settings, log: Log): () => Promise<void> {
  let timer: Timer | null = null;
  let running: Promise<void> = Promise.resolve();
  const keep = {
    textsMs: settings.keepTextsDays * DAY_MS,
    idsMs: settings.keepIdsDays * DAY_MS,
    sentMs: settings.keepSentDays * DAY_MS,
  };
  const clean = (): void => {
    running = store
      .prune(systemClock.now(), keep)
      .then((rows) => log.debug({ rows }, 'erased what was old'))
      .catch((err: unknown) => log.error({ err }, 'what is old could not be erased'));
    timer = systemClock.after(DAY_MS, clean);
  };
  clean();
  return async () => {
    timer?.cancel();
    await running;
  };
}
