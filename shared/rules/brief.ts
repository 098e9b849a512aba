/**
 * What a model should know, in parts that a form asks for, and as the one text that the model reads: headings that people read as well.
 * Whatever is typed by hand stays: what stands under no known heading is a part of its own. Pure.
 */
import type { Money, Price } from '../contract/cost.ts';

export const BRIEF_PARTS = ['who', 'offer', 'hours', 'prices', 'tone', 'never', 'person'] as const;
export type BriefPart = (typeof BRIEF_PARTS)[number];

/** `other`: what stands before the first known heading. */
export type Brief = Readonly<Record<BriefPart | 'other', string>>;
export type BriefHeadings = Readonly<Record<BriefPart, string>>;

const HEADING = /^#{1,6} {0,10}(.{1,100})$/;

/** Parts that say nothing are left out. */
export function writeBrief(brief: Brief, headings: BriefHeadings): string {
  const parts = BRIEF_PARTS.filter((part) => brief[part].trim() !== '').map(
    (part) => `# ${headings[part]}\n${brief[part].trim()}`,
  );
  return [brief.other.trim(), ...parts].filter((part) => part !== '').join('\n\n');
}

/** `known`: the headings of every language: who writes in one may read in another. */
export function readBrief(text: string, known: readonly BriefHeadings[]): Brief {
  const partOf = new Map(
    known.flatMap((headings) => BRIEF_PARTS.map((part) => [plain(headings[part]), part] as const)),
  );
  const gathered = new Map<BriefPart | 'other', string>();
  let here: BriefPart | 'other' = 'other';
  for (const line of text.split('\n')) {
    const part = partOf.get(plain(HEADING.exec(line.trim())?.[1] ?? ''));
    // Under a heading that comes again the lines go on.
    if (part === undefined) gathered.set(here, `${gathered.get(here) ?? ''}${line}\n`);
    else here = part;
  }
  const of = (part: BriefPart | 'other'): string => (gathered.get(part) ?? '').trim();
  return {
    other: of('other'),
    who: of('who'),
    offer: of('offer'),
    hours: of('hours'),
    prices: of('prices'),
    tone: of('tone'),
    never: of('never'),
    person: of('person'),
  };
}

/** Characters that one token has, on average, in the languages of the product; models differ. */
const TOKEN_CHARACTERS = 3.5;

/** About as many tokens as a model counts in a text. */
export function tokensIn(text: string): number {
  return Math.ceil(text.length / TOKEN_CHARACTERS);
}

/** What goes along besides, about: the last lines of a chat, the date, and what every model is told. */
const CHAT_TOKENS = 700;
/** An answer of a few sentences. */
const ANSWER_TOKENS = 80;

/** About how many tokens an answer takes where so many are told with every question. */
export function answerTokens(told: number): { readonly input: number; readonly output: number } {
  return { input: told + CHAT_TOKENS, output: ANSWER_TOKENS };
}

/** For how many such answers the limits of a day last. */
export function answersADay(
  { input, output }: ReturnType<typeof answerTokens>,
  limits: { readonly answers: number; readonly tokens: number },
): number {
  return Math.min(limits.answers, Math.floor(limits.tokens / (input + output)));
}

/** What such an answer costs, rounded up; `price`: for a million tokens each way. */
export function costOfAnswer({ input, output }: ReturnType<typeof answerTokens>, price: Price): Money {
  return { currency: price.currency, micros: Math.ceil(input * price.input + output * price.output) };
}

function plain(heading: string): string {
  return heading.trim().replace(/:$/, '').toLowerCase();
}
