/**
 * Two programs that answer each other slowly stay below every count. They are known by what people do not do: they answer after times and
 * at lengths that hardly differ, or say the same again and again with small changes. Pure.
 */

/** A line of a chat, oldest first. `sentAt`: epoch ms. */
export type SpokenLine = {
  readonly author: 'contact' | 'owner' | 'agent';
  readonly text: string;
  readonly sentAt: number;
};

/** Standard deviation by mean: people's times to answer differ by far more. */
const EVEN = 0.2;
/** Two texts are alike from this share of common triples of characters on. */
const ALIKE = 0.8;
/** Short words are alike in everybody's mouth: yes, ok, a number of a menu. */
const LEAST_CHARACTERS = 12;
const MOST_CHARACTERS = 400;

/** One answer of the other side: how long after this side's last word it came, and what it said. */
type Turn = { readonly delayMs: number; readonly text: string };

/** `least` turns in a row say something: people's first few may be alike by chance. */
export function isBackAndForth(lines: readonly SpokenLine[], least: number): boolean {
  const turns = turnsOf(lines).slice(-least);
  if (turns.length < least) return false;
  const isEven =
    spreadOf(turns.map(({ delayMs }) => delayMs)) < EVEN && spreadOf(turns.map(({ text }) => text.length)) < EVEN;
  return isEven || repeats(turns.map(({ text }) => text));
}

/** A word of the owner's ends what was before: somebody looks. */
function turnsOf(lines: readonly SpokenLine[]): readonly Turn[] {
  const turns: Turn[] = [];
  let said: number | null = null;
  for (const { author, text, sentAt } of lines) {
    if (author === 'owner') turns.length = 0;
    if (author === 'agent') said = sentAt;
    else if (author === 'contact' && said !== null) {
      turns.push({ delayMs: Math.max(0, sentAt - said), text: text.slice(0, MOST_CHARACTERS) });
      said = null;
    }
  }
  return turns;
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (mean === 0) return 0;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(variance) / mean;
}

/** Each of them is like one of the others. */
function repeats(texts: readonly string[]): boolean {
  const triples = texts.map(triplesOf);
  return triples.every(
    (one, at) =>
      one.size >= LEAST_CHARACTERS - 2 && triples.some((other, index) => index !== at && likeness(one, other) >= ALIKE),
  );
}

/** Numbers, and what is written large or small, make no difference. */
function triplesOf(text: string): ReadonlySet<string> {
  const plain = text
    .toLowerCase()
    .replace(/\d{1,20}/g, '0')
    .replace(/\s{1,20}/g, ' ')
    .trim();
  return new Set(Array.from({ length: Math.max(0, plain.length - 2) }, (_, at) => plain.slice(at, at + 3)));
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((triple) => other.has(triple)).length;
  return (2 * shared) / Math.max(1, one.size + other.size);
}
