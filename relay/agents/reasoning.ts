/**
 * What a model writes for itself: reasoning in the spellings that models have, channels, the ends of turns, roles, wrappers around the
 * answer. None of it leaves. Pure, and linear in the text.
 */
import { withoutCitations } from './citations.ts';
import { ownTurn } from './turn-tokens.ts';

/**
 * `<think>`, `< think >`, `<mm:think>`, `[THINK]`, `◁think▷`, and what ends each: names of what is thought and not said, with a name space
 * where there is one; and tokens with such a name in them. Quantifiers are bounded: a mark is short.
 */
const MARK =
  /< {0,2}(\/?) {0,2}(?:\w{1,20}:)?(?:think|thinking|thoughts?|thought_process|reasoning|reflection|analysis|scratchpad|inner_monologue)(?: [^<>\n]{0,100})?>|\[(\/?)(?:think|thinking|reasoning)\]|◁(\/?)think▷|<[|｜]([\w▁/]{0,30}(?:think|thought|reasoning)[\w▁]{0,20})[|｜]>/gi;
/** In the name of a token. */
const ENDS = /^\/|(?:^|[_▁])end(?:[_▁]|$)/i;
/** Around the answer, with nothing else beside it. */
const WRAPPER =
  /^\s{0,20}<(final|final_answer|answer|response|output|reply|message|assistant|assistant_response|result|resposta|respuesta)>([\s\S]*)<\/\1>\s{0,20}$/i;
/** A paragraph of its own before the answer. */
const PREAMBLE = /^(?:reasoning|thinking|thoughts?):[ \t]{0,10}\n[\s\S]*?\n[ \t]{0,10}\n/i;
/** Whose words these are, as a script has it. */
const ROLE =
  /^(?:#{1,4} |[*_]{1,3})?(?:assistant|assistente|asistente|model|ai|bot)[ \t]{0,3}[*_]{0,3}:[*_]{0,3}[ \t]{0,3}\n{0,2}|^(?:#{1,4} )?assistant\n{1,2}/i;
/** The other's next words, which only a model that plays both parts writes. */
const OTHER_ROLE = /\n{1,3}(?:user|human|usuário|usuario)[ \t]{0,3}:/i;
/** Channels whose marks were taken off on the way: what was thought, then what is said. */
const BARE_CHANNELS = /^(?:analysis|commentary)(?=[\s\p{Lu}])[\s\S]*?assistantfinal/u;
const CHANNEL = '<|channel|>';
const FINAL_ANSWER = /^(?:thought|question|action|observation):[\s\S]*\nfinal answer:/i;

export function withoutReasoning(text: string): string {
  return withoutCitations(spokenIn(text)).trim();
}

function spokenIn(text: string): string {
  const said = withoutThoughts(text.includes(CHANNEL) ? finalChannel(text) : text.replace(BARE_CHANNELS, ''));
  const answer = ownTurn(withoutSentenceMarks(said.replace(FINAL_ANSWER, '').trim()));
  const unwrapped = withoutWrappers(answer).replace(PREAMBLE, '').trim();
  const role = ROLE.exec(unwrapped);
  if (!role) return unwrapped;
  const spoken = unwrapped.slice(role[0].length);
  const other = OTHER_ROLE.exec(spoken);
  return (other ? spoken.slice(0, other.index) : spoken).trim();
}

function withoutWrappers(text: string): string {
  let inner = text.trim();
  for (let layer = 0; layer < MOST_WRAPPERS; layer += 1) {
    const found = WRAPPER.exec(inner)?.[2];
    if (found === undefined) break;
    inner = found.trim();
  }
  return inner;
}

const MOST_WRAPPERS = 5;

/** A thought that does not end is cut off with all that follows; one that only ends began before the text did. */
function withoutThoughts(text: string): string {
  let said = '';
  let at = 0;
  let depth = 0;
  for (const mark of text.matchAll(MARK)) {
    const isEnd = mark.slice(1).some((sign) => sign !== undefined && ENDS.test(sign));
    if (depth === 0) said = isEnd ? '' : said + text.slice(at, mark.index);
    depth = isEnd ? Math.max(0, depth - 1) : depth + 1;
    at = mark.index + mark[0].length;
  }
  return depth > 0 ? said : said + text.slice(at);
}

/** OpenAI's harmony: `<|channel|>name<|message|>words`; only what is on the channel `final` is said. */
function finalChannel(text: string): string {
  const [before = '', ...channels] = text.split(CHANNEL);
  const final = channels.filter((channel) => /^\s{0,3}final\b/.test(channel));
  // Before the first there may be words of a model that thinks and speaks by turns.
  if (channels.length > 0 && final.length === 0) return before;
  return final.map((channel) => channel.replace(/^[^<]{0,80}(?:<\|message\|>)?/, '')).join('');
}

/** `<s>` and `</s>` around the whole, or a lone `</s>` with all that follows; a pair within is struck out by somebody who writes HTML. */
function withoutSentenceMarks(text: string): string {
  const end = text.indexOf('</s>');
  if (end < 0) return text.startsWith('<s>') ? text.slice('<s>'.length) : text;
  const start = text.lastIndexOf('<s>', end);
  if (start < 0) return end === 0 ? text.slice('</s>'.length) : text.slice(0, end);
  return start === 0 && end + '</s>'.length === text.length ? text.slice('<s>'.length, end) : text;
}
