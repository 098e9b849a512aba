/** Puts an agent's state to words: who answers and until when, which need is wrong, what happens now. Pure. */
import type { Cause } from '../../shared/contract/status.ts';
import { type Limit, limitOf } from '../../shared/contract/switched-by.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, fillMoment, writeLeft } from '../../shared/locales/format.ts';
import { type Answering, answering, onAgainAt } from '../../shared/rules/answering.ts';
import type { Speech } from '../components/speech.ts';
import { nameOfChat } from './chat-name.ts';

/** Rows of the face. */
export type Need = 'whom' | 'agent' | 'number';

const WRONG: Readonly<Record<Answering, Need | null>> = {
  answering: null,
  off: null,
  'no-number': 'number',
  linking: 'number',
  'line-down': 'number',
  restricted: 'number',
  'nobody-chosen': 'whom',
  'contacts-unknown': 'whom',
  'key-refused': 'agent',
  'agent-failing': 'agent',
};

/** Finds the row that keeps an agent from answering: `number` wherever that is not connected; null where none does. */
export function wrongNeed(agent: AgentSnapshot, now: number): Need | null {
  const { status, restrictedUntil, restrictedRetryAt } = agent.link;
  if (status !== 'connected' || Math.max(restrictedUntil ?? 0, restrictedRetryAt ?? 0) > now) return 'number';
  return WRONG[answering(agent, now)];
}

/** The limit that has turned the agent off; null where none has. */
export function limitReached({ on, switchedBy }: AgentSnapshot): Limit | null {
  return on ? null : limitOf(switchedBy);
}

/** The agent fails, or a limit has turned it off. */
export function hasAgentTrouble(agent: AgentSnapshot): boolean {
  return (agent.on && agent.lastFault !== null) || limitReached(agent) !== null;
}

/** Causes after which something has to be done elsewhere first, or something is lost: said in the colour of an alarm. */
const ALARMING: ReadonlySet<Cause> = new Set([
  'banned',
  'banned-until',
  'replaced',
  'relay-outdated',
  'server-not-trusted',
  'unlinked-by-whatsapp',
  'disk',
]);

export function isAlarming({ cause, status }: Pick<AgentSnapshot['link'], 'cause' | 'status'>): boolean {
  return cause !== null && status !== 'connected' && ALARMING.has(cause);
}

/** Who answers, and until when. Why stands in the row that is wrong. */
export function sayWhoAnswers(agent: AgentSnapshot, { words, shared, language }: Speech, now: number): string {
  const truth = answering(agent, now);
  if (truth === 'answering' || truth === 'no-number' || truth === 'linking') return shared.truths[truth];
  const { face } = words;
  const until = truth === 'off' ? onAgainAt(agent) : truth === 'restricted' ? agent.link.restrictedUntil : null;
  if (until !== null && until > now) return fillMoment(face.onlyYouUntil, { language, at: until, now });
  return truth === 'off' ? face.onlyYou : face.onlyYouNow;
}

/** A line about what happens now, or next. `busy`: something is being done; `long`: the agent was asked so long ago that somebody should look. */
type Live = { readonly text: string; readonly busy: boolean; readonly long: boolean };

/** A person thinks as long without being asked whether they are there. */
const SHORT_MS = 3_000;
export const LONG_MS = 20_000;
const SECOND_MS = 1_000;

/** `now` in epoch ms. */
export function liveLine(agent: AgentSnapshot, speech: Speech, now: number): Live {
  const { words, language } = speech;
  const say = (sentence: string, at: number): string => fillMoment(sentence, { language, at, now });
  const { live } = words;
  switch (answering(agent, now)) {
    case 'answering':
      return liveWhileAnswering(agent, words, now);
    case 'off':
      return calm(offLine(agent, live, say));
    case 'restricted':
      return calm(
        agent.link.restrictedUntil === null && agent.link.restrictedRetryAt !== null
          ? say(live.triesAt, agent.link.restrictedRetryAt)
          : live.returns,
      );
    case 'nobody-chosen':
      return calm(live.waitsForChoice);
    case 'contacts-unknown':
      return calm(live.waitsForContacts);
    case 'key-refused':
      return calm(live.waitsForKey);
    case 'agent-failing':
      return calm(agent.retryAt === null ? live.triesNext : say(live.triesAt, agent.retryAt));
    default:
      return calm(agent.link.status === 'reconnecting' ? live.afterwards : live.waitsForLink);
  }
}

function liveWhileAnswering(
  { link, now: present, recent, today }: AgentSnapshot,
  { live }: Speech['words'],
  now: number,
): Live {
  if (link.phase === 'catching-up') return busy(link.left ? fill(live.readingLeft, { left: link.left }) : live.reading);
  const { answering: asked, catchingUp } = present;
  if (catchingUp !== null) return busy(fill(live.catchingUp, catchingUp));
  if (asked !== null) {
    const seconds = Math.floor((now - asked.since) / SECOND_MS);
    const name = nameOfChat(asked, live.someone);
    if (now - asked.since >= LONG_MS) return { ...busy(fill(live.noAnswer, { seconds })), long: true };
    return busy(fill(now - asked.since < SHORT_MS ? live.answering : live.answeringFor, { name, seconds }));
  }
  const sending = recent.find((chat) => chat.answering);
  if (sending) return busy(fill(live.answering, { name: nameOfChat(sending, live.someone) }));
  const next = recent.reduce<(typeof recent)[number] | null>(
    (soonest, chat) =>
      chat.answersAt !== null && chat.answersAt < (soonest?.answersAt ?? Number.POSITIVE_INFINITY) ? chat : soonest,
    null,
  );
  if (next?.answersAt) {
    const { forOwner: count } = present;
    const values = { count, name: nameOfChat(next, live.someone), left: writeLeft(next.answersAt - now) };
    return calm(fill(count === 1 ? live.forOwner : live.forOwnerMany, values));
  }
  const kept = recent.find(({ heldUntil, waiting }) => heldUntil !== null && heldUntil > now && waiting > 0);
  if (kept) {
    const sentence = kept.waiting === 1 ? live.waitsForYou : live.waitForYou;
    return calm(fill(sentence, { count: kept.waiting, name: nameOfChat(kept, live.someone) }));
  }
  if (present.waiting > 0)
    return calm(fill(present.waiting === 1 ? live.queued : live.queuedMany, { count: present.waiting }));
  if (present.asks > 0) return calm(live.nobodyWaitsForAgent);
  return calm(recent.length === 0 && today.messages === 0 ? live.nobodyWrote : live.nobodyWaits);
}

function offLine(
  agent: AgentSnapshot,
  live: Speech['words']['live'],
  say: (sentence: string, at: number) => string,
): string {
  const { switchedAt, switchedBy, ignoredWhileOff: count, scope } = agent;
  if (limitReached(agent) !== null) return say(live.offByItself, switchedAt);
  if (scope === null) return live.notYet;
  if (onAgainAt(agent) !== null) return live.backByItself;
  if (count > 0) return fill(count === 1 ? live.ignored : live.ignoredMany, { count });
  return switchedBy === 'unlinked' ? say(live.unlinked, switchedAt) : live.nothingKept;
}

function calm(text: string): Live {
  return { text, busy: false, long: false };
}

function busy(text: string): Live {
  return { text, busy: true, long: false };
}
