/** Who is answered: the agent's scope and the chats' own rules, in memory as the store has them. */
import type { AgentId, ChatId, ChatRule, Scope } from '../../shared/contract/chat.ts';
import type { Store } from '../store/store.ts';
import { type Facts, scopeVerdict } from './may-answer.ts';

export type ChatScopeDeps = {
  readonly store: Pick<Store, 'agents' | 'chats'>;
  /** True if a person is in the owner's address book; null while that is not known. */
  isSaved(chatId: ChatId, number: string | null): boolean | null;
  /** Resolves when nothing is under way any more for chats that are not answered now. */
  changed(): Promise<void>;
};

export class ChatScope {
  readonly #agentId: AgentId;
  readonly #deps: ChatScopeDeps;
  #scope: Scope | null = null;
  #rules: ReadonlyMap<ChatId, ChatRule> = new Map();

  constructor(agentId: AgentId, deps: ChatScopeDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** `number`: the person's, where a message of theirs has told it. */
  factsOf(chatId: ChatId, number: string | null): Pick<Facts, 'scope' | 'rule' | 'saved'> {
    const rule = this.#rules.get(chatId) ?? null;
    return { scope: this.#scope, rule, saved: this.#deps.isSaved(chatId, number) };
  }

  /** `others`: further addresses of the same person; the stricter rule holds. */
  includes(chatId: ChatId, others: readonly ChatId[] = []): boolean {
    const facts = [chatId, ...others].map((each) => this.factsOf(each, null));
    const rules = facts.map(({ rule }) => rule);
    const saved = facts.some((each) => each.saved === true) ? true : (facts[0]?.saved ?? null);
    const rule = rules.includes('never') ? 'never' : (rules.find((each) => each !== null) ?? null);
    return scopeVerdict({ scope: this.#scope, rule, saved }) === 'yes';
  }

  /** How many chats are to be answered by a rule of their own. */
  get chosenChats(): number {
    let count = 0;
    for (const rule of this.#rules.values()) if (rule === 'answer') count += 1;
    return count;
  }

  async load(): Promise<void> {
    const { agents, chats } = this.#deps.store;
    const record = await agents.get(this.#agentId);
    if (record) this.#scope = record.scope;
    this.#rules = await chats.rules(this.#agentId);
  }

  async setScope(scope: Scope): Promise<void> {
    await this.#deps.store.agents.edit(this.#agentId, { scope });
    await this.load();
    await this.#deps.changed();
  }

  /** Null: the agent's scope decides. */
  async setRule(chatId: ChatId, rule: ChatRule | null): Promise<void> {
    await this.#deps.store.chats.setRule(this.#agentId, chatId, rule);
    await this.load();
    await this.#deps.changed();
  }
}
