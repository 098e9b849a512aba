/** What of an agent's answer is sent: bounded, text only. Pure. */
import { visibleText } from '../../shared/visible-text.ts';

export type AnswerLimits = { readonly characters: number; readonly texts: number };

export function boundedTexts(texts: readonly string[], { characters, texts: most }: AnswerLimits): readonly string[] {
  return texts
    .slice(0, most)
    .map((text) => cut(visibleText(text.slice(0, characters * 2)).trim(), characters))
    .filter((text) => text !== '');
}

/** By code points, so that no character is cut in half. */
function cut(text: string, characters: number): string {
  return text.length <= characters ? text : [...text].slice(0, characters).join('');
}
