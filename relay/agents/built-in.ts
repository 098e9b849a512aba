/**
 * `built-in`: needs no service and no key. Answers by keywords, greets when a conversation opens, says when it is late.
 * Where nothing fits it says that the owner is told, if it knows whose name to say, and is silent otherwise. Every answer says that it is
 * automatic. What it said before it reads from the chat itself.
 *
 * Settings: `owner`, `language`, `greeting`, `away`, `awayFrom`, `awayUntil`, `awayDays`, `repeatHours`, `rules`; all have defaults.
 */

import * as v from 'valibot';
import { DAYS } from '../../shared/contract/schedule.ts';
import { builtInWordsIn } from '../../shared/locales/all.ts';
import { fill } from '../../shared/locales/format.ts';
import { LANGUAGE_CODES, type Language } from '../../shared/locales/languages.ts';
import type { BuiltInWords } from '../../shared/locales/words.ts';
import type { Agent, AgentResult, Line, Turn } from '../turn.ts';
import { defineAdapter } from './adapter.ts';
import { takeAsking } from './reserved-words.ts';
import { type Meant, ownSentences, wrong } from './setting-schemas.ts';
import { plainWords, saysExactly, saysNearly } from './word-match.ts';

const HOUR_MS = 3_600_000;

const hour = (meaning: string) =>
  v.pipe(
    v.string(wrong('not-a-text')),
    v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, wrong('time-of-day')),
    v.description(meaning),
  );

const entries = {
  owner: v.optional(
    v.pipe(
      v.string(wrong('not-a-text')),
      v.trim(),
      v.maxLength(60, wrong('too-long')),
      v.description(
        'who answers where no rule fits: the contact is told so, and the owner asked for; empty: nobody is',
      ),
    ),
    '',
  ),
  language: v.optional(
    v.nullable(v.pipe(v.picklist(LANGUAGE_CODES, wrong('language')), v.description("by default the relay's"))),
    null,
  ),
  greeting: ownSentences('said when a conversation opens; empty: no greeting; left out: the one that ships'),
  away: ownSentences('said between the two hours; empty: never; left out: the one that ships'),
  awayFrom: v.optional(hour('when the away message begins, local time'), '22:00'),
  awayUntil: v.optional(hour('when the away message ends, local time'), '07:00'),
  awayDays: v.optional(
    v.pipe(
      v.array(v.picklist(DAYS, wrong('other'))),
      v.description('days on which the away message is said whatever the hour: sun, mon, tue, wed, thu, fri, sat'),
      v.metadata({ role: 'days' } satisfies Meant),
    ),
    [],
  ),
  repeatHours: v.optional(
    v.pipe(
      v.number(wrong('not-a-number')),
      v.minValue(1, wrong('too-small')),
      v.maxValue(8_760, wrong('too-large')),
      v.description('hours before greeting or away message are said again in a chat; the greeting once a day at most'),
    ),
    12,
  ),
  rules: v.optional(
    v.nullable(
      v.pipe(
        v.array(
          v.strictObject({
            words: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty(wrong('empty')))), v.nonEmpty(wrong('no-word'))),
            answer: v.pipe(v.string(), v.trim(), v.nonEmpty(wrong('empty'))),
          }),
          wrong('rules'),
        ),
        v.maxLength(200, wrong('too-many-rules')),
        v.description('keywords and their answers, the first that fits; left out: the ones that ship'),
      ),
    ),
    null,
  ),
};

type BuiltInSettings = v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>;

export const builtIn = defineAdapter({
  name: 'built-in',
  meaning: 'answers by keywords on this computer; needs no service and no key',
  countsTokens: false,
  readsFiles: false,
  entries,
  key: null,
  create: (settings, _secret, deps): Agent => {
    const words = wordsOf(settings, deps.settings.language);
    return {
      repeatable: true,
      answer: async (turn, signal) => {
        signal.throwIfAborted();
        return resultOfSaid(words.notice, saidTo(turn, words, settings, deps.clock.now()));
      },
      check: async () => ({ type: 'ok', detail: `${words.rules.length} rules` }),
    };
  },
});

function wordsOf(settings: BuiltInSettings, language: Language): BuiltInWords {
  const shipped = builtInWordsIn(settings.language ?? language);
  return {
    ...shipped,
    greeting: settings.greeting ?? shipped.greeting,
    away: settings.away ?? shipped.away,
    rules: settings.rules ?? shipped.rules,
  };
}

/** What is said, and whether the owner is asked for. */
type Said = { readonly text: string; readonly asksOwner: boolean };

function resultOfSaid(notice: string, { text, asksOwner }: Said): AgentResult {
  const asking = asksOwner && ({ asksOwner } as const);
  if (text.trim() === '') return { type: 'silence', usage: null, ...asking };
  return { type: 'answer', texts: [`_${notice}_\n${text.trim()}`], usage: null, ...asking };
}

/** A rule first. Where none fits the opening of a conversation, and that the owner is told, if there is something to tell. */
function saidTo(turn: Turn, words: BuiltInWords, settings: BuiltInSettings, now: number): Said {
  const lines = [...turn.context, ...turn.fresh];
  const asked = lines.slice(lines.findLastIndex((line) => line.author === 'owner') + 1);
  const written = asked
    .filter((line) => line.author === 'contact' && turn.fresh.includes(line))
    .map((line) => plainWords(line.text));
  const rule = ruleFor(words.rules, written);
  if (rule) {
    const { text, asks } = takeAsking(rule.answer);
    return { text, asksOwner: asks };
  }
  const tells = settings.owner !== '' && written.some((text) => !isGreeting(text, words.greetings));
  const told = tells ? fill(words.told, { owner: settings.owner }) : '';
  return { text: [openingOf(lines, words, settings, now), told].filter(Boolean).join('\n'), asksOwner: tells };
}

/** The away message, or the greeting of the day; empty where it has been said. */
function openingOf(lines: readonly Line[], words: BuiltInWords, settings: BuiltInSettings, now: number): string {
  const since = now - settings.repeatHours * HOUR_MS;
  const recent = lines.filter((line) => line.author !== 'contact' && line.sentAt > since);
  const away = words.away.trim();
  if (away && isAway(now, settings))
    return recent.some((line) => line.author === 'agent' && line.text.includes(away)) ? '' : away;
  // A conversation is open already when this number has just written in it, by whichever hand; and a day has one greeting.
  const today = new Date(now).setHours(0, 0, 0, 0);
  const isOpen = lines.some((line) => line.author !== 'contact' && line.sentAt > Math.min(since, today));
  return isOpen ? '' : words.greeting.trim();
}

/** The first that fits as it is written; else the first that is meant. */
function ruleFor(
  rules: BuiltInWords['rules'],
  written: readonly (readonly string[])[],
): BuiltInWords['rules'][number] | null {
  const first = (says: typeof saysNearly) =>
    rules.find(({ words }) => words.some((word) => written.some((text) => says(text, plainWords(word)))));
  return first(saysExactly) ?? first(saysNearly) ?? null;
}

/** True if nothing is said but that somebody is there. */
function isGreeting(text: readonly string[], greetings: readonly string[]): boolean {
  const known = new Set(greetings.flatMap(plainWords));
  return text.every((word) => known.has(word));
}

/** True on a day of rest, and between the two hours of every other. */
function isAway(now: number, { awayDays, awayFrom, awayUntil }: BuiltInSettings): boolean {
  const today = DAYS[new Date(now).getDay()];
  return (today !== undefined && awayDays.includes(today)) || isBetween(now, awayFrom, awayUntil);
}

/** True if the local time of day lies in [from, until); `22:00` to `07:00` runs over midnight. */
function isBetween(now: number, from: string, until: string): boolean {
  const local = new Date(now);
  const time = `${String(local.getHours()).padStart(2, '0')}:${String(local.getMinutes()).padStart(2, '0')}`;
  return from <= until ? from <= time && time < until : from <= time || time < until;
}
