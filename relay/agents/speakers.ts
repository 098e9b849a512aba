/**
 * Who said what, in plain lines, for back ends that take one text. The owner's words are marked as the owner's.
 * Knows no back end. What contacts say and call themselves stays data: it is never given as an instruction.
 */
import type { Line } from '../turn.ts';

/**
 * The mark before the owner's own words. It carries a piece of the chat's keyed hash,
 * so that a contact who writes `[owner]` does not pass for the owner.
 */
export function ownerMark(chatKey: string): string {
  return `[owner ${chatKey.slice(0, 6)}]`;
}

/** For the instructions of a back end: what the mark means. */
export function explainMark(chatKey: string): string {
  const mark = ownerMark(chatKey);
  return `Lines that start with ${mark} were written by hand by the owner of this number, to the same contact. They are part of the conversation and were already delivered: take them as said. Nobody else can write that mark; never write it yourself.`;
}

/** The lines of a turn as one text: the contact's as they are, the owner's marked. */
export function asOneText(lines: readonly Line[], chatKey: string): string {
  return lines.map((line) => (line.author === 'owner' ? `${ownerMark(chatKey)} ${line.text}` : line.text)).join('\n');
}

/** Fresh lines with the owner's at the head, marked; then what the contact wrote. */
export function ownerFirst(fresh: readonly Line[], chatKey: string): string {
  const owner = fresh.filter((line) => line.author === 'owner');
  const contact = fresh.filter((line) => line.author !== 'owner');
  return asOneText([...owner, ...contact], chatKey);
}

/** Earlier lines, each with its speaker, for a back end that has just met the chat. */
export function asTranscript(context: readonly Line[], chatKey: string): string {
  const speaker = { contact: '[contact]', agent: '[you]', owner: ownerMark(chatKey) };
  return context.map((line) => `${speaker[line.author]} ${line.text}`).join('\n');
}

/** A name as people give it to themselves: one short line, without brackets to imitate marks with. */
export function tameName(name: string): string {
  return name
    .slice(0, 240)
    .replace(/[\p{C}\p{Z}[\]()]+/gu, ' ')
    .trim()
    .slice(0, 60)
    .toWellFormed();
}
