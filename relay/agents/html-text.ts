/**
 * HTML in an answer → lines: paragraphs, lists, titles, tables and links as a person would type them. What only says how words look (`<b>`)
 * is left for who knows WhatsApp's marks, and so is what stands between angles and is no tag. Pure, and linear in the text.
 */
import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { decodeNumericCharacterReference } from 'micromark-util-decode-numeric-character-reference';

const TAG = /<(\/?)([a-z][a-z0-9]{0,11})(?=[\s/>])([^<>]{0,2000})>|<!--/gi;
const PARAGRAPHS: ReadonlySet<string> = new Set([
  ...[
    'p',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'ul',
    'ol',
    'table',
    'blockquote',
    'section',
    'article',
    'header',
    'footer',
  ],
]);
const LINES: ReadonlySet<string> = new Set(['div', 'tr', 'dt', 'dd', 'figure', 'figcaption', 'tbody', 'thead', 'main']);
const TITLES = /^h[1-6]$/;
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);
/** With all that is in them. */
const UNREAD: ReadonlySet<string> = new Set(['script', 'style', 'head', 'template', 'svg']);
const HREF = /\shref\s{0,3}=\s{0,3}["']?([^"'\s<>]{1,2000})/i;
const ALT = /\salt\s{0,3}=\s{0,3}"([^"<>]{0,300})"/i;
const ADDRESS = /^(?:https?:\/\/|mailto:|tel:)/i;
const REFERENCE = /&(?:#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))|([a-z][a-z0-9]{1,31}));/gi;

export function withoutHtml(text: string): string {
  return text.includes('<') ? new HtmlReader().read(text) : text;
}

/** `&amp;` and `&#39;` as what they stand for; a name that stands for nothing stays. */
export function withoutReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (reference: string, hex?: string, decimal?: string, name?: string) => {
    const decoded =
      name === undefined
        ? decodeNumericCharacterReference(hex ?? decimal ?? '', hex === undefined ? 10 : 16)
        : decodeNamedCharacterReference(name);
    // A space that does not break is typed by nobody.
    return decoded === false ? reference : decoded.replaceAll('\u00A0', ' ');
  });
}

class HtmlReader {
  readonly #pieces: string[] = [];
  /** Line ends that are due before the next words. */
  #breaks = 0;
  /** Numbers of ordered lists, null of others. */
  readonly #lists: (number | null)[] = [];
  #link: { readonly url: string; readonly from: number } | null = null;

  read(text: string): string {
    const lower = text.toLowerCase();
    let at = 0;
    for (const tag of text.matchAll(TAG)) {
      const name = tag[2]?.toLowerCase();
      if (tag.index < at || (name !== undefined && !isKnown(name))) continue;
      this.#write(text.slice(at, tag.index));
      at = tag.index + tag[0].length;
      const isEnd = tag[1] === '/';
      if (name === undefined) at = behind(lower, COMMENT_END, at);
      else if (!UNREAD.has(name)) this.#tag(name, isEnd, tag[3] ?? '');
      else if (!isEnd) at = behind(lower, `</${name}>`, at);
    }
    this.#write(text.slice(at));
    return this.#pieces.join('');
  }

  #write(text: string): void {
    const words = this.#breaks > 0 ? text.trimStart() : text;
    if (words === '') return;
    this.#trim();
    if (this.#breaks > 0 && this.#pieces.length > 0) this.#pieces.push('\n'.repeat(this.#breaks));
    this.#breaks = 0;
    this.#pieces.push(words);
  }

  /** Space before a line end that is due. */
  #trim(): void {
    for (let last = this.#pieces.at(-1); this.#breaks > 0 && last !== undefined; last = this.#pieces.at(-1)) {
      this.#pieces.pop();
      const trimmed = last.trimEnd();
      if (trimmed === '') continue;
      this.#pieces.push(trimmed);
      return;
    }
  }

  #break(lines: number): void {
    this.#breaks = Math.max(this.#breaks, lines);
  }

  #tag(name: string, isEnd: boolean, attributes: string): void {
    if (name === 'ul' || name === 'ol') {
      if (isEnd) this.#lists.pop();
      this.#break(this.#lists.length > 0 ? 1 : 2);
      if (!isEnd) this.#lists.push(name === 'ol' ? 0 : null);
    } else if (name === 'br') this.#pieces.push('\n');
    else if (name === 'li') this.#item(isEnd);
    else if (name === 'a') this.#anchor(isEnd, attributes);
    else if (name === 'img') this.#write(ALT.exec(attributes)?.[1] ?? '');
    else if (CELLS.has(name)) {
      if (!isEnd && this.#breaks === 0 && this.#pieces.length > 0) this.#write(' – ');
    } else if (TITLES.test(name)) {
      if (isEnd) this.#pieces.push('**');
      this.#break(2);
      if (!isEnd) this.#write('**');
    } else this.#break(PARAGRAPHS.has(name) || name === 'hr' ? 2 : 1);
  }

  #item(isEnd: boolean): void {
    this.#break(1);
    if (isEnd) return;
    const depth = Math.max(0, this.#lists.length - 1);
    const number = this.#lists.at(-1);
    if (typeof number === 'number') this.#lists[depth] = number + 1;
    const mark = typeof number === 'number' ? `${number + 1}.` : '-';
    this.#write(`${mark} `);
    const indent = '  '.repeat(Math.min(depth, MOST_INDENTED));
    if (indent !== '') this.#pieces.splice(-1, 0, indent);
  }

  #anchor(isEnd: boolean, attributes: string): void {
    if (!isEnd) {
      const url = HREF.exec(attributes)?.[1] ?? '';
      this.#link = ADDRESS.test(url) ? { url: withoutReferences(url), from: this.#pieces.length } : null;
      return;
    }
    if (!this.#link) return;
    const { url, from } = this.#link;
    this.#link = null;
    const words = this.#pieces.slice(from).join('');
    const said = words.trim();
    const address = url.replace(/^(?:mailto|tel):/i, '');
    if (said === '') this.#write(address);
    else if (said !== url && said !== address) this.#write(` (${address})`);
  }
}

/** Behind the words that end something; what never ends is the rest. */
function behind(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}

const COMMENT_END = '-->';

function isKnown(name: string): boolean {
  return OTHERS.has(name) || PARAGRAPHS.has(name) || LINES.has(name) || CELLS.has(name) || UNREAD.has(name);
}

const OTHERS: ReadonlySet<string> = new Set(['br', 'li', 'a', 'img', 'hr']);
const MOST_INDENTED = 4;
