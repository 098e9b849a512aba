/** From what an agent said to what the outbox sends: bounded, nothing twice in a row, each text in the time that writing it takes. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { MessageTime } from '../message-time.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { Store } from '../store/store.ts';
import type { Answered } from './agent-call.ts';
import { textsToSend } from './answer-texts.ts';
import { writingMs } from './writing-time.ts';

export type AnswerQueueDeps = {
  readonly store: Pick<Store, 'outbox' | 'messages'>;
  readonly clock: Clock;
  readonly time: MessageTime;
  readonly settings: Pick<
    NumberSettings,
    'answerCharacters' | 'answerTexts' | 'paceSeconds' | 'piecesSeconds' | 'brakeLongMinutes'
  >;
  readonly newMessageId: () => string;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** So long a contact is not told again that the owner is asked for. */
const HOUR_MS = 60 * MINUTE_MS;

export class AnswerQueue {
  readonly #agentId: AgentId;
  readonly #deps: AnswerQueueDeps;

  constructor(agentId: AgentId, deps: AnswerQueueDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** Durable when it resolves: the answer waits in the outbox, or its messages have their outcome. `refused`: the owner was faster, or the switch. */
  async add({ chatId, row, newestAt, askedAt, result }: Answered): Promise<'waits' | 'settled' | 'refused'> {
    const { store, clock, time, settings, newMessageId } = this.#deps;
    const now = clock.now();
    const limits = { characters: settings.answerCharacters, texts: settings.answerTexts };
    const since = now - settings.brakeLongMinutes * MINUTE_MS;
    const last = await store.outbox.lastText(this.#agentId, chatId, since);
    const asksOwner = result.asksOwner === true;
    const isTold = asksOwner && (await store.outbox.hasAskedSince(this.#agentId, chatId, now - HOUR_MS));
    const texts = result.type === 'answer' && !isTold ? textsToSend(result.texts, limits, last) : [];
    const settle = (reason: 'same-answer' | 'owner-wrote') =>
      store.messages.settle(this.#agentId, chatId, { row }, reason, now);
    if (result.type === 'answer' && texts.length === 0 && !asksOwner) {
      await settle('same-answer');
      return 'settled';
    }
    let notBefore = askedAt;
    const settled = newestAt === null ? 0 : Math.min(now, time.local(newestAt)) + settings.piecesSeconds * SECOND_MS;
    const answers = texts.map((text) => {
      notBefore = Math.max(notBefore + writingMs(text, settings.paceSeconds * SECOND_MS), settled);
      return { messageId: newMessageId(), text, notBefore };
    });
    const queued = await store.outbox.queueAnswers({
      agentId: this.#agentId,
      chatId,
      row,
      answers,
      newestAt,
      asksOwner,
      now,
    });
    // Its own last look: the switch settles what is open itself, and otherwise the owner was faster.
    if (queued) return answers.length > 0 ? 'waits' : 'settled';
    await settle('owner-wrote');
    return 'refused';
  }
}
