/**
 * Which conversation of a back end that remembers belongs to a chat, kept as the chat's note. Knows no back end. A note that cannot be
 * read or kept costs a new conversation, never an answer: the store reports its own trouble where it matters.
 */
import type { Turn } from '../turn.ts';
import type { AgentDeps } from './adapter.ts';
import { at, parseJson } from './json.ts';
import { asTranscript, explainMarks, ownerFirst } from './speakers.ts';

export class ConversationNote {
  readonly #deps: Pick<AgentDeps, 'notes' | 'log'>;
  readonly #place: readonly string[];

  /** `place`: what a conversation hangs on besides, such as the address: one of other settings is not this agent's. */
  constructor(deps: Pick<AgentDeps, 'notes' | 'log'>, place: readonly string[]) {
    this.#deps = deps;
    this.#place = place;
  }

  /** The conversation's id at the back end; null where there is none yet. */
  async read({ agentId, chatKey }: Turn): Promise<string | null> {
    try {
      const note = await this.#deps.notes.note(agentId, chatKey);
      const id = note === null ? undefined : at(parseJson(note), 0);
      return typeof id === 'string' && note === this.#noteFor(id) ? id : null;
    } catch (err) {
      this.#deps.log.warn({ err, agentId }, 'conversation note unreadable');
      return null;
    }
  }

  async keep({ agentId, chatKey }: Turn, id: string): Promise<void> {
    try {
      await this.#deps.notes.keepNote(agentId, chatKey, this.#noteFor(id));
    } catch (err) {
      this.#deps.log.warn({ err, agentId }, 'conversation note not kept');
    }
  }

  #noteFor(id: string): string {
    return JSON.stringify([id, ...this.#place]);
  }
}

/** What a back end that remembers is told: in a new conversation all that came before, in one that goes on what it has not heard. */
export function toldIn(turn: Turn, isNew: boolean): string {
  const asked = ownerFirst(turn.fresh, turn.chatKey);
  const earlier = asTranscript(isNew ? turn.context : turn.missed, turn.chatKey);
  return earlier ? `Earlier in this conversation:\n${earlier}\n\nNow:\n${asked}` : asked;
}

/** The same for a back end that has no place for instructions: where a mark is in it, what the marks mean stands before it. */
export function toldAlone(turn: Turn, isNew: boolean): string {
  const lines = [...(isNew ? turn.context : turn.missed), ...turn.fresh];
  const isMarked = lines.some(({ author, shown }) => author === 'owner' || shown.length > 0);
  const told = toldIn(turn, isNew);
  return isMarked ? `${explainMarks(turn.chatKey)}\n\n${told}` : told;
}
