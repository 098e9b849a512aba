/** What stands behind the commands, played: agents in memory, a link that a test moves by hand, every act written down. */

import { PRESETS } from '../../relay/agents/presets.ts';
import type {
  AdapterView,
  AgentApi,
  AgentCheck,
  AgentCosting,
  AgentsApi,
  AgentView,
  ClientsApi,
  DataApi,
  LinkingAttempt,
  LocalServer,
  RelayApi,
  SettingsApi,
  TrialResult,
} from '../../relay/api/relay-api.ts';
import { LinkStatuses } from '../../relay/app/link-statuses.ts';
import { RelayChanges } from '../../relay/app/relay-changes.ts';
import type { SettingView } from '../../relay/settings/settings-editor.ts';
import type { ClientRecord } from '../../relay/store/client-ledger.ts';
import type { KnowledgeFile } from '../../relay/store/knowledge-ledger.ts';
import type { OutcomeRecord, UnansweredChat } from '../../relay/store/outcome-ledger.ts';
import type { Line, OfferedModels } from '../../relay/turn.ts';
import { NOTHING_NOW } from '../../shared/contract/agent-view.ts';
import type { AgentId, ChatSummary } from '../../shared/contract/chat.ts';
import { NO_CAPS } from '../../shared/contract/cost.ts';
import type { LinkReport } from '../../shared/contract/status.ts';
import { tokensIn } from '../../shared/rules/brief.ts';
import { textBytes } from '../../shared/rules/file-text.ts';

export const OFFLINE: LinkReport = {
  status: 'offline',
  phase: 'resting',
  cause: 'not-linked',
  account: null,
  qr: null,
  retryAt: null,
  until: null,
  left: null,
  since: 1,
  restrictedUntil: null,
  restrictedRetryAt: null,
  clockAhead: null,
};

export const ACCOUNT = { number: '5511999990001', lid: '110009999911557' };

export function report(change: Partial<LinkReport>): LinkReport {
  return { ...OFFLINE, cause: null, ...change };
}

/** What each code on show says: it is in no report. */
const CODES = new WeakMap<LinkReport, string>();

export function showing(number: number, text: string, change: Partial<NonNullable<LinkReport['qr']>> = {}): LinkReport {
  const qr = { kind: 'picture', number, of: 10, expiresAt: 90_000, renewals: 0, ...change } as const;
  const shown = report({ status: 'connecting', phase: 'showing-code', qr, since: 2 });
  CODES.set(shown, text);
  return shown;
}

/** As `showing`, to be typed into the phone. */
export function showingLetters(number: number, text: string): LinkReport {
  return showing(number, text, { kind: 'phone-code' });
}

export const CONNECTED = report({ status: 'connected', phase: 'online', account: ACCOUNT, since: 3 });

const ADAPTERS: readonly AdapterView[] = [
  {
    name: 'built-in',
    meaning: 'keywords',
    readsFiles: false,
    fields: [field('repeatHours', 'number'), field('rules', 'structure')],
  },
  {
    name: 'openai-compatible',
    meaning: 'a model',
    readsFiles: true,
    fields: [
      { ...field('baseUrl', 'text'), role: 'address' },
      { ...field('model', 'text'), role: 'model' },
      field('allowPrivateHttp', 'yes-or-no'),
      { ...field('key', 'text'), secret: true },
    ],
  },
];

function field(name: string, kind: string): AdapterView['fields'][number] {
  return { name, kind, choices: null, required: false, default: null, meaning: name, secret: false, role: null };
}

export class FakeRelayApi implements RelayApi {
  readonly #codes = new Map<AgentId, string | null>();
  readonly relayChanges = new RelayChanges();
  readonly linkStatuses = new LinkStatuses(() => this.relayChanges.tell());
  attempts: readonly LinkingAttempt[] = [];
  /** `name: arguments`, in order. */
  readonly acts: (readonly [string, ...unknown[]])[] = [];
  readonly views = new Map<AgentId, AgentView>();
  readonly chatList: ChatSummary[] = [];
  readonly clientList: ClientRecord[] = [];
  unansweredList: readonly UnansweredChat[] = [];
  outcomeList: readonly OutcomeRecord[] = [];
  settingList: readonly SettingView[] = [];
  /** What an agent answers; hangs until aborted where it is null. */
  answer: TrialResult | null = {
    type: 'answer',
    texts: ['hello'],
    usage: { inputTokens: 3, outputTokens: 4 },
    shortened: null,
    asksOwner: false,
  };
  /** Which talk each question belonged to. */
  readonly talks: (string | null)[] = [];
  checked: readonly AgentCheck[] = [];
  offered: OfferedModels | null = null;
  localServers: readonly LocalServer[] = [];
  droppedAnswers = 0;
  /** What the link is after its logout. */
  afterUnlink = report({ cause: 'unlinked-here', since: 9 });
  /** Why an agent cannot be edited; null: it can. */
  editFails: Error | null = null;
  /** What a switch waits for before it answers. */
  switchWaits: Promise<void> = Promise.resolve();
  /** How often someone wanted to see the agents. */
  asked = 0;

  constructor(...names: readonly string[]) {
    for (const [index, name] of names.entries()) this.#put(`agt_${index}` as AgentId, { name });
  }

  idOf(name: string): AgentId {
    for (const view of this.views.values()) if (view.name === name) return view.id;
    throw new Error('no such agent in the test');
  }

  /** The link of an agent moves. */
  move(name: string, next: LinkReport): void {
    const id = this.idOf(name);
    this.#codes.set(id, CODES.get(next) ?? null);
    this.#put(id, { link: next });
    this.linkStatuses.put(id, next);
  }

  set(name: string, change: Partial<AgentView>): void {
    this.#put(this.idOf(name), change);
  }

  acted(name: string): number {
    return this.acts.filter(([act]) => act === name).length;
  }

  /** What every agent here knows. */
  readonly files: KnowledgeFile[] = [];
  readsFiles = true;
  #draft = '';

  #known() {
    const files = this.files.map(({ name, text }) => ({ name, bytes: textBytes(text), tokens: tokensIn(text) }));
    return { files, reads: this.readsFiles };
  }

  /** What every agent here costs. */
  costing: AgentCosting = {
    countsTokens: true,
    price: null,
    caps: NO_CAPS,
    capsHold: true,
    limits: { answers: 200, tokens: 100_000, chatTokens: 50_000 },
    today: { answers: 0, inputTokens: 0, outputTokens: 0, money: [] },
    month: { answers: 0, inputTokens: 0, outputTokens: 0, money: [] },
  };

  readonly agents: AgentsApi = {
    list: async () => {
      this.asked += 1;
      return [...this.views.values()];
    },
    find: async (wanted) => {
      const all = [...this.views.values()];
      const found =
        wanted === undefined
          ? all.length === 1
            ? all[0]
            : undefined
          : all.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
      return found ? this.#agent(found) : null;
    },
    price: async () => ({ price: this.costing.price, limits: this.costing.limits }),
    names: async () => [...this.views.values()].map(({ name }) => name),
    adapters: () => ADAPTERS,
    presets: () => PRESETS,
    add: async ({ name, backEnd, key }) => {
      this.acts.push(['addAgent', name, backEnd, key]);
      const id = `agt_${this.views.size}` as AgentId;
      return this.#agent(this.#put(id, { name, ...backEnd, hasKey: key !== null }));
    },
    try: (_id, { backEnd }, said, signal) => {
      this.acts.push(['tryAgent', backEnd.adapter]);
      return this.#test(null, said, signal);
    },
    models: async () => this.offered,
    findLocal: async () => this.localServers,
    check: async () => this.checked,
  };
  /** Epoch ms: longer than a test lasts. */
  codeExpiresAt = Date.UTC(2100, 0);
  readonly clients: ClientsApi = {
    handCode: (origin) => {
      this.acts.push(['handCode', origin]);
      return { code: 'ABCDEFGHJK', port: 1 };
    },
    issueCode: () => {
      this.acts.push(['issueCode']);
      return { text: 'ABCDE-FGHJK', expiresAt: this.codeExpiresAt };
    },
    list: async () => this.clientList,
    revoke: async (id) => {
      this.acts.push(['revokeClient', id]);
      return this.clientList.some((client) => client.id === id);
    },
  };
  readonly settings: SettingsApi = {
    list: () => this.settingList,
    change: async (name, value) => {
      this.acts.push(['changeSetting', name, value]);
      const found = this.settingList.find((setting) => setting.name === name);
      if (!found) throw new Error('no such setting in the test');
      return { ...found, next: value ?? found.default };
    },
  };
  logoutsLeft = 0;
  readonly data: DataApi = {
    export: async () => {
      this.acts.push(['exportData']);
      return { path: '/home/owner/recado/recado-export.json', bytes: 12_345 };
    },
    forgetTexts: async () => void this.acts.push(['forgetTexts', null]),
    forgetAll: async ({ now }) => {
      this.acts.push(now ? ['forgetAll', 'now'] : ['forgetAll']);
      return now ? 0 : this.logoutsLeft;
    },
  };

  stop(): void {
    this.acts.push(['stop']);
  }

  restart(): void {
    this.acts.push(['restart']);
  }

  #agent({ id, name, scope }: AgentView): AgentApi {
    const act = (what: string, ...more: readonly unknown[]): void => void this.acts.push([what, id, ...more]);
    return {
      id,
      name,
      scope,
      link: {
        watch: (listener) => this.linkStatuses.subscribe(id, listener),
        follow: (listener) => this.linkStatuses.follow(id, listener),
        code: () => this.#codes.get(id) ?? null,
        begin: async (_client, phoneNumber) => (phoneNumber === null ? act('link') : act('link', phoneNumber)),
        newCode: () => act('new-link-code'),
        cancel: () => act('cancelLink'),
        panelClosed: () => act('panelClosed'),
        takeOver: () => act('takeOver'),
        handOver: async (to) => act('handOver', to),
        unlink: async () => {
          act('unlink');
          this.move(this.#viewOf(id).name, this.afterUnlink);
        },
        trace: () => this.attempts,
      },
      passkey: {
        begin: async () => ({ type: 'not-now' }),
        answer: async () => false,
        abandon: () => undefined,
        compared: () => false,
        code: () => null,
      },
      switch: {
        moveTo: async (on, { scope: chosen, backOnAt }) => {
          act('switchTo', on, ...(chosen ? [chosen] : []), ...(backOnAt ? [backOnAt] : []));
          await this.switchWaits;
          this.#put(id, chosen ? { on, scope: chosen, backOnAt } : { on, backOnAt });
          return { droppedAnswers: this.droppedAnswers };
        },
        setSchedule: async (schedule) => {
          act('setSchedule', schedule);
          this.#put(id, { schedule, on: schedule.length > 0 });
          return { droppedAnswers: this.droppedAnswers };
        },
        setOwnerMinutes: async (ownerMinutes) => {
          act('setOwnerMinutes', ownerMinutes);
          this.#put(id, { ownerMinutes });
        },
        setScope: async (chosen) => {
          act('setScope', chosen);
          this.#put(id, { scope: chosen });
        },
      },
      chats: {
        list: async () => this.chatList,
        find: async (text) => {
          const digits = text.replaceAll(/\D/g, '');
          const known = this.chatList.find(({ chatId, number }) => chatId === text || number === digits);
          return known?.chatId ?? null;
        },
        setRule: async (chatId, rule) => act('setRule', chatId, rule),
        take: async (chatId) => {
          act('takeChat', chatId);
          return 900_000;
        },
        numberOf: async (chatId) => this.chatList.find((chat) => chat.chatId === chatId)?.number ?? null,
        release: async (chatId) => {
          act('releaseChat', chatId);
          return true;
        },
        answer: async (chatId) => {
          act('answerChat', chatId);
          return 2;
        },
        unanswered: async () => this.unansweredList,
        outcomes: async (page) => {
          act('outcomes', page);
          return this.outcomeList;
        },
        skips: async () => ({ skips: [], chats: [], off: [] }),
        forget: async (chatId) => act('forgetChat', chatId),
      },
      view: async () => this.#viewOf(id),
      edit: async (change) => {
        act('editAgent', change);
        if (this.editFails) throw this.editFails;
        this.#put(id, { ...change.backEnd, ...(change.name === undefined ? {} : { name: change.name }) });
      },
      remove: async () => {
        act('removeAgent');
        this.views.delete(id);
      },
      test: (talk, said, signal) => this.#test(talk, said, signal),
      forgetTexts: async () => act('forgetTexts'),
      knowledge: {
        list: async () => this.#known(),
        add: async ({ name, at, of, text }) => {
          this.#draft = `${at === 0 ? '' : this.#draft}${text}`;
          if (this.#draft.length === of) this.files.push({ name, text: this.#draft });
          return this.#known();
        },
        remove: async (name) => {
          this.files.splice(
            this.files.findIndex((file) => file.name === name),
            1,
          );
          return this.#known();
        },
      },
      costs: async () => this.costing,
      setCosts: async ({ price, caps }) => {
        if (this.editFails) throw this.editFails;
        act('setCosts', { ...(price === undefined ? {} : { price }), ...(caps && { caps }) });
        if (price !== undefined)
          this.costing = { ...this.costing, price: price && { ...price, source: 'typed', asOf: null } };
        if (caps) this.costing = { ...this.costing, caps };
      },
    };
  }

  #viewOf(id: AgentId): AgentView {
    const view = this.views.get(id);
    if (!view) throw new Error('no such agent in the test');
    return view;
  }

  async #test(talk: string | null, said: readonly Line[], signal: AbortSignal): Promise<TrialResult> {
    this.talks.push(talk);
    this.acts.push(['testAgent', said.map(({ author, text }) => `${author}: ${text}`)]);
    if (this.answer) return this.answer;
    return new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => {
        this.acts.push(['aborted']);
        reject(signal.reason);
      }),
    );
  }

  #put(id: AgentId, change: Partial<AgentView>): AgentView {
    const before: AgentView = this.views.get(id) ?? {
      id,
      name: '',
      adapter: 'built-in',
      settings: {},
      hasKey: false,
      on: false,
      switchedBy: 'person',
      backOnAt: null,
      skippedToday: 0,
      now: NOTHING_NOW,
      fellLastHour: 0,
      switchedAt: 0,
      scope: null,
      ownerMinutes: 0,
      cost: null,
      chosenChats: 0,
      contactsKnown: true,
      schedule: [],
      nextEdge: null,
      retryAt: null,
      link: OFFLINE,
      model: null,
      limits: null,
      recent: [],
      outage: null,
      today: { messages: 0, answers: 0, inputTokens: 0, outputTokens: 0 },
      ignoredWhileOff: 0,
      thinking: 0,
      sending: 0,
      lastFault: null,
    };
    const after = { ...before, ...change };
    this.views.set(id, after);
    return after;
  }
}
