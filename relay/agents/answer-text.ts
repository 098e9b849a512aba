/**
 * What may leave as an answer: text alone, bounded, without reasoning or marks.
 * Every adapter's result passes here; knows no adapter.
 */
import { isSeen, visibleText } from '../../shared/rules/visible-text.ts';
import { NUMBER_SETTINGS, type NumberSettings } from '../settings/catalogue.ts';
import type { AgentResult, Usage } from '../turn.ts';
import { type Said, saidIn } from './answer-json.ts';
import { partsOf, wholeSentences } from './answer-parts.ts';
import { type Fault, fault } from './fault.ts';
import type { Ending } from './finish-reason.ts';
import { asking } from './http-fault.ts';
import { faultOfText, isToolCall, jsonIn } from './machine-text.ts';
import { withoutReasoning } from './reasoning.ts';
import { takeAsking } from './reserved-words.ts';
import { waitInBody } from './retry-wait.ts';
import { withWhatsAppMarks } from './whatsapp-marks.ts';

export type AnswerBounds = {
  readonly settings: Pick<NumberSettings, 'answerCharacters' | 'answerTexts'>;
  /** The agent's key: an answer that repeats it (an echoing server) stays here. */
  readonly secret: string | null;
};

/** The word for silence, with what models put around a word. */
const SILENCE = /^[^\p{L}\p{N}]{0,8}NO_REPLY[^\p{L}\p{N}]{0,8}$/u;
/** On a line of its own beside other words it is not silence, and not for a contact either. */
const SILENCE_LINE = /^[^\p{L}\p{N}\n]{0,8}NO_REPLY[^\p{L}\p{N}\n]{0,8}$/gmu;

/** Shorter secrets would be found in ordinary sentences. */
const LEAST_SECRET_LENGTH = 8;
/** As many messages as one answer may be cut into at all. */
const MOST_TEXTS = NUMBER_SETTINGS.answerTexts.most;

/** What a back end said, one text or several; nothing visible left of it means silence. */
export function resultOf(said: string | readonly string[], usage: Usage | null): AgentResult {
  const texts: string[] = [];
  for (const each of typeof said === 'string' ? [said] : said) {
    // No more may leave: the rest is counted, and not read.
    if (texts.length >= MOST_TEXTS) {
      texts.push(each);
      continue;
    }
    const read = spoken(each, 0);
    if ('type' in read) return { ...read, usage };
    texts.push(...read);
  }
  const [first, ...rest] = texts;
  return first === undefined ? { type: 'silence', usage } : { type: 'answer', texts: [first, ...rest], usage };
}

/** What a back end said before it was cut off: up to its last whole sentence. */
export function unfinishedResultOf(said: string, usage: Usage | null): AgentResult {
  const result = resultOf(said, usage);
  if (result.type === 'fault') return result;
  const whole = result.type === 'answer' ? wholeSentences(result.texts.join('\n\n')) : '';
  if (whole === '') return { ...STOPPED_EARLY, usage };
  return { type: 'answer', texts: [whole], usage, shortened: { fault: 'cut-off', detail: '' } };
}

/** What a back end said, by why it ended there. */
export function endedResultOf(said: string | readonly string[], ending: Ending, usage: Usage | null): AgentResult {
  const all = typeof said === 'string' ? said : said.join('\n\n');
  switch (ending) {
    case 'whole':
      return resultOf(said, usage);
    case 'cut':
      return unfinishedResultOf(all, usage);
    case 'called': {
      const result = resultOf(said, usage);
      return result.type === 'silence' ? { ...CALLED, usage } : result;
    }
    case 'blocked':
      return { ...fault('refused-by-agent', 'the content filter of the service stopped the answer'), usage };
    case 'failed':
      return { ...fault('unreachable', 'the answer broke off at the server'), usage };
    case 'unknown': {
      const result = unfinishedResultOf(all, usage);
      const isAll = result.type === 'answer' && result.texts[0].length === wordsLength(resultOf(all, usage));
      if (result.type !== 'answer' || !isAll) return result.type === 'fault' ? result : { ...STOPPED_EARLY, usage };
      return { ...result, shortened: { fault: 'cut-off', detail: 'it gave a reason that is not known' } };
    }
  }
}

const NO_TEXT = fault('odd-answer', 'JSON without a text for a person');
const STOPPED_EARLY = fault('stopped-early', 'the answer was cut off before a whole sentence');
const CALLED = fault('odd-answer', 'the model called a tool that it was not given');

function wordsLength(result: AgentResult): number {
  return result.type === 'answer' ? result.texts.join('\n\n').length : 0;
}

/** The result with its answer cut to size: at most `answerTexts` messages of at most `answerCharacters` each; and with whom it asks for. */
export function bounded(said: AgentResult, bounds: AnswerBounds): AgentResult {
  if (said.type !== 'answer') return said;
  const taken = said.texts.map(takeAsking);
  if (!said.asksOwner && taken.every(({ asks }) => !asks)) return cutToSize(said, bounds);
  const [first, ...rest] = taken.map(({ text }) => text).filter((text) => text !== '');
  if (first === undefined) return { type: 'silence', usage: said.usage, asksOwner: true };
  const result = cutToSize({ ...said, texts: [first, ...rest] }, bounds);
  return result.type === 'fault' ? result : { ...result, asksOwner: true };
}

function cutToSize(result: AgentResult & { readonly type: 'answer' }, { settings, secret }: AnswerBounds): AgentResult {
  const { usage } = result;
  const { answerCharacters: characters, answerTexts: most } = settings;
  const kept: string[] = [];
  let left = 0;
  for (const text of result.texts) {
    if (kept.length >= most) {
      left += text.length;
      continue;
    }
    const whole = cleaned(text);
    // What is left off anyway is not parsed.
    const head = whole.slice(0, Math.min(characters * (most - kept.length) * 2, MOST_PARSED));
    const written = typed(head);
    // The parts that were taken off may have been all there was.
    if (jsonIn(written)?.isAll) return { ...NO_TEXT, usage };
    const { texts, left: over } = partsOf(written, { characters, texts: most - kept.length });
    kept.push(...texts);
    left += over + whole.length - head.length;
  }
  if (repeats([...result.texts, kept.join('')], secret)) {
    return { ...fault('odd-answer', 'the answer repeated the key'), usage };
  }
  const [first, ...rest] = kept;
  if (first === undefined) return { type: 'silence', usage };
  const shortened = left > 0 ? ({ fault: 'too-long', detail: `${left} characters` } as const) : result.shortened;
  return { type: 'answer', texts: [first, ...rest], usage, ...(shortened && { shortened }) };
}

function repeats(texts: readonly string[], secret: string | null): boolean {
  if (secret === null || secret.length < LEAST_SECRET_LENGTH) return false;
  return texts.some((text) => text.includes(secret));
}

/** As a person would have typed it. What comes to light when marks and tags are taken off is looked at again. */
function typed(text: string): string {
  let written = withWhatsAppMarks(text);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const again = cleaned(written);
    if (again === written) return written;
    written = again;
  }
  return '';
}

/** The words for a person in what a back end said; none for silence, a fault where it was none of them. */
function spoken(said: string, depth: number): readonly string[] | Fault {
  const text = cleaned(said);
  if (SILENCE.test(text)) return [];
  // A call alone may leave nothing once channels and ends of turns are taken off.
  if (isToolCall(text === '' ? said : text)) return CALLED;
  const wrong = faultOfText(text);
  if (wrong) return asking(fault(wrong, 'an error in place of an answer'), waitInBody(text));
  const plain = text.replace(SILENCE_LINE, '').trim();
  const json = jsonIn(text);
  if (!json) return plain === '' ? [] : [plain];
  const inner: Said = depth < MOST_NESTED ? saidIn(json.value, []) : { type: 'nothing', detail: '' };
  if (inner.type === 'silence') return [];
  if (inner.type === 'texts') return spokenOfAll(inner.texts, depth + 1);
  // Beside words for a person JSON is something that is shown to them.
  return json.isAll ? NO_TEXT : [plain];
}

function spokenOfAll(texts: readonly string[], depth: number): readonly string[] | Fault {
  const all: string[] = [];
  for (const text of texts.slice(0, MOST_TEXTS)) {
    const read = spoken(text, depth);
    if ('type' in read) return read;
    all.push(...read);
  }
  return [...all, ...texts.slice(MOST_TEXTS)];
}

/** JSON in JSON in JSON, as a flow writes that hands on a text of a model. */
const MOST_NESTED = 3;

/** What hides is taken out before the marks are looked for, or a mark with something hidden in it would pass. */
function cleaned(text: string): string {
  const kept = withoutReasoning(visibleText(text.slice(0, MOST_CHARACTERS)))
    .replace(MARKS, '')
    .trim();
  return isSeen(kept) ? kept : '';
}

/** More than the body of a reply may ever hold. */
const MOST_CHARACTERS = 4_194_304;
const MOST_PARSED = 262_144;
/** What is still not still after these was made to deceive: nothing of it is said. */
const MOST_ROUNDS = 20;

/** Those of the transcript, which an agent may imitate. */
const MARKS = /\[(?:owner|shown) [0-9a-f]{6}\] ?/gi;
