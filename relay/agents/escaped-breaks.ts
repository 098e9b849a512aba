/** `\n` as two characters, which flows leave where a text was put into JSON twice → a line break. Pure, and linear in the text. */

/** A backslash before anything else is a path, a pattern or code. */
const OTHER_BACKSLASH = /\\(?![nrt"])/;
const ESCAPED = /\\r\\n|\\n|\\r/g;
const DRIVE = /(?:^|[\s"'(])[A-Za-z]:\\/;
/** After a letter and before a small one it may be a folder: `pasta\nova`. */
const FOLDER = /[\p{L}\p{N}_]\\n\p{Ll}/u;

export function withLineBreaks(text: string): string {
  if (!text.includes('\\n') || text.includes('\n') || text.includes('`')) return text;
  if (OTHER_BACKSLASH.test(text) || DRIVE.test(text)) return text;
  const breaks = text.match(ESCAPED)?.length ?? 0;
  if (breaks === 1 && FOLDER.test(text)) return text;
  return text.replace(ESCAPED, '\n').replaceAll('\\t', '\t').replaceAll('\\"', '"');
}
