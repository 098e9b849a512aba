/** What stands behind the commands, played: agents in memory, a link that a test moves by hand, every act written down. */

import type {
  AdapterView,
  AgentCheck,
  AgentRef,
  AgentView,
  LinkingAttempt,
  PairingCode,
  PasskeyTries,
  RelayApi,
  TrialResult,
} from '../../relay/api/relay-api.ts';
import { LinkStatuses } from '../../relay/app/link-statuses.ts';
import type { SettingView } from '../../relay/settings/settings-editor.ts';
import type { BackEnd } from '../../relay/store/agent-ledger.ts';
import type { ClientId, ClientRecord } from '../../relay/store/client-ledger.ts';
import type { OutcomeRecord, UnansweredChat } from '../../relay/store/outcome-ledger.ts';
import type { Line } from '../../relay/turn.ts';
import type { AgentId, ChatId, ChatSummary } from '../../shared/chat.ts';
import type { Schedule } from '../../shared/schedule.ts';
import type { LinkReport } from '../../shared/status.ts';
import { NOTHING_NOW } from '../../shared/wire.ts';

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

export function showing(number: number, text: string): LinkReport {
  const qr = { kind: 'picture', text, number, of: 10, expiresAt: 90_000, renewals: 0 } as const;
  return report({ status: 'connecting', phase: 'showing-code', qr, since: 2 });
}

/** As `showing`, to be typed into the phone. */
export function showingLetters(number: number, text: string): LinkReport {
  const { qr, ...rest } = showing(number, text);
  return { ...rest, qr: qr && { ...qr, kind: 'phone-code' } };
}

export const CONNECTED = report({ status: 'connected', phase: 'online', account: ACCOUNT, since: 3 });

const ADAPTERS: readonly AdapterView[] = [
  { name: 'built-in', meaning: 'keywords', fields: [field('repeatHours', 'number'), field('rules', 'structure')] },
  {
    name: 'openai-compatible',
    meaning: 'a model',
    fields: [
      { ...field('baseUrl', 'text'), role: 'address' },
      field('model', 'text'),
      field('allowPrivateHttp', 'yes-or-no'),
      { ...field('key', 'text'), secret: true },
    ],
  },
];

function field(name: string, kind: string): AdapterView['fields'][number] {
  return { name, kind, choices: null, required: false, default: null, meaning: name, secret: false, role: null };
}

export class FakeRelayApi implements RelayApi {
  readonly linkStatuses = new LinkStatuses();
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
  };
  /** Which talk each question belonged to. */
  readonly talks: (string | null)[] = [];
  checked: readonly AgentCheck[] = [];
  droppedAnswers = 0;
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
    this.#put(id, { link: next });
    this.linkStatuses.put(id, next);
  }

  set(name: string, change: Partial<AgentView>): void {
    this.#put(this.idOf(name), change);
  }

  acted(name: string): number {
    return this.acts.filter(([act]) => act === name).length;
  }

  async agents(): Promise<readonly AgentView[]> {
    this.asked += 1;
    return [...this.views.values()];
  }
  async agent(id: AgentId): Promise<AgentView> {
    const view = this.views.get(id);
    if (!view) throw new Error('no such agent in the test');
    return view;
  }
  async findAgent(wanted: string | undefined): Promise<AgentRef | null> {
    const all = [...this.views.values()];
    if (wanted === undefined) return all.length === 1 ? (all[0] ?? null) : null;
    return all.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase()) ?? null;
  }
  async agentNames(): Promise<readonly string[]> {
    return [...this.views.values()].map(({ name }) => name);
  }
  adapters(): readonly AdapterView[] {
    return ADAPTERS;
  }
  async addAgent({ name, backEnd, key }: Parameters<RelayApi['addAgent']>[0]): Promise<AgentId> {
    this.acts.push(['addAgent', name, backEnd, key]);
    const id = `agt_${this.views.size}` as AgentId;
    this.#put(id, { name, ...backEnd, hasKey: key !== null });
    return id;
  }
  async editAgent(id: AgentId, change: Parameters<RelayApi['editAgent']>[1]): Promise<void> {
    this.acts.push(['editAgent', id, change]);
    this.#put(id, { ...change.backEnd, ...(change.name === undefined ? {} : { name: change.name }) });
  }
  async removeAgent(id: AgentId): Promise<void> {
    this.acts.push(['removeAgent', id]);
    this.views.delete(id);
  }
  async tryAgent(
    _id: AgentId | null,
    { backEnd }: { readonly backEnd: BackEnd },
    said: readonly Line[],
    signal: AbortSignal,
  ): Promise<TrialResult> {
    this.acts.push(['tryAgent', backEnd.adapter]);
    return this.testAgent('agt_NONE' as AgentId, null, said, signal);
  }

  async testAgent(_id: AgentId, talk: string | null, said: readonly Line[], signal: AbortSignal): Promise<TrialResult> {
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
  async checkAgents(): Promise<readonly AgentCheck[]> {
    return this.checked;
  }
  /** Epoch ms: longer than a test lasts. */
  codeExpiresAt = Date.UTC(2100, 0);
  issueCode(): PairingCode {
    this.acts.push(['issueCode']);
    return { text: 'ABCDE-FGHJK', expiresAt: this.codeExpiresAt };
  }
  async clients(): Promise<readonly ClientRecord[]> {
    return this.clientList;
  }
  async revokeClient(id: ClientId): Promise<boolean> {
    this.acts.push(['revokeClient', id]);
    return this.clientList.some((client) => client.id === id);
  }
  watchLink(id: AgentId, listener: (link: LinkReport) => void): () => void {
    return this.linkStatuses.subscribe(id, listener);
  }
  passkey(): PasskeyTries {
    return {
      begin: async () => ({ type: 'not-now' }),
      answer: async () => false,
      abandon: () => undefined,
      compared: () => false,
      code: () => null,
    };
  }

  linkingTrace(): readonly LinkingAttempt[] {
    return this.attempts;
  }

  newLinkCode(id: AgentId): void {
    this.acts.push(['new-link-code', id]);
  }

  async link(id: AgentId, _client: string | null, phoneNumber: string | null): Promise<void> {
    this.acts.push(phoneNumber === null ? ['link', id] : ['link', id, phoneNumber]);
  }
  cancelLink(id: AgentId): void {
    this.acts.push(['cancelLink', id]);
  }
  panelClosed(id: AgentId): void {
    this.acts.push(['panelClosed', id]);
  }
  restart(): void {
    this.acts.push(['restart']);
  }
  async handOver(id: AgentId, to: AgentId): Promise<void> {
    this.acts.push(['handOver', id, to]);
  }
  takeOver(id: AgentId): void {
    this.acts.push(['takeOver', id]);
  }
  async unlink(id: AgentId): Promise<void> {
    this.acts.push(['unlink', id]);
    const next = report({ cause: 'unlinked-here', since: 9 });
    this.#put(id, { link: next });
    this.linkStatuses.put(id, next);
  }
  async switchTo(
    id: AgentId,
    on: boolean,
    { scope, backOnAt }: Parameters<RelayApi['switchTo']>[2],
  ): Promise<{ readonly droppedAnswers: number }> {
    this.acts.push(['switchTo', id, on, ...(scope ? [scope] : []), ...(backOnAt ? [backOnAt] : [])]);
    await this.switchWaits;
    this.#put(id, scope ? { on, scope, backOnAt } : { on, backOnAt });
    return { droppedAnswers: this.droppedAnswers };
  }
  async setSchedule(id: AgentId, schedule: Schedule): Promise<{ readonly droppedAnswers: number }> {
    this.acts.push(['setSchedule', id, schedule]);
    this.#put(id, { schedule, on: schedule.length > 0 });
    return { droppedAnswers: this.droppedAnswers };
  }
  async releaseChat(id: AgentId, chatId: ChatId): Promise<boolean> {
    this.acts.push(['releaseChat', id, chatId]);
    return true;
  }
  async answerChat(id: AgentId, chatId: ChatId): Promise<number> {
    this.acts.push(['answerChat', id, chatId]);
    return 2;
  }
  async unanswered(): ReturnType<RelayApi['unanswered']> {
    return this.unansweredList;
  }
  async outcomes(id: AgentId, page: Parameters<RelayApi['outcomes']>[1]): ReturnType<RelayApi['outcomes']> {
    this.acts.push(['outcomes', id, page]);
    return this.outcomeList;
  }
  async setScope(id: AgentId, scope: NonNullable<AgentView['scope']>): Promise<void> {
    this.acts.push(['setScope', id, scope]);
    this.#put(id, { scope });
  }
  async skips(): ReturnType<RelayApi['skips']> {
    return { skips: [], off: [] };
  }
  async chats(): Promise<readonly ChatSummary[]> {
    return this.chatList;
  }
  async findChat(_id: AgentId, text: string): Promise<ChatId | null> {
    const digits = text.replaceAll(/\D/g, '');
    const known = this.chatList.find(({ chatId, number }) => chatId === text || number === digits);
    return known?.chatId ?? null;
  }
  async setRule(id: AgentId, chatId: ChatId, rule: ChatSummary['rule']): Promise<void> {
    this.acts.push(['setRule', id, chatId, rule]);
  }
  async forgetChat(id: AgentId, chatId: ChatId): Promise<void> {
    this.acts.push(['forgetChat', id, chatId]);
  }
  async forgetTexts(id: AgentId | null): Promise<void> {
    this.acts.push(['forgetTexts', id]);
  }
  settings(): readonly SettingView[] {
    return this.settingList;
  }
  async changeSetting(name: string, value: number | string | null): Promise<SettingView> {
    this.acts.push(['changeSetting', name, value]);
    const found = this.settingList.find((setting) => setting.name === name);
    if (!found) throw new Error('no such setting in the test');
    return { ...found, next: value ?? found.default };
  }
  async exportData(): Promise<{ readonly path: string; readonly bytes: number }> {
    this.acts.push(['exportData']);
    return { path: '/home/owner/recado/recado-export.json', bytes: 12_345 };
  }
  logoutsLeft = 0;
  async forgetAll({ now }: { readonly now: boolean }): Promise<number> {
    this.acts.push(now ? ['forgetAll', 'now'] : ['forgetAll']);
    return now ? 0 : this.logoutsLeft;
  }

  #put(id: AgentId, change: Partial<AgentView>): void {
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
      chosenChats: 0,
      contactsKnown: true,
      schedule: [],
      nextEdge: null,
      retryAt: null,
      link: OFFLINE,
      today: { messages: 0, answers: 0, inputTokens: 0, outputTokens: 0 },
      ignoredWhileOff: 0,
      thinking: 0,
      sending: 0,
      lastFault: null,
    };
    this.views.set(id, { ...before, ...change });
  }
}
