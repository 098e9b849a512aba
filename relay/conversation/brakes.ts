/**
 * Two machines that answer each other are stopped: a chat gets no more than so many answers in windows that slide, none where its turns are
 * those of a program, and no more than a share of the day's tokens.
 */
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import { type Clock, localDay } from '../clock.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { Store } from '../store/store.ts';
import { isBackAndForth } from './back-and-forth.ts';

export type BrakesDeps = {
  readonly store: {
    readonly outbox: Pick<Store['outbox'], 'answersBetween'>;
    readonly messages: Pick<Store['messages'], 'lines'>;
    readonly chats: Pick<Store['chats'], 'spentOn'>;
    readonly agents: Pick<Store['agents'], 'get'>;
  };
  readonly clock: Clock;
  readonly settings: Pick<
    NumberSettings,
    | 'brakeShortAnswers'
    | 'brakeShortSeconds'
    | 'brakeLongAnswers'
    | 'brakeLongMinutes'
    | 'brakeHourAnswers'
    | 'brakeLoopTurns'
    | 'dailyTokens'
    | 'chatTokensPercent'
  >;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Lines of a chat by which a program is known: its last turns may be in pieces. */
const MOST_LINES = 60;

/** True if a chat has had all the answers that a window allows, or somebody answers there who is nobody. */
export async function isBraked(agentId: AgentId, chatId: ChatId, deps: BrakesDeps): Promise<boolean> {
  const { store, clock, settings } = deps;
  // What is said to be of the future was sent before the clock was set back.
  const now = clock.now();
  const answersWithin = (ms: number): Promise<number> => store.outbox.answersBetween(agentId, chatId, now - ms, now);
  const windows = [
    { answers: settings.brakeShortAnswers, ms: settings.brakeShortSeconds * SECOND_MS },
    { answers: settings.brakeLongAnswers, ms: settings.brakeLongMinutes * MINUTE_MS },
    { answers: settings.brakeHourAnswers, ms: HOUR_MS },
  ];
  for (const { answers, ms } of windows) if ((await answersWithin(ms)) >= answers) return true;
  if ((await answersWithin(HOUR_MS)) < settings.brakeLoopTurns) return false;
  const lines = await store.messages.lines(agentId, chatId, MOST_LINES);
  return isBackAndForth(
    lines
      .filter(({ message }) => message.sentAt > now - HOUR_MS)
      .map(({ author, message }) => ({ author, text: message.text ?? '', sentAt: message.sentAt })),
    settings.brakeLoopTurns,
  );
}

/** True if a chat alone has taken its share of the day's tokens, or what the owner lets one chat cost. Not on a day that goes on without its limits. */
export async function hasSpentShare(agentId: AgentId, chatId: ChatId, deps: BrakesDeps): Promise<boolean> {
  const { store, clock, settings } = deps;
  const record = await store.agents.get(agentId);
  if (!record) return false;
  const today = localDay(clock.now());
  const { caps, goOnDay } = record;
  const { tokens, micros } = await store.chats.spentOn(agentId, chatId, today);
  const share = caps.chatTokens ?? ((caps.dayTokens ?? settings.dailyTokens) * settings.chatTokensPercent) / 100;
  const isOver = tokens >= share || (caps.chatMicros !== null && micros >= caps.chatMicros);
  return isOver && goOnDay !== today;
}
