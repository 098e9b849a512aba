/** What models write to say where something stands: marks for a program that shows sources. Known by their shapes. Pure, and linear in the text. */
import { outsideCode } from './code-spans.ts';

/** Each with the space before it. */
const CITATIONS: readonly RegExp[] = [
  /([ \t]{0,3}):contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?/g,
  // OpenAI's, between characters for private use, and what is left of it where these were lost.
  /([ \t]{0,3})\uE200[^\uE200\uE201\n]{0,400}\uE201/g,
  /([ \t]{0,3})[\uE000-\uF8FF]/g,
  /([ \t]{0,3})\b(?:cite|navlist)?(?:turn\d{1,4}(?:search|view|news|fetch|file|image|academia|reddit|youtube|maps|finance|sports|weather|product)\d{1,4}){1,20}\b/g,
  // `【4:0†menu.pdf】`, `【1】`: Chinese and Japanese write words between these, and no dagger.
  /([ \t]{0,3})【[^【】†\n]{0,100}†[^【】\n]{0,200}】/g,
  /([ \t]{0,3})【\d{1,4}(?:[:,-]\d{1,4}){0,20}】/g,
  /([ \t]{0,3})\[\^\d{1,4}\^?\](?!:)/g,
  /([ \t]{0,3})\[(?:citation|cite|oaicite|source_?id)s? ?:[\w., -]{1,120}\]/gi,
  /([ \t]{0,3})\[cite_(?:start|end)\]/g,
];
/** Marks around words that stay. */
const AROUND_WORDS = /<\/?co: ?\d{1,4}(?:,\d{1,4}){0,20}>|<\/?cite(?: [^<>\n]{0,200})?>/gi;
/** Elements that a program would draw: with all that is in them. */
const DRAWN = ['grok:render', 'citation', 'oai-mem-cit', 'antml:cite'] as const;
const MOST_DRAWN = 2_000;
const WORD = /[\p{L}\p{N}(]/u;

export function withoutCitations(text: string): string {
  return outsideCode(text, (words) => withoutMarks(DRAWN.reduce(withoutElement, words)));
}

function withoutMarks(text: string): string {
  return CITATIONS.reduce(withoutMark, text.replace(AROUND_WORDS, ''));
}

function withoutMark(text: string, pattern: RegExp): string {
  return text.replace(pattern, (mark: string, space: string, offset: number) =>
    space !== '' && WORD.test(text.charAt(offset + mark.length)) ? ' ' : '',
  );
}

function withoutElement(text: string, name: string): string {
  let written = '';
  let at = 0;
  for (let start = text.indexOf(`<${name}`); start >= 0; start = text.indexOf(`<${name}`, at)) {
    const end = text.indexOf(`</${name}>`, start);
    if (end < 0 || end - start > MOST_DRAWN) break;
    written += text.slice(at, start);
    at = end + name.length + '</>'.length;
    if (!WORD.test(text.charAt(at))) written = written.replace(/[ \t]{1,3}$/, '');
  }
  return written + text.slice(at);
}
