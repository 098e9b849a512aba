/** What commands may call, carried out on the agent registry and the store. */

import { isDeepStrictEqual } from 'node:util';
import type { AgentId, SkipReason } from '../../shared/chat.ts';
import { nextEdge } from '../../shared/schedule.ts';
import { settingProblemOf } from '../../shared/setting-problem.ts';
import { describeAdapters, isSamePlace, problemsWith } from '../agents/agent.ts';
import { CommandError, diskErrorOf, whoIsAnswered } from '../api/command-error.ts';
import type { AgentView, RelayApi, TrialResult } from '../api/relay-api.ts';
import { type Clock, localDay } from '../clock.ts';
import type { PairingCodes } from '../server/pairing-codes.ts';
import type { SettingName } from '../settings/setting-names.ts';
import type { SettingChange, SettingsEditor, SettingView } from '../settings/settings-editor.ts';
import type { AgentRecord, BackEnd } from '../store/agent-ledger.ts';
import type { ClientId } from '../store/client-ledger.ts';
import { type Store, StoreError } from '../store/store.ts';
import type { Unlinking } from '../whatsapp/link/unlinking.ts';
import { chatIdOfText, isGroupChat } from '../whatsapp/typed-chat.ts';
import { AgentGone, type AgentRegistry } from './agent-registry.ts';
import type { ChangeLock } from './change-lock.ts';
import type { DataExport } from './data-export.ts';
import type { LinkStatuses } from './link-statuses.ts';

export type RelayApiDeps = {
  readonly registry: AgentRegistry;
  readonly store: Store;
  readonly linkStatuses: LinkStatuses;
  readonly clock: Clock;
  readonly codes: PairingCodes;
  readonly settings: SettingsEditor;
  readonly exports: DataExport;
  readonly changes: ChangeLock;
  readonly unlinking: Pick<Unlinking, 'settled' | 'abandon'>;
  /** The relay stops soon, and starts again. */
  restart(): void;
  /** Ends a client's connections. */
  disconnect(id: ClientId): Promise<void>;
};

type Tried = { readonly backEnd: BackEnd; readonly secret: string | null; readonly result: TrialResult };

/** As many held chats as are named to whoever looks. */
const MOST_HELD = 4;
/** Of a local day: a change holds at once. */
const DAY_LIMITS: ReadonlySet<string> = new Set<SettingName>(['dailyAnswers', 'dailyTokens']);

/** What to do first, so that a chat may be answered. */
const REMEDIES: ReadonlyMap<SkipReason, string> = new Map([
  ['switched-off', 'Switch the agent on first: recado on.'],
  ['not-in-scope', 'Let this chat be answered first: recado chats answer.'],
  ['owner-wrote', 'Give the chat back first: recado release.'],
  ['brake', 'Give the chat back first: recado release.'],
]);
const HOUR_MS = 3_600_000;
const ANSWERED_MS = 100;
/** WhatsApp answers a logout within a second, where it can be reached. */
const LOGOUT_WAIT_MS = 5_000;

export function createRelayApi(deps: RelayApiDeps): RelayApi {
  const { registry, store, linkStatuses, clock, codes, settings, exports, changes, unlinking, disconnect } = deps;
  const revokeClient = async (id: ClientId): Promise<boolean> => {
    const revoked = await store.clients.revoke(id);
    await disconnect(id);
    return revoked;
  };
  /** The last back end that was tried without being saved. */
  let tried: Tried | null = null;
  /** Saved all the same: what the try has shown is known. */
  const failsAsTried = (id: AgentId, backEnd: BackEnd, secret: string | null): void => {
    const result = tried?.secret === secret && isSame(tried.backEnd, backEnd) ? tried.result : null;
    tried = null;
    if (result?.type === 'fault') registry.running(id).conversation.health.failedTest(result.fault, result.detail);
  };
  return {
    agents: async () => {
      // An agent may go between two steps of this.
      const records = (await store.agents.list()).filter(({ id }) => registry.find(id) !== null);
      return Promise.all(records.map((record) => viewOf(record, deps)));
    },
    agent: async (id) => {
      const record = await store.agents.get(id);
      if (!record) throw new AgentGone();
      return viewOf(record, deps);
    },
    findAgent: async (wanted) => {
      if (wanted !== undefined) return store.agents.find(wanted);
      const [only, ...others] = await store.agents.list();
      return others.length === 0 ? (only ?? null) : null;
    },
    agentNames: async () => (await store.agents.list()).map(({ name }) => name),
    adapters: () => describeAdapters(),
    addAgent: ({ name, backEnd, key }) =>
      changes.alone(async () => {
        requireSettings(backEnd, key);
        const id = await named(registry.add({ name, backEnd, secret: key }));
        failsAsTried(id, backEnd, key);
        return id;
      }),
    editAgent: (id, { key, ...change }) =>
      changes.beside(async () => {
        const record = await store.agents.get(id);
        if (!record) throw new AgentGone();
        if (change.backEnd) {
          requireKeyFor(change.backEnd, record, key);
          requireSettings(change.backEnd, key === undefined ? await store.agents.secret(id) : key);
        }
        await named(store.agents.edit(id, key === undefined ? change : { ...change, secret: key }));
        const running = registry.running(id);
        await running.configure((await store.agents.get(id)) ?? record);
        if (change.backEnd || key !== undefined) running.conversation.health.works();
        if (change.backEnd) failsAsTried(id, change.backEnd, await store.agents.secret(id));
        linkStatuses.moved();
      }),
    removeAgent: (id) =>
      changes.alone(async () => {
        if (registry.find(id) === null) throw new AgentGone();
        if (registry.ids.length === 1) {
          throw new CommandError('last-agent', 'This is the only agent.', 'Add another one first, or edit this one.');
        }
        await registry.remove(id);
      }),
    testAgent: async (id, talk, said, signal) => {
      const lines = said.map((line) => ({ ...line, sentAt: clock.now() }));
      const running = registry.running(id);
      const result = await running.trial.ask(talk, lines, signal);
      if (result.type === 'fault') running.conversation.health.failedTest(result.fault, result.detail);
      else running.conversation.health.works();
      return result;
    },
    tryAgent: async (id, { backEnd, key }, said, signal) => {
      const record = id === null ? null : await store.agents.get(id);
      if (record) requireKeyFor(backEnd, record, key);
      const secret = key === undefined && record ? await store.agents.secret(record.id) : (key ?? null);
      requireSettings(backEnd, secret);
      const lines = said.map((line) => ({ ...line, sentAt: clock.now() }));
      const result = await registry.trial(id, backEnd, secret).ask(null, lines, signal);
      tried = { backEnd, secret, result };
      return result;
    },
    checkAgents: async (signal) =>
      Promise.all(
        (await store.agents.list()).map(async ({ id, name }) => {
          const running = registry.running(id);
          const result = await running.agent.check(signal);
          const { detail } = result;
          if (result.type === 'fault') {
            running.conversation.health.failedTest(result.fault, detail);
            return { id, name, fault: result.fault, isProven: true, detail };
          }
          const isProven = result.type === 'ok';
          if (isProven) running.conversation.health.works();
          else running.conversation.health.reached();
          return { id, name, fault: null, isProven, detail };
        }),
      ),
    watchLink: (id, listener) => linkStatuses.subscribe(id, listener),
    link: (id, client, phoneNumber) => changes.beside(() => registry.running(id).session.link(client, phoneNumber)),
    linkingTrace: (id) => registry.running(id).session.trace.attempts,
    newLinkCode: (id) => registry.running(id).session.newCode(),
    passkey: (id) => registry.running(id).session.passkey,
    cancelLink: (id) => registry.running(id).session.cancelLink(),
    // The agent may have been removed under the open panel.
    panelClosed: (id) => registry.find(id)?.session.panelClosed(),
    takeOver: (id) => registry.running(id).session.takeOver(),
    handOver: (id, to) => changes.alone(() => registry.handOver(id, to)),
    unlink: (id) =>
      changes.alone(() => {
        const { session } = registry.running(id);
        if (session.report.account === null)
          throw new CommandError('not-linked', 'This agent is not linked.', 'Link it with: recado link.');
        return session.unlink();
      }),
    switchTo: (id, on, { scope, backOnAt }) =>
      changes.beside(async () => {
        const { conversation } = registry.running(id);
        if (scope) await conversation.scope.setScope(scope);
        // Its number may have become another one meanwhile: then it has none any more.
        else if (on && (await store.agents.get(id))?.scope === null) throw whoIsAnswered();
        return conversation.switch.moveTo(on, { by: 'person', backOnAt });
      }),
    setScope: (id, scope) => changes.beside(() => registry.running(id).conversation.scope.setScope(scope)),
    setSchedule: (id, schedule) => changes.beside(() => registry.running(id).conversation.switch.setSchedule(schedule)),
    releaseChat: (id, chatId) => changes.beside(() => registry.running(id).conversation.chats.release(chatId)),
    answerChat: async (id, chatId) => {
      const { messages, verdict } = await changes.beside(() => registry.running(id).conversation.chats.answer(chatId));
      if (verdict !== 'yes') {
        throw new CommandError(
          'may-not-answer',
          `It may not be answered now: ${verdict}.`,
          REMEDIES.get(verdict) ?? '',
        );
      }
      if (messages > 0) return messages;
      throw new CommandError(
        'nothing-unanswered',
        'Nothing of this chat is unanswered.',
        'See them: recado unanswered.',
      );
    },
    unanswered: (id, limit) => store.outcomes.unanswered(id, limit),
    outcomes: (id, page) => store.outcomes.list(id, page),
    skips: async (id, limit) => ({
      skips: await store.outcomes.skips(id, limit),
      off: (await store.agents.offIntervals(id)).filter(({ ignored }) => ignored > 0).slice(-limit),
    }),
    chats: (id, page) => store.chats.list(id, page),
    findChat: (id, text) =>
      chatIdOfText(text, {
        lidOf: (number) => store.chats.lidOf(id, number),
        chatOfUsername: (username) => store.chats.chatOfUsername(id, username),
      }),
    setRule: async (id, chatId, rule) => {
      if (rule === 'answer' && isGroupChat(chatId)) {
        throw new CommandError('group-not-answered', 'Groups are not answered.', 'Choose chats with people.');
      }
      await changes.beside(() => registry.running(id).conversation.scope.setRule(chatId, rule));
    },
    forgetChat: (id, chatId) => changes.beside(() => registry.running(id).conversation.chats.forget(chatId)),
    forgetTexts: (id) =>
      changes.beside(async () => {
        for (const each of id === null ? registry.ids : [id])
          await registry.find(each)?.conversation.chats.forgetTexts();
      }),
    issueCode: () => codes.issue(),
    clients: () => store.clients.list(),
    revokeClient,
    settings: () => settings.list(),
    changeSetting: async (name, value) => {
      const before = numberIn(settings.list(), name);
      const setting = settingOf(changed(() => settings.change(name, value)));
      if (DAY_LIMITS.has(setting.name)) {
        const lower = Number(setting.value) < before;
        for (const id of registry.ids) await registry.running(id).conversation.switch.limitsChanged(lower);
      }
      return setting;
    },
    restart: () => deps.restart(),
    exportData: (signal) => exports.write(signal),
    forgetAll: async ({ now, client }) => {
      await changes.alone(async () => {
        // Written down first: what a crash leaves half done is done at the next start.
        await store.erasing.begin();
        // Nobody is answered any more before anything is erased, which may take a while.
        await Promise.all(registry.ids.map((id) => registry.running(id).conversation.numberGone()));
        for (const id of registry.ids) await registry.remove(id);
        await store.forgetTexts(null);
        await exports.removeAll();
        await registry.addFirst();
        for (const { id } of await store.clients.list()) if (id !== client) await revokeClient(id);
        if (now) await unlinking.abandon();
        await store.erasing.end();
      });
      const left = await unlinking.settled(LOGOUT_WAIT_MS);
      // Whoever asked is answered first; being sent away then says that everything is gone.
      if (client !== null) clock.after(ANSWERED_MS, () => void revokeClient(client as ClientId));
      return left;
    },
  };
}

async function viewOf(record: AgentRecord, { registry, store, clock, linkStatuses }: RelayApiDeps): Promise<AgentView> {
  const { conversation, session } = registry.running(record.id);
  const { thinking, sending, retryAt, lastFault, thinkingSince, busyChats, held } = conversation.activity;
  const { adapter, settings } = record.backEnd;
  const now = clock.now();
  const { skipped, ...today } = await store.agents.countOf(record.id, localDay(now));
  return {
    id: record.id,
    name: record.name,
    adapter,
    settings,
    hasKey: record.hasSecret,
    on: record.on,
    switchedAt: record.switchedAt,
    switchedBy: record.switchedBy,
    backOnAt: record.backOnAt,
    schedule: record.schedule,
    nextEdge: followsSchedule(record) ? nextEdge(record.schedule, now) : null,
    scope: record.scope,
    chosenChats: conversation.scope.chosenChats,
    contactsKnown: session.addressBook.known,
    link: session.report,
    today,
    ignoredWhileOff: await store.agents.lastIgnored(record.id),
    skippedToday: skipped,
    fellLastHour: linkStatuses.falls(record.id, now - HOUR_MS),
    thinking,
    sending,
    now: {
      thinkingSince,
      waiting: busyChats,
      heldChats: held.length,
      held: held.slice(0, MOST_HELD).map(({ chatId, until }) => ({ chat: chatId, until })),
    },
    retryAt,
    lastFault,
  };
}

/** As it holds now; 0 where there is no such number. */
function numberIn(views: readonly SettingView[], name: string): number {
  return Number(views.find((view) => view.name === name)?.value ?? 0);
}

/** After an unlinking it stays off until a person switches on. */
function followsSchedule({ on, switchedBy }: AgentRecord): boolean {
  return on || switchedBy !== 'unlinked';
}

function isSame(one: BackEnd, other: BackEnd): boolean {
  return one.adapter === other.adapter && isDeepStrictEqual({ ...one.settings }, { ...other.settings });
}

function requireSettings(backEnd: BackEnd, key: string | null): void {
  const problems = problemsWith(backEnd, key);
  if (problems.length === 0) return;
  const sentence = problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
  throw new CommandError(
    'bad-settings',
    `These settings cannot be used: ${sentence}.`,
    'Correct them and try again; nothing was changed.',
    { problems: problems.map(({ field, problem }) => ({ field, problem: settingProblemOf(problem) })) },
  );
}

/** A key goes only to the address that it was given for. */
function requireKeyFor(backEnd: BackEnd, record: AgentRecord, key: string | null | undefined): void {
  if (key !== undefined || !record.hasSecret || isSamePlace(backEnd, record.backEnd)) return;
  throw new CommandError(
    'key-again',
    'The address changes, so its key must be given again.',
    'Give the key of the new address, or remove the old one.',
  );
}

function settingOf(change: SettingChange): SettingView {
  if (change.type === 'changed') return change.setting;
  throw new CommandError(change.fault, change.detail, 'See them all with: recado settings.');
}

/** A file that cannot be written is the disk's fault, or its owner's. */
function changed<T>(change: () => T): T {
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

async function named<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof StoreError) || error.fault !== 'name-taken') throw error;
    throw new CommandError('name-taken', error.message, error.hint, { cause: error });
  }
}
