/** What of an agent's answer is sent: bounded, text only. Pure. */

export type AnswerLimits = { readonly characters: number; readonly texts: number };

/** Control characters but line feed and tab; and the marks that turn the direction of text, good for disguises only. */
const UNWANTED = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

export function boundedTexts(texts: readonly string[], { characters, texts: most }: AnswerLimits): readonly string[] {
  return texts
    .slice(0, most)
    .map((text) =>
      cut(
        text
          .slice(0, characters * 2)
          .replaceAll('\r\n', '\n')
          .replaceAll(UNWANTED, '')
          .trim(),
        characters,
      ),
    )
    .filter((text) => text !== '');
}

/** By code points, so that no character is cut in half. */
function cut(text: string, characters: number): string {
  return text.length <= characters ? text : [...text].slice(0, characters).join('');
}
