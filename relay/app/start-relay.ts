/** Starts the relay in numbered steps, and stops it in the reverse order. Knows every room; decides nothing that one of them could. */
import type { Preset } from '../../shared/contract/preset.ts';
import { type Clock, systemClock, systemRandom, type Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import { prepareNetwork } from '../network.ts';
import { HttpServer } from '../server/http-server.ts';
import { LocalSocket } from '../server/local-socket.ts';
import { PairingCodes } from '../server/pairing-codes.ts';
import { loadRelayKey } from '../server/relay-key.ts';
import { localAddress } from '../server/socket-path.ts';
import { ExtensionServer } from '../server/websocket-server.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { Sources } from '../settings/resolution.ts';
import { SettingsEditor } from '../settings/settings-editor.ts';
import { openStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { guardConsole } from '../whatsapp/beyond-baileys/console-guard.ts';
import { Unlinking } from '../whatsapp/link/unlinking.ts';
import { AgentRegistry } from './agent-registry.ts';
import { ChangeLock } from './change-lock.ts';
import { DataExport } from './data-export.ts';
import { atEachMidnight } from './day-turn.ts';
import { LinkStatuses } from './link-statuses.ts';
import { LocalServers } from './local-servers.ts';
import { openLogFile } from './log-file.ts';
import { guardProcess } from './process-guard.ts';
import { createRelayApi } from './relay-api.ts';
import { RelayChanges } from './relay-changes.ts';

export type RunningRelay = {
  readonly port: number;
  readonly home: string;
  /** Resolves at an uncaught error: the relay is to be stopped, and started again. */
  readonly failed: Promise<void>;
  /** Resolves when somebody asked for it: the relay is to be stopped, and started again with the settings as they are then. */
  readonly restart: Promise<void>;
  /** Resolves when somebody asked for it over the local socket: the relay is to be stopped, for good. */
  readonly ended: Promise<void>;
  /** Where somebody reads along: `show` is called when a browser asks for a code. */
  showCodes(show: () => void): void;
  /** Everything down again; twice is fine. */
  stop(): Promise<void>;
};

const DAY_MS = 86_400_000;
const ANSWERED_MS = 100;
const HOME_MS = 5_000;

/** Rejects with StoreError or CommandError, whose sentences say what to do; whatever was up is down again then. */
export async function startRelay(
  settings: Settings,
  sources: Sources,
  clock: Clock = systemClock,
  /** Where programs on this computer are looked for. */
  places?: readonly Preset[],
): Promise<RunningRelay> {
  const down: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of down.splice(0).reverse()) await step();
  };
  try {
    return { ...(await up(settings, sources, { clock, places }, down)), home: settings.home, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function up(
  settings: Settings,
  sources: Sources,
  { clock, places }: { readonly clock: Clock; readonly places: readonly Preset[] | undefined },
  down: (() => Promise<void>)[],
): Promise<Omit<RunningRelay, 'home' | 'stop'>> {
  const restart = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
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

  down.push(prepareNetwork(settings));

  // 3. The key by which browsers know this relay, and beside the data the word that they are there.
  const key = await loadRelayKey(store.clients);
  await store.settle();

  // 4. Agents with their links, and the logouts that are still under way.
  const common = { clock, random: systemRandom, log, settings };
  const relayChanges = new RelayChanges();
  const linkStatuses = new LinkStatuses(() => relayChanges.tell());
  const unlinking: Unlinking = new Unlinking({
    ...common,
    links: store.links,
    done: (id, confirmed) => registry.find(id)?.session.loggedOut(confirmed),
  });
  const registry: AgentRegistry = new AgentRegistry({
    ...common,
    store,
    linkStatuses,
    changed: () => relayChanges.tell(),
    logOut: (id) => unlinking.begin(id),
    connected: () => {
      store.settle().catch((err: unknown) => log.error({ err }, 'the data file could not be brought up to date'));
    },
  });
  down.push(() => unlinking.stop());
  down.push(() => registry.stop());
  // What is half done is done before anything stops.
  const locks = new ChangeLock();
  down.push(() => locks.alone(() => undefined));
  await unlinking.start();
  await registry.start();

  // 5. Housekeeping.
  const endDays = atEachMidnight(clock, () => relayChanges.tell());
  down.push(async () => endDays());
  down.push(keepHouse(store, settings, clock, log));
  down.push(watchHome(store, registry, clock, log));

  // 6. The servers last, when everything that they call is ready.
  const address = localAddress(settings.home, process.platform, process.env);
  const codes = new PairingCodes(common);
  const settingsEditor = new SettingsEditor({ settings, sources, environment: process.env });
  const exports = new DataExport({ home: settings.home, store, settings: settingsEditor, clock });
  await exports.removeHalf();
  const api = createRelayApi({
    registry,
    store,
    linkStatuses,
    changed: () => relayChanges.tell(),
    clock,
    codes,
    settings: settingsEditor,
    limits: settings,
    exports,
    locks,
    localServers: new LocalServers(common, places),
    unlinking,
    // Whoever asked is answered first.
    restart: () => void clock.after(ANSWERED_MS, () => restart.resolve()),
    end: () => void clock.after(ANSWERED_MS, () => end.resolve()),
    port: () => http.port,
    disconnect: (id) => server.disconnect(id),
  });
  // 7. What was to be erased when the relay ended is erased before anybody is let in.
  if (await store.erasing.isUnderWay()) await api.data.forgetAll({ now: false, client: null });
  const server: ExtensionServer = new ExtensionServer({
    ...common,
    relay: api,
    codes,
    clients: store.clients,
    key,
    watch: (listener) => relayChanges.watch(listener),
  });
  const socket = new LocalSocket({ address, relay: api, clock, log });
  down.push(() => socket.stop());
  const http: HttpServer = new HttpServer({
    ...common,
    port: settings.port,
    upgrade: (...upgrade) => server.upgrade(...upgrade),
  });
  down.push(() => http.stop());
  down.push(() => server.stop());
  await server.start();
  await http.start();
  // Whoever is answered here finds everything else up.
  await socket.start();
  log.info({ port: http.port }, 'the relay is up');
  return {
    port: http.port,
    failed: guard.failed,
    restart: restart.promise,
    ended: end.promise,
    showCodes: (show) => codes.showWhenAsked(show),
  };
}

/** Notices that somebody has taken the data directory away: on most systems writing into it goes on, and is lost. */
function watchHome(store: Store, registry: AgentRegistry, clock: Clock, log: Log): () => Promise<void> {
  let timer: Timer;
  const look = async (): Promise<void> => {
    await store.inPlace().catch((err: unknown) => {
      log.error({ err }, 'the data directory is gone');
      for (const id of registry.ids) registry.find(id)?.session.storeFailed(err);
    });
    timer = clock.after(HOME_MS, () => void look());
  };
  timer = clock.after(HOME_MS, () => void look());
  return async () => timer.cancel();
}

/** Erases what is older than it may be kept, now and once a day. */
function keepHouse(store: Store, settings: Settings, clock: Clock, log: Log): () => Promise<void> {
  let timer: Timer | null = null;
  let running: Promise<void> = Promise.resolve();
  const keep = {
    textsMs: settings.keepTextsDays * DAY_MS,
    idsMs: settings.keepIdsDays * DAY_MS,
    sentMs: settings.keepSentDays * DAY_MS,
  };
  const clean = (): void => {
    running = store
      .prune(clock.now(), keep)
      .then((rows) => log.debug({ rows }, 'erased what was old'))
      .catch((err: unknown) => log.error({ err }, 'what is old could not be erased'));
    timer = clock.after(DAY_MS, clean);
  };
  clean();
  return async () => {
    timer?.cancel();
    await running;
  };
}
