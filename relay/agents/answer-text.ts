/**
 * What may leave as an answer: text alone, bounded, without reasoning or marks.
 * Every adapter's result passes here; knows no adapter.
 */
import { isSeen, visibleText } from '../../shared/visible-text.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { AgentResult, Usage } from '../turn.ts';
import { withoutReasoning } from './reasoning.ts';
import { withWhatsAppMarks } from './whatsapp-marks.ts';

export type AnswerBounds = {
  readonly settings: Pick<NumberSettings, 'answerCharacters' | 'answerTexts'>;
  /** The agent's key: an answer that repeats it (an echoing server) stays here. */
  readonly secret: string | null;
};

/** Shorter secrets would be found in ordinary sentences. */
const LEAST_SECRET_LENGTH = 8;

/** One text of a back end as a result; nothing visible left of it means silence. */
export function resultOf(text: string, usage: Usage | null): AgentResult {
  const kept = cleaned(text);
  return kept === '' ? { type: 'silence', usage } : { type: 'answer', texts: [kept], usage };
}

/** The result with its answer cut to size: at most `answerTexts` texts, together at most `answerCharacters` long. */
export function bounded(result: AgentResult, bounds: AnswerBounds): AgentResult {
  if (result.type !== 'answer') return result;
  const { secret } = bounds;
  if (secret && secret.length >= LEAST_SECRET_LENGTH && result.texts.some((text) => text.includes(secret))) {
    return { type: 'fault', fault: 'odd-answer', detail: 'the answer repeated the key', usage: result.usage };
  }
  const kept: string[] = [];
  let left = bounds.settings.answerCharacters;
  for (const text of result.texts.slice(0, bounds.settings.answerTexts)) {
    // What is cut off anyway is not parsed.
    const cut = cutTo(withWhatsAppMarks(cleaned(text).slice(0, left * 2)), left);
    if (cut !== '') kept.push(cut);
    left -= cut.length;
  }
  const [first, ...rest] = kept;
  if (first === undefined) return { type: 'silence', usage: result.usage };
  return { type: 'answer', texts: [first, ...rest], usage: result.usage };
}

/** What hides is taken out before the marks are looked for, or a mark with something hidden in it would pass. */
function cleaned(text: string): string {
  const kept = visibleText(withoutReasoning(text).slice(0, MOST_CHARACTERS)).replace(OWNER_MARKS, '').trim();
  return isSeen(kept) ? kept : '';
}

/** More than `answerCharacters` may ever be, and all that the patterns below get to see. */
const MOST_CHARACTERS = 131_072;

/** At the start of a line, where an agent would imitate them. */
const OWNER_MARKS = /^[ \t]*(?:\[owner [0-9a-f]{6}\][ \t]*)+/gim;

function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  return most < 2
    ? ''
    : `${text
        .slice(0, most - 1)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`;
}
