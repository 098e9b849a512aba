/**
 * A long answer in several messages: cut between paragraphs, else lines, sentences, words, and only then between characters as people
 * see them; never inside a code, a link or what stands between two marks. Pure, and linear in the text.
 */

export type PartLimits = { readonly characters: number; readonly texts: number };

export type Parts = {
  readonly texts: readonly string[];
  /** How much found no place, in characters. */
  readonly left: number;
};

const FENCE = '```';
/** A Pix code to copy (EMV): how it begins, the checksum that ends it, and how long it may be. */
const PIX = '000201';
const PIX_CHECKSUM = /6304[0-9A-Fa-f]{4}/;
const MOST_PIX = 900;
/** Words between two of these belong together; so much of a line is looked at. */
const MARKS = new Set(['*', '_', '~', '`']);
const MOST_MARKED = 300;
/** Room for closing a block of code that is cut. */
const FENCE_ROOM = FENCE.length + 1;
/** A part that would be shorter than this share of the whole is cut later, at the next finer place. */
const LEAST_SHARE = 1 / 3;
/** From the widest to the narrowest; each match ends where the next part begins. */
const PLACES: readonly RegExp[] = [
  /\n[ \t]{0,20}\n\s{0,50}/g,
  /\n\s{0,50}/g,
  /[.!?…]["'”’)\]*_~]{0,4}\s{1,50}/g,
  /\s{1,50}/g,
];

export function partsOf(text: string, { characters, texts: most }: PartLimits): Parts {
  const texts: string[] = [];
  let rest = text.trim();
  while (rest !== '' && texts.length < most) {
    const [part, after] = firstPart(rest, characters);
    if (part !== '') texts.push(part);
    rest = after;
  }
  return { texts, left: rest.length };
}

/** What fits, and what is left. */
function firstPart(text: string, most: number): readonly [string, string] {
  if (text.length <= most) return [text, ''];
  const seen = text.slice(0, most * 2);
  const whole = rangesIn(seen);
  const at = cutIn(seen, most, whole);
  if (at !== null) return [text.slice(0, at).trim(), text.slice(at).trim()];
  const block = whole.find(({ start, end }) => start < most && end > most && seen.startsWith(FENCE, start));
  const line = block ? text.lastIndexOf('\n', most - FENCE_ROOM) : -1;
  // A block of code longer than a message goes on in the next one as a block.
  if (block && line > block.start + FENCE.length) {
    return [`${text.slice(0, line)}\n${FENCE}`, `${FENCE}\n${text.slice(line + 1)}`];
  }
  const between = graphemeIn(seen, most);
  return [text.slice(0, between).trim(), text.slice(between).trim()];
}

type Range = { readonly start: number; readonly end: number };

/** Blocks of code, codes in a line, Pix codes, and words between marks, in order. */
function rangesIn(text: string): readonly Range[] {
  const ranges: Range[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const length = wholeAt(text, at);
    if (length === 0) continue;
    ranges.push({ start: at, end: at + length });
    at += length - 1;
  }
  return ranges;
}

/** How long what must stay together is where it begins at this place; 0 where nothing does. */
function wholeAt(text: string, at: number): number {
  if (text.startsWith(FENCE, at)) {
    const end = text.indexOf(FENCE, at + FENCE.length);
    return (end < 0 ? text.length : end + FENCE.length) - at;
  }
  if (text.startsWith(PIX, at)) {
    const line = lineAt(text, at, MOST_PIX);
    const checksum = PIX_CHECKSUM.exec(line);
    return checksum ? checksum.index + checksum[0].length : 0;
  }
  const mark = text.charAt(at);
  if (!MARKS.has(mark)) return 0;
  const end = lineAt(text, at, MOST_MARKED).indexOf(mark, 1);
  return end < 0 ? 0 : end + 1;
}

function lineAt(text: string, at: number, most: number): string {
  const [line = ''] = text.slice(at, at + most).split('\n', 1);
  return line;
}

function cutIn(text: string, most: number, whole: readonly Range[]): number | null {
  for (const [index, place] of PLACES.entries()) {
    const least = index < PLACES.length - 1 ? most * LEAST_SHARE : 1;
    let last: number | null = null;
    let range = 0;
    for (const match of text.matchAll(place)) {
      if (match.index > most) break;
      const end = match.index + match[0].length;
      while ((whole[range]?.end ?? Number.POSITIVE_INFINITY) <= match.index) range += 1;
      const within = whole[range];
      const isInside = within !== undefined && within.start < end && match.index < within.end;
      if (!isInside && match[0].trimEnd().length + match.index <= most && match.index >= least) last = end;
    }
    if (last !== null) return last;
  }
  return null;
}

/** The last place before `most` that is inside of no character; at least one is taken. */
function graphemeIn(text: string, most: number): number {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  const start = segments.containing(most)?.index ?? most;
  if (start > 0) return start;
  return segments.containing(0)?.segment.length ?? most;
}

const SENTENCE_END = /[.!?…]["'”’)\]*_~]{0,4}(?=\s|$)/g;
const NUMBERED = /(?:^|\n)[ \t]{0,10}\d{1,3}\.$/;

/** What is whole of a text that stopped in the middle: up to its last sentence or paragraph; empty where there is none. */
export function wholeSentences(text: string): string {
  let end = Math.max(0, text.lastIndexOf('\n\n'));
  for (const match of text.matchAll(SENTENCE_END)) {
    const at = match.index + match[0].length;
    // The number of a list is no sentence.
    if (at > end && !NUMBERED.test(text.slice(Math.max(0, at - 20), at))) end = at;
  }
  const kept = text.slice(0, end).trim();
  const isOpen = kept.split(FENCE).length % 2 === 0;
  return isOpen ? kept.slice(0, kept.lastIndexOf(FENCE)).trim() : kept;
}
