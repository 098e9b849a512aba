/**
 * How much of a text a Markdown parser is given: as long as what it would look at stays within bounds that no answer of a person's needs.
 * Lists in lists, quotes, underlined headings, pairs of marks and of brackets each cost it more than their length. Pure, and linear.
 */

/** The most that the parsed beginning may cost: more than what fills five messages of prose, lists or tables. */
const MOST = {
  characters: 65_536,
  lines: 500,
  containers: 600,
  marks: 2_000,
  brackets: 1_500,
  ticks: 500,
  cells: 800,
};
/** A line in more lists and quotes than these is nobody's. */
const MOST_NESTED = 10;

type Kind = keyof typeof MOST;
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...[...'*_~'].map((mark) => [mark, 'marks'] as const),
  ...[...'[]()!<&\\'].map((mark) => [mark, 'brackets'] as const),
  ['`', 'ticks'],
  ['|', 'cells'],
]);
const BULLETS = new Set('-+*>');

/** The end of the part that is parsed: at the beginning of a line, after a blank one where there is one within bounds. */
export function parsedEnd(text: string): number {
  const spent: Record<Kind, number> = {
    characters: 0,
    lines: 0,
    containers: 0,
    marks: 0,
    brackets: 0,
    ticks: 0,
    cells: 0,
  };
  let line = 0;
  let paragraph = 0;
  while (line < text.length) {
    const next = lineEnd(text, line);
    if (!pay(text, line, next, spent)) return paragraph > 0 ? paragraph : line;
    if (text.slice(line, next).trim() === '') paragraph = next;
    line = next;
  }
  return text.length;
}

/** False where a line is more than what is left. */
function pay(text: string, from: number, to: number, spent: Record<Kind, number>): boolean {
  const containers = containersIn(text, from, to);
  if (containers > MOST_NESTED) return false;
  spent.lines += 1;
  spent.containers += containers;
  spent.characters += to - from;
  for (let at = from; at < to; at += 1) {
    const kind = KINDS.get(text.charAt(at));
    if (kind) spent[kind] += 1;
  }
  return Object.entries(MOST).every(([kind, most]) => spent[kind as Kind] <= most);
}

/** How many lists and quotes a line begins, each in the one before. */
function containersIn(text: string, from: number, to: number): number {
  let found = 0;
  let at = from;
  while (at < to) {
    while (at < to && isBlank(text.charAt(at))) at += 1;
    const digits = at;
    while (at < to && isDigit(text.charAt(at))) at += 1;
    const isNumbered = at > digits && (text.charAt(at) === '.' || text.charAt(at) === ')');
    if (!isNumbered && (at > digits || !BULLETS.has(text.charAt(at)))) return found;
    const isQuote = text.charAt(at) === '>';
    at += 1;
    if (!isQuote && at < to && !isBlank(text.charAt(at)) && text.charAt(at) !== '\n') return found;
    found += 1;
  }
  return found;
}

/** After the line end, `\n`, `\r` or both. */
function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== '\n' && text.charAt(at) !== '\r') at += 1;
  return text.startsWith('\r\n', at) ? at + 2 : Math.min(text.length, at + 1);
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
