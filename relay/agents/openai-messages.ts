/**
 * A turn as chat messages. Contacts speak in role `user`; the agent and the owner, who speak from the same number,
 * in role `assistant`, the owner's words marked as the owner's.
 *
 * Why `assistant` for the owner: to the contact both are the number they wrote to, so the model must not answer the owner's
 * words as if the contact had said them; and no contact can get into that role by imitating a mark.
 */
import type { KnowledgeFile } from '../store/knowledge-ledger.ts';
import type { Line } from '../turn.ts';
import { ASK_WORD, SILENCE_WORD } from './reserved-words.ts';
import { explainMarks, tameName, written } from './speakers.ts';

export type ChatMessageOut = { readonly role: 'user' | 'assistant'; readonly content: string };

/**
 * The owner's instructions and files, and what the model must know of the chat. No word of a contact is ever part of it. `now` in epoch ms: what
 * changes comes last, so that a server that remembers how a prompt begins need not read it anew.
 */
export function instructionsOf(own: string, files: readonly KnowledgeFile[], chatKey: string, now: number): string {
  return [
    own.trim(),
    ...files.map(({ name, text }) => `<document name="${name}">\n${text.trim()}\n</document>`),
    explainMarks(chatKey),
    `Answer with the text of the message alone. If nothing should be said, answer with ${SILENCE_WORD} and nothing else.`,
    `If only the owner can answer, write ${ASK_WORD} on a line of its own: the owner is told. Before it say only what the owner wants said then.`,
    `It is ${writeNow(now)} where the owner is.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** `Sunday, 30 November 2026 at 14:05 (America/Sao_Paulo)`: weekday and zone too, for a model knows neither. */
function writeNow(now: number): string {
  // Made anew: one that is kept would go on in the zone of a computer that has moved.
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });
  return `${format.format(now)} (${format.resolvedOptions().timeZone})`;
}

/**
 * Neighbours of one role become one message, and the first is a `user`'s: the templates of some local models
 * refuse anything but user and assistant in turns.
 */
export function messagesOf(lines: readonly Line[], chatKey: string): ChatMessageOut[] {
  const messages: ChatMessageOut[] = [];
  let sender: string | null = null;
  for (const line of lines) {
    const role = line.author === 'contact' ? 'user' : 'assistant';
    const named = line.author === 'contact' && line.senderName !== sender;
    if (named) sender = line.senderName;
    const content =
      named && sender ? `(${tameName(sender)} writes:)\n${written(line, chatKey)}` : written(line, chatKey);
    const last = messages.at(-1);
    if (last?.role === role) messages[messages.length - 1] = { role, content: `${last.content}\n${content}` };
    else messages.push({ role, content });
  }
  if (messages[0]?.role === 'assistant')
    messages.unshift({ role: 'user', content: '(The conversation began earlier.)' });
  return messages;
}
