/** Tells how chats with people stand: the latest ones at a glance, any others by name, and whom the agent is answering. No texts. */
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import type { LatestChat } from '../store/outcome-ledger.ts';
import type { Store } from '../store/store.ts';
import type { AnswerGate } from './answer-gate.ts';
import type { Lanes } from './lanes.ts';
import type { RestingChats } from './resting-chats.ts';

/** Times are epoch milliseconds of this computer. */
export type RecentChat = Omit<LatestChat, 'chatId' | 'kind' | 'sending' | 'newestOpenAt'> & {
  readonly chat: ChatId;
  /** The agent is asked about it, or its answer is on its way. */
  readonly answering: boolean;
  /** When the agent answers what waits, unless the owner does before; null where it does not leave them that time. */
  readonly answersAt: number | null;
  /** Until when the messages that wait may still be answered; null where none waits. */
  readonly openUntil: number | null;
  readonly heldUntil: number | null;
  readonly mutedUntil: number | null;
  /** Since when the agent asks for the owner there; null where it does not. */
  readonly asksSince: number | null;
};

type AskedChat = Pick<RecentChat, 'chat' | 'name' | 'number' | 'username'> & { readonly since: number };

export type RecentChatsDeps = {
  readonly store: {
    readonly outcomes: Pick<Store['outcomes'], 'recent' | 'standing'>;
    readonly chats: Pick<Store['chats'], 'find'>;
  };
  readonly gate: Pick<AnswerGate, 'freshUntil'>;
  readonly lanes: Pick<Lanes, 'activity'>;
  readonly resting: Pick<RestingChats, 'factsOf' | 'asking'>;
};

/** As many as a glance takes in. */
const MOST_CHATS = 4;

export class RecentChats {
  readonly #agentId: AgentId;
  readonly #deps: RecentChatsDeps;

  constructor(agentId: AgentId, deps: RecentChatsDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** Those that ask for the owner, then the newest. */
  async list(): Promise<readonly RecentChat[]> {
    const { store, resting } = this.#deps;
    const latest = await store.outcomes.recent(this.#agentId, MOST_CHATS);
    const asking = resting.asking.map(({ chatId }) => chatId).slice(0, MOST_CHATS);
    if (asking.length === 0) return this.#seen(latest);
    const asked = await store.outcomes.standing(this.#agentId, asking);
    return this.#seen([...asked, ...latest.filter(({ chatId }) => !asking.includes(chatId))].slice(0, MOST_CHATS));
  }

  /** These, where they are with people who have written. */
  async of(chatIds: readonly ChatId[]): Promise<readonly RecentChat[]> {
    return this.#seen(await this.#deps.store.outcomes.standing(this.#agentId, chatIds));
  }

  /** The chat about which the agent was asked first and has not answered; null where there is none. */
  async answering(): Promise<AskedChat | null> {
    const [first] = this.#deps.lanes.activity.asked;
    if (!first) return null;
    const chat = await this.#deps.store.chats.find(this.#agentId, first.chatId);
    const { name = null, number = null, username = null } = chat ?? {};
    return { chat: first.chatId, name, number, username, since: first.since };
  }

  #seen(chats: readonly LatestChat[]): readonly RecentChat[] {
    const { gate, lanes, resting } = this.#deps;
    const { asked: thinking, forOwner } = lanes.activity;
    const asked = new Set(thinking.map(({ chatId }) => chatId));
    const answersAt = new Map(forOwner.map(({ chatId, until }) => [chatId, until]));
    return chats.map(({ chatId, kind: _direct, sending, newestOpenAt, ...chat }) => {
      const { heldUntil, mutedUntil, asksSince } = resting.factsOf(chatId);
      return {
        ...chat,
        chat: chatId,
        answering: sending || asked.has(chatId),
        answersAt: answersAt.get(chatId) ?? null,
        openUntil: newestOpenAt === null ? null : gate.freshUntil(chatId, newestOpenAt),
        heldUntil,
        mutedUntil,
        asksSince,
      };
    });
  }
}
