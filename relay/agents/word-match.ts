/** Whether somebody has written certain words: whatever case and accents, then with the slips of a thumb forgiven. Pure; knows no rule. */
import leven from 'leven';

/** Nobody writes more in a question; the rest of a longer text is not looked at. */
const MOST_WORDS = 500;
/** In a shorter word another letter is another word. */
const LEAST_FOR_SLIP = 6;
const LEAST_FOR_TWO_SLIPS = 9;
const LEAST_FOR_PLURAL = 4;

/** A text as words without case and accents, letters and digits only. */
export function plainWords(text: string): readonly string[] {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? []).slice(0, MOST_WORDS);
}

/** True if the words of `phrase` stand in `text` one after the other, just as they are. */
export function saysExactly(text: readonly string[], phrase: readonly string[]): boolean {
  return stands(text, phrase, (written, meant) => written === meant);
}

/** The same, where a word may be meant: another number, a letter too many, too few, wrong or in its neighbour's place. */
export function saysNearly(text: readonly string[], phrase: readonly string[]): boolean {
  return stands(text, phrase, isMeant);
}

function stands(
  text: readonly string[],
  phrase: readonly string[],
  isSame: (written: string, meant: string) => boolean,
): boolean {
  if (phrase.length === 0) return false;
  return text.some((_, start) => phrase.every((meant, index) => isSame(text[start + index] ?? '', meant)));
}

function isMeant(written: string, meant: string): boolean {
  if (written === meant) return true;
  // 9 for 8 is no slip that may be forgiven.
  if (written === '' || /\p{N}/u.test(written + meant)) return false;
  if (meant.length >= LEAST_FOR_PLURAL && isPlural(written, meant)) return true;
  if (meant.length < LEAST_FOR_SLIP || written[0] !== meant[0]) return false;
  const distance = leven(written, meant, { maxDistance: 2 });
  if (distance <= 1) return true;
  return distance === 2 && (meant.length >= LEAST_FOR_TWO_SLIPS || lettersOf(written) === lettersOf(meant));
}

function isPlural(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long === `${short}s` || long === `${short}es`;
}

function lettersOf(word: string): string {
  return [...word].toSorted((one, other) => (one < other ? -1 : 1)).join('');
}
