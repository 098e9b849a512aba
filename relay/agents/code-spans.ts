/** Code in a text, fenced or between backticks: what is written there stays as it is. Pure, and linear in the text. */

/** A text whose words are changed and whose code is not. */
export function outsideCode(text: string, change: (words: string) => string): string {
  if (!text.includes('`')) return change(text);
  let written = '';
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('`', at);
    const end = start < 0 ? -1 : endOfCode(text, start);
    if (end < 0) break;
    written += change(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return written + change(text.slice(at));
}

/** Behind the code that begins there; -1 where it does not end. */
function endOfCode(text: string, start: number): number {
  let ticks = start;
  while (text.charAt(ticks) === '`') ticks += 1;
  const mark = text.slice(start, ticks);
  const end = text.indexOf(mark, ticks);
  return end < 0 ? -1 : end + mark.length;
}
