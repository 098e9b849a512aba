/**
 * Markdown, as models write it, with HTML and formulas in it → what a person would type in WhatsApp. Of the source everything stays byte
 * for byte that is no markup: only what a node of the parsed tree is made of is written anew. Pure; knows no agent.
 */
import type { Nodes, Parents, Root, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { outsideCode } from './code-spans.ts';
import { withLineBreaks } from './escaped-breaks.ts';
import { withoutHtml, withoutReferences } from './html-text.ts';
import { withoutLatex } from './latex-text.ts';
import { parsedEnd } from './parse-cost.ts';

type Place = {
  readonly source: string;
  /** The text is surely Markdown: then a single star is italic, and not WhatsApp's own bold. */
  readonly isMarkdown: boolean;
  readonly definitions: ReadonlyMap<string, string>;
};

/** What WhatsApp formats, and what it shows as it stands. */
const MARKS = { strong: '*', emphasis: '_', delete: '~' } as const;
const LATIN = /[\p{Script=Latin}\p{N}]/u;
const DIGIT = /\p{N}/u;
/** Characters that Markdown lets stand for themselves after a backslash, of those that are marks. */
const ESCAPES = /\\([*_~`#[\]>])/g;
/** Tags that say how something looks: what they stand for, or nothing. */
const TAGS: ReadonlyMap<string, string> = new Map([
  ...['b', 'strong'].map((tag) => [tag, '*'] as const),
  ...['i', 'em'].map((tag) => [tag, '_'] as const),
  ...['s', 'del', 'strike'].map((tag) => [tag, '~'] as const),
  ...['u', 'p', 'div', 'span', 'a', 'center', 'font', 'small', 'big', 'sup', 'sub', 'mark', 'cite', 'label'].map(
    (tag) => [tag, ''] as const,
  ),
]);
const MOST_BLANK_LINES = /\n{3,}/g;

/** Deeper than anybody writes; what is nested deeper stays as it is. */
const MOST_DEPTH = 60;

/** The text in WhatsApp's marks. Only its beginning is parsed, and marks behind that stay raw: nobody reads so far, and the parser's time grows faster than a text. */
export function withWhatsAppMarks(source: string): string {
  const text = outsideCode(withLineBreaks(source), (words) => withoutHtml(withoutLatex(words)));
  const end = parsedEnd(text);
  if (end === text.length) return rendered(text);
  const head = text.slice(0, end).trimEnd();
  return rendered(head) + text.slice(head.length);
}

function rendered(text: string): string {
  if (text === '') return '';
  const root = fromMarkdown(text, {
    extensions: [gfmStrikethrough({ singleTilde: false }), gfmTable()],
    mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmTableFromMarkdown()],
  });
  if (depthOf(root) > MOST_DEPTH) return text;
  const definitions = new Map<string, string>();
  walk(root, (node) => {
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node.url);
  });
  const place: Place = { source: text, isMarkdown: isSurelyMarkdown(root, text), definitions };
  const written = children(root, place);
  return written === text ? text : written.replace(MOST_BLANK_LINES, '\n\n').trim();
}

/** A node's children with the source between them. */
function children(node: Parents, place: Place, within = rangeOf(node)): string {
  let written = '';
  let at = within.start;
  for (const child of node.children) {
    const { start, end } = rangeOf(child);
    written += place.source.slice(at, start) + render(child, node, place);
    at = end;
  }
  return written + place.source.slice(at, within.end);
}

/** Its children alone: what stands before the first and after the last are the marks. */
function inside(node: Parents, place: Place): string {
  const [first] = node.children;
  const last = node.children.at(-1);
  return first && last ? children(node, place, { start: rangeOf(first).start, end: rangeOf(last).end }) : '';
}

function render(node: Nodes, parent: Parents, place: Place): string {
  const { source } = place;
  const { start, end } = rangeOf(node);
  const raw = source.slice(start, end);
  switch (node.type) {
    case 'text':
      return withoutReferences(raw.replace(ESCAPES, '$1'));
    case 'strong':
    case 'emphasis':
    case 'delete':
      return marked(node, raw, parent, place);
    case 'inlineCode':
      return raw.startsWith('``') && !node.value.includes('`') ? `\`${node.value}\`` : raw;
    case 'code':
      return raw.startsWith('```') || raw.startsWith('~~~') ? `\`\`\`\n${node.value}\n\`\`\`` : raw;
    case 'heading': {
      const title = withoutBold(inside(node, place)).trim();
      return title === '' ? '' : `*${title}*`;
    }
    case 'link':
      return raw.startsWith('<') ? node.url.replace(/^mailto:/, '') : linked(inside(node, place), node.url, raw);
    case 'image':
      return linked(node.alt ?? '', node.url, '');
    case 'linkReference':
    case 'imageReference': {
      const url = place.definitions.get(node.identifier);
      const words = node.type === 'imageReference' ? (node.alt ?? '') : inside(node, place);
      return url === undefined ? raw : linked(words, url, '');
    }
    case 'definition':
    case 'thematicBreak':
      return '';
    case 'break':
      return '\n';
    case 'html':
      return withoutTags(raw);
    case 'table':
      // Two lines of which the second is `:-` are a table to the parser, and none to anybody else.
      return raw.includes('|') ? asLines(node, place) : raw;
    case 'listItem': {
      const item = children(node, place).replace(/^[*+](?=[ \t])/, '-');
      return node.checked === null || node.checked === undefined
        ? item
        : item.replace(/\[[ xX]\]/, node.checked ? '☑' : '☐');
    }
    default:
      return 'children' in node ? children(node, place) : raw;
  }
}

/** Between digits a star multiplies, between letters nothing would be formatted: marks stand at the edges of words. */
function marked(
  node: Extract<Nodes, { readonly type: 'strong' | 'emphasis' | 'delete' }>,
  raw: string,
  parent: Parents,
  place: Place,
): string {
  const { source } = place;
  const { start, end } = rangeOf(node);
  const before = source.charAt(start - 1);
  const after = source.charAt(end);
  // `__init__` is a name, unless the rest says that it is not.
  const isName = !place.isMarkdown && raw.startsWith('__') && /^__[A-Za-z0-9_]+__$/.test(raw);
  if (isName || DIGIT.test(before) || DIGIT.test(after)) return raw;
  const words = inside(node, place);
  const mark = MARKS[node.type];
  if (node.type === 'emphasis' && raw.startsWith('*') && !place.isMarkdown && parent.type !== 'strong') return raw;
  // A mark in a mark of its kind says nothing more.
  const plain = node.type === 'strong' ? withoutBold(words) : words;
  if (LATIN.test(before) || LATIN.test(after)) return plain;
  const trimmed = plain.trim();
  return trimmed === '' ? plain : plain.replace(trimmed, () => `${mark}${trimmed}${mark}`);
}

/** Words in bold inside of bold. */
function withoutBold(words: string): string {
  return words.startsWith('*') && words.endsWith('*') && words.length > 2 && !words.slice(1, -1).includes('*')
    ? words.slice(1, -1)
    : words.replace(/(^|[\s_~(])\*([^*\n]+)\*(?=$|[\s_~).,;:!?])/g, '$1$2');
}

function linked(words: string, url: string, raw: string): string {
  const text = words.trim();
  const address = url.replace(/^mailto:/, '').replace(/^tel:/, '');
  // Somebody's plain address that a parser knows as a link.
  if (raw !== '' && !raw.startsWith('[')) return raw;
  return text === '' || text === url || text === address ? address : `${text} (${address})`;
}

function asLines(table: Table, place: Place): string {
  const rows = table.children.map((row) => row.children.map((cell) => inside(cell, place).trim()).join(' – '));
  return rows.map((row, at) => (at === 0 ? `*${withoutBold(row)}*` : row)).join('\n');
}

/** Known tags alone: what else stands between angles may be what was meant to be said. */
function withoutTags(html: string): string {
  let written = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) break;
    const name = /^\/?([a-z][a-z0-9]{0,9})/i.exec(html.slice(open + 1, open + 13))?.[1]?.toLowerCase() ?? '';
    const instead = TAGS.get(name);
    written += html.slice(at, open) + (instead ?? html.slice(open, close + 1));
    at = close + 1;
  }
  return written + html.slice(at);
}

/** By something that nobody types into WhatsApp. */
function isSurelyMarkdown(root: Root, source: string): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.type === 'heading' || node.type === 'image') found = true;
    if (node.type === 'table' && source.slice(rangeOf(node).start, rangeOf(node).end).includes('|')) found = true;
    if (node.type === 'strong' && source.startsWith('**', rangeOf(node).start)) found = true;
    if (node.type === 'link' && source.startsWith('[', rangeOf(node).start)) found = true;
  });
  return found;
}

function walk(node: Nodes, visit: (node: Nodes) => void): void {
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    visit(next);
    if ('children' in next) waiting.push(...next.children);
  }
}

function depthOf(root: Root): number {
  let most = 0;
  const waiting: { readonly node: Nodes; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    most = Math.max(most, depth);
    if ('children' in node) for (const child of node.children) waiting.push({ node: child, depth: depth + 1 });
  }
  return most;
}

function rangeOf(node: Nodes): { readonly start: number; readonly end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}
