/**
 * Characters that show nothing and change what others seem to say: control characters but tab and line feed, the marks that turn
 * the direction of text (U+061C, U+200E, U+200F, U+202A–202E, U+2066–2069), and tags (U+E0000–E007F), which repeat ASCII unseen.
 */
const HIDDEN = /(?![\t\n])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;

/** The text as it is seen. Line ends become line feeds; half a surrogate pair becomes U+FFFD. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(HIDDEN, '')
    .toWellFormed();
}

/** Letters and signs that look like nothing: Braille's blank, Hangul's fillers. */
const BLANKS = /[\u2800\u3164\u115f\u1160\uffa0]/g;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether anything of a text can be seen. */
export function isSeen(text: string): boolean {
  return SEEN.test(visibleText(text).replace(BLANKS, ''));
}
