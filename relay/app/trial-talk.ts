/**
 * A talk with an agent's back end without WhatsApp, as a contact would have it: the same question, the same bounds, the same rule against
 * repeating. Each talk is a chat of its own; what the back end remembers of it is kept in memory alone.
 */
import { createHash } from 'node:crypto';
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Price } from '../../shared/contract/cost.ts';
import type { AgentDeps } from '../agents/adapter.ts';
import { createAgent } from '../agents/agent.ts';
import type { TrialResult } from '../api/relay-api.ts';
import { textsToSend } from '../conversation/answer-texts.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { BackEnd } from '../store/agent-ledger.ts';
import type { Agent, Line, OfferedModels } from '../turn.ts';

export type TrialTalkDeps = Omit<AgentDeps, 'notes' | 'settings' | 'knowledge'> & {
  readonly settings: AgentDeps['settings'] & Pick<NumberSettings, 'answerCharacters' | 'answerTexts'>;
};

/** What an agent has besides its back end. */
type Furnishing = {
  readonly secret: string | null;
  readonly price: Price | null;
  readonly knowledge: AgentDeps['knowledge'];
};

const KEY_DIGITS = 32;
/** Talks whose thread at the back end is known; an older one that goes on opens another thread. */
const MOST_NOTES = 100;

export class TrialTalk {
  readonly #agentId: AgentId;
  readonly #deps: TrialTalkDeps;
  readonly #notes = new Map<string, string>();
  #agent: Agent | null = null;

  constructor(agentId: AgentId, deps: TrialTalkDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  configure(backEnd: BackEnd, { secret, price, knowledge }: Furnishing): void {
    this.#notes.clear();
    const deps = {
      ...this.#deps,
      knowledge,
      notes: {
        note: async (_id: AgentId, chatKey: string) => this.#notes.get(chatKey) ?? null,
        keepNote: async (_id: AgentId, chatKey: string, note: string | null) => this.#keep(chatKey, note),
      },
    };
    this.#agent = createAgent(backEnd, secret, deps, price);
  }

  /** `talk` tells talks apart; null: one that nothing goes before. Rejects with the signal's reason when it is aborted. */
  async ask(talk: string | null, said: readonly Line[], signal: AbortSignal): Promise<TrialResult> {
    if (!this.#agent) throw new Error('the agent was asked before it was configured');
    const { settings } = this.#deps;
    const answers = said.findLastIndex(({ author }) => author === 'agent') + 1;
    const result = await this.#agent.answer(
      {
        id: this.#keyOf(null),
        attempt: 1,
        agentId: this.#agentId,
        chatKey: this.#keyOf(talk),
        context: said.slice(0, answers),
        missed: [],
        fresh: said.slice(answers),
      },
      signal,
    );
    if (result.type === 'fault') return result;
    if (result.type === 'silence')
      return { type: 'silence', reason: result.asksOwner ? 'asked-for-you' : 'agent-silent', usage: result.usage };
    const last = said[answers - 1]?.text ?? null;
    const limits = { characters: settings.answerCharacters, texts: settings.answerTexts };
    const texts = textsToSend(result.texts, limits, last);
    const asksOwner = result.asksOwner === true;
    if (texts.length === 0)
      return { type: 'silence', reason: asksOwner ? 'asked-for-you' : 'same-answer', usage: result.usage };
    return { type: 'answer', texts, usage: result.usage, shortened: result.shortened?.fault ?? null, asksOwner };
  }

  /** Null where the back end has no model to choose. */
  async models(signal: AbortSignal): Promise<OfferedModels | null> {
    return (await this.#agent?.models?.(signal)) ?? null;
  }

  #keyOf(talk: string | null): string {
    const name = talk ?? Buffer.from(this.#deps.random.bytes(KEY_DIGITS / 2)).toString('hex');
    return createHash('sha256').update(`trial\n${this.#agentId}\n${name}`).digest('hex').slice(0, KEY_DIGITS);
  }

  #keep(chatKey: string, note: string | null): void {
    this.#notes.delete(chatKey);
    if (note === null) return;
    this.#notes.set(chatKey, note);
    const [oldest] = this.#notes.keys();
    if (this.#notes.size > MOST_NOTES && oldest !== undefined) this.#notes.delete(oldest);
  }
}
