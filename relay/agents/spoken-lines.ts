/**
 * A conversation that is handed back whole: lines with whose they are, as chat completions, LangChain, LangGraph, Flowise and memories in
 * databases write them. Only what the agent said after the last that was asked is an answer. Pure.
 */
import { at, parseJson } from './json.ts';

export type Speaker = 'contact' | 'agent' | 'other';

const SPEAKERS: ReadonlyMap<string, Speaker> = new Map([
  ...['user', 'human', 'customer', 'contact', 'client', 'cliente', 'usuario', 'visitor', 'visitante', 'lead'].map(
    (role) => [role, 'contact'] as const,
  ),
  ...['assistant', 'ai', 'bot', 'model', 'agent', 'chatbot', 'assistente', 'asistente', 'agente', 'api'].map(
    (role) => [role, 'agent'] as const,
  ),
  ...['system', 'developer', 'tool', 'function', 'remove', 'observation', 'ferramenta', 'sistema'].map(
    (role) => [role, 'other'] as const,
  ),
]);
/** `AIMessageChunk`, `userMessage`. */
const SUFFIX = /message(?:chunk)?$/;
const ROLE_FIELDS = ['role', 'type', '_type', 'author', 'sender', 'from', 'autor', 'papel'] as const;
/** A row of a database and an item of a flow have the line inside. */
const INSIDE = ['message', 'json', 'kwargs', 'data', 'lc_kwargs'] as const;
const MOST_DEPTH = 3;
const MOST_ROLE = 40;

/** Whose words these are by their own role; null where nothing says so. */
export function namedSpeaker(line: unknown): Speaker | null {
  const names = ROLE_FIELDS.map((field) => at(line, field));
  // LangChain's own form: `{ lc: 1, type: 'constructor', id: ['langchain_core', 'messages', 'AIMessage'] }`.
  const path = at(line, 'id');
  if (at(line, 'lc') !== undefined && Array.isArray(path)) names.unshift(path.at(-1));
  const speakers = names.map((name) => (typeof name === 'string' ? speakerNamed(name) : null));
  return speakers.find((speaker) => speaker !== null) ?? null;
}

function speakerOf(line: unknown, depth = 0): Speaker | null {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return null;
  const named = namedSpeaker(line);
  if (named) return named;
  const isOwn = at(line, 'fromMe') ?? at(line, 'from_me');
  if (typeof isOwn === 'boolean') return isOwn ? 'agent' : 'contact';
  if (depth >= MOST_DEPTH) return null;
  const inside = INSIDE.map((field) => at(line, field)).map((value) =>
    typeof value === 'string' && value.startsWith('{') ? parseJson(value) : value,
  );
  return inside.map((value) => speakerOf(value, depth + 1)).find((speaker) => speaker !== null) ?? null;
}

function speakerNamed(name: string): Speaker | null {
  const plain = name
    .slice(0, MOST_ROLE)
    .normalize('NFD')
    .replace(/[\p{M}\s_-]/gu, '')
    .toLowerCase()
    .replace(SUFFIX, '');
  return SPEAKERS.get(plain) ?? null;
}

/** The lines of a list that answer; null if the list is no conversation. */
export function answersIn(list: readonly unknown[]): readonly unknown[] | null {
  const speakers = list.map((line) => speakerOf(line));
  if (!speakers.some((speaker) => speaker === 'contact' || speaker === 'other')) return null;
  const since = speakers.lastIndexOf('contact') + 1;
  let end = list.length;
  while (end > since && !isSaid(list[end - 1], speakers[end - 1])) end -= 1;
  let start = end;
  while (start > since && isSaid(list[start - 1], speakers[start - 1])) start -= 1;
  return list.slice(start, end);
}

/** By the agent, and not only a call of a tool. */
function isSaid(line: unknown, speaker: Speaker | null | undefined): boolean {
  if (speaker !== 'agent') return false;
  const content = at(line, 'content') ?? at(line, 'kwargs', 'content') ?? at(line, 'message', 'content');
  return content !== '' && !(Array.isArray(content) && content.length === 0);
}
