/** Two machines that answer each other are stopped: a chat gets no more than so many answers in a window that slides. */
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Clock } from '../clock.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { OutboxLedger } from '../store/outbox-ledger.ts';

export type BrakesDeps = {
  readonly ledger: Pick<OutboxLedger, 'answersBetween'>;
  readonly clock: Clock;
  readonly settings: Pick<
    NumberSettings,
    'brakeShortAnswers' | 'brakeShortSeconds' | 'brakeLongAnswers' | 'brakeLongMinutes'
  >;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Whether a chat has had all the answers that a window allows. */
export async function isBraked(agentId: AgentId, chatId: ChatId, deps: BrakesDeps): Promise<boolean> {
  const { ledger, clock, settings } = deps;
  const windows = [
    { answers: settings.brakeShortAnswers, ms: settings.brakeShortSeconds * SECOND_MS },
    { answers: settings.brakeLongAnswers, ms: settings.brakeLongMinutes * MINUTE_MS },
  ];
  for (const { answers, ms } of windows) {
    const now = clock.now();
    // What is said to be of the future was sent before the clock was set back.
    if ((await ledger.answersBetween(agentId, chatId, now - ms, now)) >= answers) return true;
  }
  return false;
}
