/** A short talk with an agent right on the page: kept nowhere, and ended when the page goes. */

import { type Signal, signal } from '@preact/signals';
import type { AgentFault } from '../../shared/contract/agent.ts';
import { testAgent } from '../../shared/contract/commands/setup-commands.ts';
import type { Money } from '../../shared/contract/cost.ts';
import type { CommandFault } from '../relay-connection/command-asking.ts';
import type { FormDeps } from './agent-form-model.ts';

export type TalkLine =
  | { readonly by: 'contact'; readonly text: string }
  /** Empty texts: nothing would be sent, for the reason. */
  | {
      readonly by: 'agent';
      readonly texts: readonly string[];
      readonly reason: 'agent-silent' | 'same-answer' | 'asked-for-you' | null;
      /** Said, and a person asked for. */
      readonly asksOwner: boolean;
      readonly shortened: AgentFault | null;
      readonly seconds: number;
      readonly tokens: number | null;
      /** Null where nobody knows what it cost. */
      readonly cost: Money | null;
    };

export type TalkOutcome =
  | { readonly type: 'fault'; readonly fault: AgentFault; readonly detail: string }
  | { readonly type: 'refused'; readonly fault: CommandFault };

type Said = { readonly author: 'contact' | 'agent'; readonly text: string };

/** A test of an agent, not a memory: what lies further back is not sent. */
const MOST_LINES = 20;

export class TalkModel {
  /** Null: the first agent there is. */
  readonly agent: Signal<string | null> = signal(null);
  readonly lines: Signal<readonly TalkLine[]> = signal([]);
  readonly asking: Signal<boolean> = signal(false);
  /** What went wrong with the last question; it can be asked again. */
  readonly outcome: Signal<TalkOutcome | null> = signal(null);
  readonly #deps: Pick<FormDeps, 'ask' | 'now'>;
  #asking = new AbortController();
  /** One talk is one chat to a back end that remembers. */
  #talk = crypto.randomUUID();

  constructor(deps: Pick<FormDeps, 'ask' | 'now'>) {
    this.#deps = deps;
  }

  choose(agent: string): void {
    this.restart();
    this.agent.value = agent;
  }

  restart(): void {
    this.stop();
    this.#talk = crypto.randomUUID();
    this.lines.value = [];
    this.outcome.value = null;
  }

  /** True if it was answered; what was not stays in the field, to be asked again. */
  async say(agent: string, text: string): Promise<boolean> {
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    const before = this.lines.value;
    this.agent.value = agent;
    this.lines.value = [...before, { by: 'contact', text }];
    this.outcome.value = null;
    this.asking.value = true;
    const { ask, now } = this.#deps;
    const began = now();
    const reply = await ask(testAgent, { agent, talk: this.#talk, said: this.#said() }, { signal: asking.signal });
    if (asking.signal.aborted) return false;
    this.asking.value = false;
    if (reply.ok && reply.result.type !== 'fault') {
      const { result } = reply;
      const tokens = result.usage && result.usage.inputTokens + result.usage.outputTokens;
      const cost = result.usage?.cost ?? null;
      const said =
        result.type === 'answer'
          ? { texts: result.texts, reason: null, shortened: result.shortened, asksOwner: result.asksOwner }
          : { texts: [], reason: result.reason, shortened: null, asksOwner: false };
      const seconds = (now() - began) / 1_000;
      this.lines.value = [...this.lines.value, { by: 'agent', ...said, seconds, tokens, cost }];
      return true;
    }
    this.lines.value = before;
    this.outcome.value =
      reply.ok && reply.result.type === 'fault'
        ? { type: 'fault', fault: reply.result.fault, detail: reply.result.detail }
        : { type: 'refused', fault: reply.ok ? { code: 'failed' } : reply.fault };
    return false;
  }

  /** The agent's thinking ends too. */
  stop(): void {
    this.#asking.abort();
    this.asking.value = false;
  }

  #said(): readonly Said[] {
    return this.lines.value
      .flatMap((line): readonly Said[] =>
        line.by === 'contact'
          ? [{ author: 'contact', text: line.text }]
          : line.texts.map((text) => ({ author: 'agent', text })),
      )
      .slice(-MOST_LINES);
  }
}
