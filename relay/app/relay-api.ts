/** Carries out what commands ask of the relay, on the agent registry and the store. */
import { askedOf, describeAdapters } from '../agents/agent.ts';
import { PRESETS } from '../agents/presets.ts';
import { priceOf } from '../agents/prices.ts';
import { CommandError, diskErrorOf } from '../api/command-error.ts';
import type { AgentCheck, AgentsApi, ClientsApi, DataApi, RelayApi, SettingsApi } from '../api/relay-api.ts';
import type { Clock } from '../clock.ts';
import type { PairingCodes } from '../server/pairing-codes.ts';
import type { SettingName } from '../settings/setting-names.ts';
import type { SettingChange, SettingsEditor, SettingView } from '../settings/settings-editor.ts';
import type { AgentRecord } from '../store/agent-ledger.ts';
import type { ClientId } from '../store/client-ledger.ts';
import type { Store } from '../store/store.ts';
import type { Unlinking } from '../whatsapp/link/unlinking.ts';
import { type AgentApiDeps, agentApi } from './agent-api.ts';
import { commonLimits, type LimitSettings, typedPrice } from './agent-costs.ts';
import { AgentGone, type AgentRegistry } from './agent-registry.ts';
import { viewOf } from './agent-view.ts';
import { BackEndTrials, requireSettings, uniquelyNamed } from './back-end-trials.ts';
import type { ChangeLock } from './change-lock.ts';
import type { DataExport } from './data-export.ts';
import type { LinkStatuses } from './link-statuses.ts';
import type { LocalServers } from './local-servers.ts';

export type RelayApiDeps = {
  readonly registry: AgentRegistry;
  readonly store: Store;
  readonly linkStatuses: LinkStatuses;
  readonly clock: Clock;
  readonly codes: PairingCodes;
  readonly settings: SettingsEditor;
  /** What the relay runs on. */
  readonly limits: LimitSettings;
  readonly exports: DataExport;
  readonly locks: ChangeLock;
  readonly localServers: LocalServers;
  readonly unlinking: Pick<Unlinking, 'settled' | 'abandon'>;
  /** Something that is shown has changed. */
  changed(): void;
  /** At which the extensions' server listens; it does before anybody can ask. */
  port(): number;
  /** The relay stops soon, and starts again. */
  restart(): void;
  /** The relay stops soon, for good. */
  end(): void;
  /** Ends a client's connections. */
  disconnect(id: ClientId): Promise<void>;
};

/** The limits of a local day: a change holds at once. */
const DAY_LIMITS: ReadonlySet<string> = new Set<SettingName>(['dailyAnswers', 'dailyTokens']);
const ANSWERED_MS = 100;
/** WhatsApp answers a logout within a second, where it can be reached. */
const LOGOUT_WAIT_MS = 5_000;

export function createRelayApi(deps: RelayApiDeps): RelayApi {
  const clients = clientsApi(deps);
  return {
    agents: agentsApi({ ...deps, trials: new BackEndTrials(deps), drafts: new Map() }),
    clients,
    settings: settingsApi(deps),
    data: dataApi(deps, clients),
    restart: () => deps.restart(),
    stop: () => deps.end(),
  };
}

function agentsApi(deps: AgentApiDeps & Pick<RelayApiDeps, 'localServers'>): AgentsApi {
  const { registry, store, locks, trials } = deps;
  return {
    list: async () => {
      // An agent may go between two steps of this.
      const records = (await store.agents.list()).filter(({ id }) => registry.find(id) !== null);
      return Promise.all(records.map((record) => viewOf(record, deps)));
    },
    find: async (wanted) => {
      const found = wanted === undefined ? onlyOne(await store.agents.list()) : await store.agents.find(wanted);
      return found && agentApi(found, deps);
    },
    names: async () => (await store.agents.list()).map(({ name }) => name),
    adapters: () => describeAdapters(),
    presets: () => PRESETS,
    add: ({ name, backEnd, key }) =>
      locks.alone(async () => {
        requireSettings(backEnd, key);
        const id = await uniquelyNamed(registry.add({ name, backEnd, secret: key }));
        trials.savedAs(registry.running(id), backEnd, key);
        const record = await store.agents.get(id);
        if (!record) throw new AgentGone();
        return agentApi(record, deps);
      }),
    price: async (id, backEnd) => {
      const record = id === null ? null : await store.agents.get(id);
      const dayTokens = record?.caps.dayTokens ?? null;
      const common = commonLimits(deps.limits, dayTokens);
      return {
        price: await priceOf(askedOf(backEnd), typedPrice(record, backEnd)),
        limits: { ...common, tokens: dayTokens ?? common.tokens },
      };
    },
    try: (id, tried, said, signal) => trials.ask(id, tried, said, signal),
    models: (id, asked, signal) => trials.models(id, asked, signal),
    findLocal: (signal) => deps.localServers.find(signal),
    check: async (signal) =>
      Promise.all((await store.agents.list()).map((record) => checkOf(record, registry, signal))),
  };
}

function onlyOne([first, ...others]: readonly AgentRecord[]): AgentRecord | null {
  return others.length === 0 ? (first ?? null) : null;
}

async function checkOf({ id, name }: AgentRecord, registry: AgentRegistry, signal: AbortSignal): Promise<AgentCheck> {
  const { agent, conversation } = registry.running(id);
  const { health } = conversation;
  const result = await agent.check(signal);
  const { detail } = result;
  if (result.type === 'fault') {
    health.failedTest(result.fault, detail);
    return { id, name, fault: result.fault, isProven: true, detail };
  }
  const isProven = result.type === 'ok';
  if (isProven) health.works();
  else health.reached();
  return { id, name, fault: null, isProven, detail };
}

function clientsApi({ store, codes, port, disconnect }: RelayApiDeps): ClientsApi {
  return {
    issueCode: () => codes.issue(),
    handCode: (origin) => ({ code: codes.hand(origin), port: port() }),
    list: () => store.clients.list(),
    revoke: async (id) => {
      const revoked = await store.clients.revoke(id);
      await disconnect(id);
      return revoked;
    },
  };
}

function settingsApi({ settings, registry }: RelayApiDeps): SettingsApi {
  return {
    list: () => settings.list(),
    change: async (name, value) => {
      const before = numberIn(settings.list(), name);
      const setting = settingOf(changedOnDisk(() => settings.change(name, value)));
      if (DAY_LIMITS.has(setting.name)) {
        const lower = Number(setting.value) < before;
        for (const id of registry.ids) await registry.running(id).conversation.switch.limitsChanged(lower);
      }
      return setting;
    },
  };
}

function dataApi(deps: RelayApiDeps, clients: ClientsApi): DataApi {
  const { registry, store, clock, exports, locks, unlinking } = deps;
  return {
    export: (signal) => exports.write(signal),
    forgetTexts: () =>
      locks.beside(async () => {
        for (const id of registry.ids) await registry.find(id)?.conversation.chats.forgetTexts();
      }),
    forgetAll: async ({ now, client }) => {
      await locks.alone(async () => {
        // Written down first: what a crash leaves half done is done at the next start.
        await store.erasing.begin();
        // Nobody is answered any more before anything is erased, which may take a while.
        await Promise.all(registry.ids.map((id) => registry.running(id).conversation.numberGone()));
        for (const id of registry.ids) await registry.remove(id);
        await store.forgetTexts(null);
        await exports.removeAll();
        await registry.addFirst();
        for (const { id } of await store.clients.list()) if (id !== client) await clients.revoke(id);
        if (now) await unlinking.abandon();
        await store.erasing.end();
      });
      const left = await unlinking.settled(LOGOUT_WAIT_MS);
      // Whoever asked is answered first; being sent away then says that everything is gone.
      if (client !== null) clock.after(ANSWERED_MS, () => void clients.revoke(client as ClientId));
      return left;
    },
  };
}

/** As it holds now; 0 where there is no such number. */
function numberIn(views: readonly SettingView[], name: string): number {
  return Number(views.find((view) => view.name === name)?.value ?? 0);
}

function settingOf(change: SettingChange): SettingView {
  if (change.type === 'changed') return change.setting;
  throw new CommandError(change.fault, change.detail, 'See them all with: recado settings.');
}

/** A file that cannot be written is the disk's fault, or its owner's. */
function changedOnDisk<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw (
      diskErrorOf(error) ??
      new CommandError('store-failed', 'settings.json could not be written.', 'Check the disk: recado doctor.', {
        cause: error,
      })
    );
  }
}
