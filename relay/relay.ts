/** The relay: numbered steps up, the same steps down. Knows every layer; decides nothing that one of them could. */
import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { systemClock, systemRandom, type Timer } from './clock.ts';
import { DataExport } from './data-export.ts';
import { HttpDoor } from './hub/http.ts';
import { Hub } from './hub/hub.ts';
import { LocalSocket } from './hub/local-socket.ts';
import { PairingDesk } from './hub/pairing-desk.ts';
import { loadRelayKey } from './hub/relay-key.ts';
import { localAddress } from './hub/socket-path.ts';
import { StatusBoard } from './hub/status-board.ts';
import { createLog, type Log } from './log.ts';
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
  /** Everything down again; twice is fine. */
  stop(): Promise<void>;
};

const LOG_FILE = 'relay.log';
/** A log that has grown beyond this when the relay starts makes room for a new one; one former is kept. */
const MOST_LOG_BYTES = 5_000_000;
const DAY_MS = 86_400_000;

/** Rejects with StoreError or CommandError, whose sentences say what to do; whatever was up is down again then. */
export async function startRelay(settings: Settings, sources: Sources): Promise<RunningRelay> {
  const down: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of down.splice(0).reverse()) await step();
  };
  try {
    const port = await up(settings, sources, down);
    return { port, home: settings.home, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function up(settings: Settings, sources: Sources, down: (() => Promise<void>)[]): Promise<number> {
  // 1. The store first: it takes the data directory for us alone, or says whose it is.
  const store = await openStore(settings.home, { random: systemRandom });
  down.push(() => store.close());

  // 2. The log, and nothing but the log: libraries print secrets.
  const log = openLog(settings, down);
  const release = guardConsole(log);
  down.push(async () => release());
  down.push(guardRejections(log));

  // 3. WhatsApp's certificate, before any socket.
  repairServerTrust(settings.simulated?.rootKey ?? null);

  // 4. Agents with their links, and the logouts that are still under way.
  const common = { clock: systemClock, random: systemRandom, log, settings };
  const board = new StatusBoard();
  const unlinking: Unlinking = new Unlinking({
    ...common,
    links: store.links,
    done: (id, confirmed) => roster.find(id)?.session.loggedOut(confirmed),
  });
  const roster: Roster = new Roster({ ...common, store, board, logOut: (id) => unlinking.begin(id) });
  down.push(() => unlinking.stop());
  down.push(() => roster.stop());
  await unlinking.start();
  await roster.start();

  // 5. Housekeeping.
  down.push(keepHouse(store, settings, log));

  // 6. The doors, last: whoever knocks finds everything in its place.
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
    key: await loadRelayKey(store.clients),
    watch: (listener) => board.watch(listener),
  });
  const socket = new LocalSocket({ address, relay: acts, log });
  down.push(() => socket.stop());
  await socket.start();
  const http = new HttpDoor(settings.port, (...knock) => hub.upgrade(...knock));
  down.push(() => http.stop());
  down.push(() => hub.stop());
  hub.start();
  await http.start();
  log.info({ port: http.port }, 'the relay is up');
  return http.port;
}

/** Baileys' own listeners reject where nobody waits, such as on a line that just closed. Written down, and no reason to fall over. */
function guardRejections(log: Log): () => Promise<void> {
  const onRejection = (err: unknown): void => log.error({ err }, 'something failed that nobody waited for');
  process.on('unhandledRejection', onRejection);
  return async () => void process.off('unhandledRejection', onRejection);
}

function openLog(settings: Settings, down: (() => Promise<void>)[]): Log {
  const file = path.join(settings.home, LOG_FILE);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_LOG_BYTES) renameSync(file, `${file}.1`);
  const destination = pino.destination({ dest: file, mode: 0o600, sync: true });
  const log = createLog(settings.logLevel, destination);
  down.push(async () => {
    // A library's last words may come later than the file's end.
    log.level = 'silent';
    destination.end();
  });
  return log;
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
