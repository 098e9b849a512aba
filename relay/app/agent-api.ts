/** Carries out what commands ask of one agent, on the running agent and the store. */

import { CommandError, mayNotAnswer, whoIsAnswered } from '../api/command-error.ts';
import type { AgentApi, ChatsApi, LinkApi, PasskeyTries, SwitchApi } from '../api/relay-api.ts';
import type { Clock } from '../clock.ts';
import type { AgentRecord } from '../store/agent-ledger.ts';
import type { Store } from '../store/store.ts';
import { chatIdOfText, isGroupChat } from '../whatsapp/typed-chat.ts';
import { capsHold, costingOf, isStricter, type LimitSettings, typedPrice } from './agent-costs.ts';
import { AgentGone, type AgentRegistry } from './agent-registry.ts';
import { viewOf } from './agent-view.ts';
import { type BackEndTrials, linesSaid, requireKeyFor, requireSettings, uniquelyNamed } from './back-end-trials.ts';
import type { ChangeLock } from './change-lock.ts';
import { type KnowledgeDeps, knowledgeApi } from './knowledge-api.ts';
import type { LinkStatuses } from './link-statuses.ts';
import type { RunningAgent } from './running-agent.ts';

export type AgentApiDeps = {
  readonly registry: AgentRegistry;
  readonly store: Store;
  readonly linkStatuses: LinkStatuses;
  readonly clock: Clock;
  readonly locks: ChangeLock;
  readonly limits: LimitSettings;
  readonly drafts: KnowledgeDeps['drafts'];
  readonly trials: BackEndTrials;
  /** Something that is shown has changed. */
  changed(): void;
};

/** `record`: the agent as it was looked up; everything else is asked for anew with each call. */
export function agentApi(record: AgentRecord, deps: AgentApiDeps): AgentApi {
  const { registry, store, locks, trials, changed } = deps;
  const { id, name, scope } = record;
  const running = (): RunningAgent => registry.running(id);
  const present = async (): Promise<AgentRecord> => {
    const found = await store.agents.get(id);
    if (!found) throw new AgentGone();
    return found;
  };
  return {
    id,
    name,
    scope,
    link: linkApi(id, running, deps),
    get passkey(): PasskeyTries {
      return running().session.passkey;
    },
    switch: switchApi(running, present, locks),
    chats: chatsApi(id, running, deps),
    view: async () => viewOf(await present(), deps),
    edit: ({ key, ...change }) =>
      locks.beside(async () => {
        const before = await present();
        if (change.backEnd) {
          requireKeyFor(change.backEnd, before, key);
          requireSettings(change.backEnd, key === undefined ? await store.agents.secret(id) : key);
        }
        // A price was typed in for one model at one address.
        const price = typedPrice(before, change.backEnd ?? before.backEnd);
        const changes = { ...change, price, ...(key === undefined ? {} : { secret: key }) };
        await uniquelyNamed(store.agents.edit(id, changes));
        const agent = running();
        await agent.configure((await store.agents.get(id)) ?? before);
        if (change.backEnd || key !== undefined) agent.conversation.health.works();
        if (change.backEnd) trials.savedAs(agent, change.backEnd, await store.agents.secret(id));
        changed();
      }),
    remove: () =>
      locks.alone(async () => {
        if (registry.find(id) === null) throw new AgentGone();
        if (registry.ids.length === 1)
          throw new CommandError('last-agent', 'This is the only agent.', 'Add another one first, or edit this one.');
        await registry.remove(id);
      }),
    test: async (talk, said, signal) => {
      const agent = running();
      const result = await agent.trial.ask(talk, linesSaid(said, deps.clock), signal);
      if (result.type === 'fault') agent.conversation.health.failedTest(result.fault, result.detail);
      else agent.conversation.health.works();
      return result;
    },
    knowledge: knowledgeApi(
      id,
      present,
      async () => {
        await running().configure(await present());
        changed();
      },
      deps,
    ),
    costs: async () => costingOf(await present(), deps),
    setCosts: (change) =>
      locks.beside(async () => {
        const record = await present();
        const { caps: before } = record;
        if (!(await capsHold({ ...record, ...change })))
          throw new CommandError(
            'no-price',
            'What it spends cannot be counted in this currency: no price in it is known.',
            'Type in what a million tokens cost in this currency, or set a limit of tokens.',
          );
        await store.agents.edit(id, change);
        const agent = running();
        await agent.configure(await present());
        const { caps } = change;
        if (caps) await agent.conversation.switch.limitsChanged(isStricter(caps, before));
        changed();
      }),
    forgetTexts: () => locks.beside(async () => registry.find(id)?.conversation.chats.forgetTexts()),
  };
}

function linkApi(id: AgentRecord['id'], running: () => RunningAgent, deps: AgentApiDeps): LinkApi {
  const { registry, linkStatuses, locks } = deps;
  return {
    watch: (listener) => linkStatuses.subscribe(id, listener),
    follow: (listener) => linkStatuses.follow(id, listener),
    code: () => registry.find(id)?.session.code ?? null,
    begin: (client, phoneNumber) => locks.beside(() => running().session.link(client, phoneNumber)),
    newCode: () => running().session.newCode(),
    cancel: () => running().session.cancelLink(),
    // The agent may have been removed under the open panel.
    panelClosed: () => registry.find(id)?.session.panelClosed(),
    takeOver: () => running().session.takeOver(),
    handOver: (to) => locks.alone(() => registry.handOver(id, to)),
    unlink: () =>
      locks.alone(() => {
        const { session } = running();
        if (session.report.account === null)
          throw new CommandError('not-linked', 'This agent is not linked.', 'Link it with: recado link.');
        return session.unlink();
      }),
    trace: () => running().session.trace.attempts,
  };
}

function switchApi(running: () => RunningAgent, present: () => Promise<AgentRecord>, locks: ChangeLock): SwitchApi {
  return {
    moveTo: (on, { scope, backOnAt }) =>
      locks.beside(async () => {
        const { conversation } = running();
        if (scope) await conversation.scope.setScope(scope);
        // Its number may have become another one meanwhile: then it has none any more.
        else if (on && (await present()).scope === null) throw whoIsAnswered();
        return conversation.switch.moveTo(on, { by: 'person', backOnAt });
      }),
    setScope: (scope) => locks.beside(() => running().conversation.scope.setScope(scope)),
    setOwnerMinutes: (minutes) => locks.beside(() => running().conversation.chats.setOwnerMinutes(minutes)),
    setSchedule: (schedule) => locks.beside(() => running().conversation.switch.setSchedule(schedule)),
  };
}

function chatsApi(id: AgentRecord['id'], running: () => RunningAgent, { store, locks }: AgentApiDeps): ChatsApi {
  const timesOff = async (limit: number) =>
    (await store.agents.offIntervals(id)).filter(({ ignored }) => ignored > 0).slice(-limit);
  return {
    list: (page) => store.chats.list(id, page),
    find: (text) =>
      chatIdOfText(text, {
        lidOf: (number) => store.chats.lidOf(id, number),
        chatOfUsername: (username) => store.chats.chatOfUsername(id, username),
      }),
    setRule: async (chatId, rule) => {
      if (rule === 'answer' && isGroupChat(chatId))
        throw new CommandError('group-not-answered', 'Groups are not answered.', 'Choose chats with people.');
      await locks.beside(() => running().conversation.scope.setRule(chatId, rule));
    },
    take: async (chatId) => {
      const until = await locks.beside(() => running().conversation.chats.take(chatId));
      if (until === null) throw nobodyWrote();
      return until;
    },
    numberOf: async (chatId) => {
      if (!(await store.outcomes.hasWritten(id, chatId))) throw nobodyWrote();
      return (await store.chats.find(id, chatId))?.number ?? null;
    },
    release: (chatId) => locks.beside(() => running().conversation.chats.release(chatId)),
    answer: async (chatId) => {
      const { messages, verdict } = await locks.beside(() => running().conversation.chats.answer(chatId));
      if (verdict !== 'yes') throw mayNotAnswer(verdict);
      if (messages > 0) return messages;
      const remedy = 'See them: recado unanswered.';
      throw new CommandError('nothing-unanswered', 'Nothing of this chat is unanswered.', remedy);
    },
    unanswered: (limit) => store.outcomes.unanswered(id, limit),
    outcomes: (page) => store.outcomes.list(id, page),
    skips: async (limit, also) => {
      const skips = await store.outcomes.skips(id, limit);
      const chats = await running().conversation.recent.of([
        ...new Set([...skips.map(({ chatId }) => chatId), ...also]),
      ]);
      return { skips, chats, off: await timesOff(limit) };
    },
    forget: (chatId) => locks.beside(() => running().conversation.chats.forget(chatId)),
  };
}

/** Recado answers, and begins nothing: such a chat is none to it. */
function nobodyWrote(): CommandError {
  return new CommandError('no-such-chat', 'Nobody has written in this chat.', 'See the chats with: recado chats.');
}
