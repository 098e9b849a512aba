/** Who is answered: the agent's scope and the chats' own rules, in memory as the store has them. */
import type { AgentId, ChatId, ChatRule, Scope } from '../../shared/chat.ts';
import type { Store } from '../store/store.ts';
import { type Circumstances, isInScope } from './admission.ts';

export type ChatScopeDeps = {
  readonly store: Pick<Store, 'agents' | 'chats'>;
  changed(): void;
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

  /** What admission asks of the scope. */
  get circumstances(): Pick<Circumstances, 'scope' | 'rules'> {
    return { scope: this.#scope, rules: this.#rules };
  }

  includes(chatId: ChatId): boolean {
    return isInScope(chatId, this.#scope, this.#rules);
  }

  async load(): Promise<void> {
    const { agents, chats } = this.#deps.store;
    this.#scope = (await agents.get(this.#agentId))?.scope ?? this.#scope;
    this.#rules = await chats.rules(this.#agentId);
  }

  async setScope(scope: Scope): Promise<void> {
    await this.#deps.store.agents.edit(this.#agentId, { scope });
    await this.load();
    this.#deps.changed();
  }

  /** Null: the agent's scope decides. */
  async setRule(chatId: ChatId, rule: ChatRule | null): Promise<void> {
    await this.#deps.store.chats.setRule(this.#agentId, chatId, rule);
    await this.load();
    this.#deps.changed();
  }
}
