/** Words by which every back end says what is no answer. Models' instructions name them. */

/** By this word alone: that nothing is said. */
export const SILENCE_WORD = 'NO_REPLY';

/** By this word, wherever it stands: that a person must answer. What stands beside it is said first. */
export const ASK_WORD = 'ASK_OWNER';
