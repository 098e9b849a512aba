/** Words by which every back end says what is no answer. Models' instructions name them. */

/** By this word alone: that nothing is said. */
export const SILENCE_WORD = 'NO_REPLY';

/** By this word, wherever it stands: that a person must answer. What stands beside it is said first. */
export const ASK_WORD = 'ASK_OWNER';

/** The word by which a person is asked for, with what models put around a word. */
const ASKS = /[^\p{L}\p{N}\s]{0,8}\bASK_OWNER\b[^\p{L}\p{N}\s]{0,8}/gu;

/** A text without the word by which a person is asked for, and whether it was there. */
export function takeAsking(said: string): { readonly text: string; readonly asks: boolean } {
  const text = said.replace(ASKS, '');
  return text === said ? { text: said, asks: false } : { text: text.trim(), asks: true };
}
