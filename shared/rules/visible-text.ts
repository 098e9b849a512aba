/**
 * Characters that show nothing and change what others seem to say, or hide in them: control characters but tab and line feed, the marks
 * that turn the direction of text (U+061C, U+200E, U+200F, U+202A–202E, U+2066–2069), what has no width (soft hyphen, U+034F, U+115F,
 * U+180E, U+200B, U+2060–2064, U+FEFF), and tags (U+E0000–E007F), which repeat ASCII unseen. The tags of a region's flag stay behind it.
 */
const HIDDEN =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{2,8}\u{E007F})|\u034F|(?![\t\n])[\p{Cc}\u00AD\u061C\u115F\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
/** What chooses how the character before it is drawn, where there is none: a letter, a sign, a digit of a key. */
const LONE_SELECTORS = /(?<![\p{L}\p{N}\p{S}#*])[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/** The text as it is seen. Line ends become line feeds; half a surrogate pair becomes U+FFFD. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(HIDDEN, '$1')
    .replace(LONE_SELECTORS, '')
    .toWellFormed();
}

/** Letters and signs that look like nothing: Braille's blank, Hangul's fillers. */
const BLANKS = /[\u2800\u3164\u115f\u1160\uffa0]/g;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** True if anything of a text can be seen. */
export function isSeen(text: string): boolean {
  return SEEN.test(visibleText(text).replace(BLANKS, ''));
}
