/**
 * What a model writes for itself: reasoning in the spellings that models have, the ends of turns, wrappers around the answer. None of it
 * leaves. Pure, and linear in the text.
 */

/**
 * `<think>`, `< think >`, `<mm:think>`, `[THINK]`, `◁think▷`, and what ends each: names of what is thought and not said, with a name space
 * where there is one. Quantifiers are bounded: a mark is short.
 */
const MARK =
  /< {0,2}(\/?) {0,2}(?:[a-z]{1,12}:)?(?:think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad)(?: [^<>\n]{0,100})?>|\[(\/?)(?:think|thinking|reasoning)\]|◁(\/?)think▷|<\|(begin|end)_of_thought\|>/gi;
/** Ends of turns and roles, as templates have them: never words of an answer. */
const TURNS =
  /<\|(?:im_end|im_start|eot_id|end|endoftext|end_of_text|eom_id|assistant|user|system|start_header_id|end_header_id|begin_of_text|return|channel|message)\|>|<\/?s>|<end_of_turn>|<start_of_turn>|<eos>|<bos>|\[\/?INST\]/gi;
/** Around the answer, with nothing else beside it. */
const WRAPPER = /^\s{0,20}<(final|answer|response|output)>([\s\S]*)<\/\1>\s{0,20}$/i;
/** A paragraph of its own before the answer. */
const PREAMBLE = /^(?:reasoning|thinking|thoughts?):[ \t]{0,10}\n[\s\S]*?\n[ \t]{0,10}\n/i;

export function withoutReasoning(text: string): string {
  const said = withoutThoughts(text).replace(TURNS, '').trim();
  const answer = (WRAPPER.exec(said)?.[2] ?? said).trim();
  return answer.replace(PREAMBLE, '').trim();
}

/** A thought that does not end is cut off with all that follows; one that only ends began before the text did. */
function withoutThoughts(text: string): string {
  let said = '';
  let at = 0;
  let depth = 0;
  for (const mark of text.matchAll(MARK)) {
    const isEnd = mark.slice(1).some((sign) => sign === '/' || sign?.toLowerCase() === 'end');
    if (depth === 0) said = isEnd ? '' : said + text.slice(at, mark.index);
    depth = isEnd ? Math.max(0, depth - 1) : depth + 1;
    at = mark.index + mark[0].length;
  }
  return depth > 0 ? said : said + text.slice(at);
}
