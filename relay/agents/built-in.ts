/**
 * `built-in`: needs no service and no key. Answers by keywords, greets when a conversation opens, says when it is late.
 * Silent when nothing fits, and every answer says that it is automatic. What it said before it reads from the chat itself.
 *
 * Settings: `language`, `greeting`, `away`, `awayFrom`, `awayUntil`, `repeatHours`, `rules`; all have defaults.
 */

import * as v from 'valibot';
import { builtInWordsIn } from '../../shared/locales/all.ts';
import { LANGUAGE_CODES, type Language } from '../../shared/locales/languages.ts';
import type { BuiltInWords } from '../../shared/locales/words.ts';
import type { Agent, AgentResult, Line, Turn } from '../turn.ts';
import { defineAdapter } from './adapter.ts';
import { ownSentences, wrong } from './setting-schemas.ts';

const HOUR_MS = 3_600_000;

const hour = (meaning: string) =>
  v.pipe(
    v.string(wrong('not-a-text')),
    v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, wrong('time-of-day')),
    v.description(meaning),
  );

const entries = {
  language: v.optional(
    v.nullable(v.pipe(v.picklist(LANGUAGE_CODES, wrong('language')), v.description("by default the relay's"))),
    null,
  ),
  greeting: ownSentences('said when a conversation opens; empty: no greeting; left out: the one that ships'),
  away: ownSentences('said between the two hours; empty: never; left out: the one that ships'),
  awayFrom: v.optional(hour('when the away message begins, local time'), '22:00'),
  awayUntil: v.optional(hour('when the away message ends, local time'), '07:00'),
  repeatHours: v.optional(
    v.pipe(
      v.number(wrong('not-a-number')),
      v.minValue(1, wrong('too-small')),
      v.maxValue(8_760, wrong('too-large')),
      v.description('hours before greeting or away message are said again in a chat'),
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
  entries,
  key: null,
  create: (settings, _secret, deps): Agent => {
    const words = wordsOf(settings, deps.settings.language);
    return {
      repeatable: true,
      answer: async (turn, signal) => {
        signal.throwIfAborted();
        return said(words.notice, textFor(turn, words, settings, deps.clock.now()));
      },
      check: async () => ({ type: 'ok', detail: `${words.rules.length} rules` }),
    };
  },
});

function wordsOf(settings: BuiltInSettings, language: Language): BuiltInWords {
  const shipped = builtInWordsIn(settings.language ?? language);
  return {
    notice: shipped.notice,
    greeting: settings.greeting ?? shipped.greeting,
    away: settings.away ?? shipped.away,
    rules: settings.rules ?? shipped.rules,
  };
}

function said(notice: string, text: string | null): AgentResult {
  if (text === null || text.trim() === '') return { type: 'silence', usage: null };
  return { type: 'answer', texts: [`_${notice}_\n${text.trim()}`], usage: null };
}

/** A rule first, then the away message, then the greeting; null where nothing fits. */
function textFor(turn: Turn, words: BuiltInWords, settings: BuiltInSettings, now: number): string | null {
  const lines = [...turn.context, ...turn.fresh];
  const asked = lines.slice(lines.findLastIndex((line) => line.author === 'owner') + 1);
  const rule = firstRule(
    words.rules,
    asked.filter((line) => turn.fresh.includes(line)),
  );
  if (rule) return rule.answer;

  const recent = lines.filter(
    (line) => line.author !== 'contact' && line.sentAt > now - settings.repeatHours * HOUR_MS,
  );
  const away = words.away.trim();
  if (away && isBetween(now, settings.awayFrom, settings.awayUntil)) {
    return recent.some((line) => line.author === 'agent' && line.text.includes(away)) ? null : away;
  }
  // A conversation is open already when this number has just written in it, by whichever hand.
  return recent.length > 0 ? null : words.greeting;
}

function firstRule(rules: BuiltInWords['rules'], lines: readonly Line[]): BuiltInWords['rules'][number] | null {
  const text = lines
    .filter((line) => line.author === 'contact')
    .map((line) => plainWords(line.text))
    .join('|');
  return (
    rules.find(({ words }) => words.some((word) => plainWords(word) !== '  ' && text.includes(plainWords(word)))) ??
    null
  );
}

/** Letters and digits only, no accents, no case, a space around each word: ` onde fica a loja `. */
function plainWords(text: string): string {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return ` ${words?.join(' ') ?? ''} `;
}

/** True if the local time of day lies in [from, until); `22:00` to `07:00` runs over midnight. */
function isBetween(now: number, from: string, until: string): boolean {
  const local = new Date(now);
  const time = `${String(local.getHours()).padStart(2, '0')}:${String(local.getMinutes()).padStart(2, '0')}`;
  return from <= until ? from <= time && time < until : from <= time || time < until;
}
