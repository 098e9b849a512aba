/** The texts of an agent's answer that are sent: bounded, text only, none twice in a row. Pure. */
import { visibleText } from '../../shared/rules/visible-text.ts';

export type AnswerLimits = { readonly characters: number; readonly texts: number };

/** `last`: what was said in the chat before, where it counts. */
export function textsToSend(texts: readonly string[], limits: AnswerLimits, last: string | null): readonly string[] {
  const bounded = texts
    .slice(0, limits.texts)
    .map((text) => cut(visibleText(text.slice(0, limits.characters * 2)).trim(), limits.characters))
    .filter((text) => text !== '');
  return bounded.filter((text, at) => text !== (at === 0 ? last : bounded[at - 1]));
}

/** By code points, so that no character is cut in half. */
function cut(text: string, characters: number): string {
  return text.length <= characters ? text : [...text].slice(0, characters).join('');
}
