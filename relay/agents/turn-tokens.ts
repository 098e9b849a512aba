/**
 * The tokens with which templates of models mark turns, known by their shape: `<|…|>`, `<｜…｜>`, `<|turn>`, `<turn|>`, `[|…|]`, and the few
 * that have another. None is said; what they say about whose words follow is obeyed. Pure, and linear in the text.
 */

const TOKEN =
  /<[|｜]([\p{L}][\w▁/:.-]{1,59}|\/[\p{L}][\w▁]{1,40})[|｜]>|<\|([a-z][a-z_]{2,30})>|<([a-z][a-z_]{2,30})\|>|\[\|([A-Za-z][\w▁/-]{1,39})\|\]|<(start_of_turn|end_of_turn|[be]os|pad|unk|mask|[se]op|eo[dmt])>|\[(\/?INST|PAD|SEP|CLS|[BE]OS|[gs]MASK|UNUSED_TOKEN_\d{1,4})\]|<(0x[0-9A-F]{2})>/gu;

type Kind =
  /** Somebody else's turn: nothing of it is said. */
  | 'other'
  /** The model's own turn. */
  | 'own'
  /** A turn begins, and whose it is stands behind the token. */
  | 'head'
  /** A turn is over. */
  | 'end'
  /** A call of a tool: left for who looks for these. */
  | 'call'
  /** Says nothing about turns. */
  | 'mark';

/** Names in lower case, words parted by `_`. */
const CALL = /tool|function|call|python|action|plugin|interpreter/;
const OTHER = /^(?:user|human|system|prompter|observation|environment|customer|inst)(?:_token|_start|_turn)?$/;
const OWN = /^(?:\/inst|assistant|model|chatbot|bot|ai|gpt)(?:_token|_start|_turn)?$/;
const HEAD =
  /^(?:im_start|start|start_header_id|header_start|start_of_role|role_start|start_of_turn(?:_token)?|turn|turn_start|begin_of_turn)$/;
const END =
  /^(?:im_end|e[o][tmsd](?:_id|_token)?|end|endoftext|end_of_(?:text|turn|turn_token|sentence|message|response|document)|endofprompt|end_(?:response|turn)|turn_end|return|eo[ah]|eop)$/;
const HEAD_OF_OWN = /^\s{0,3}(?:assistant|model|chatbot|bot|ai|gpt|assistente|asistente)\b:?[ \t]{0,3}\n{0,2}/i;
const HEAD_OF_OTHER = /^\s{0,3}(?:user|human|system|tool|observation|usuário|usuario)\b/i;
/** How much of the text behind a token is looked at for whose turn it is. */
const MOST_ROLE = 24;
const LINE_FEED = '0x0a';

/** Up to the end of the model's first turn in which something is said, without a token. */
export function ownTurn(text: string): string {
  let said = '';
  let isOther = false;
  let at = 0;
  for (const token of text.matchAll(TOKEN)) {
    if (token.index < at) continue;
    if (!isOther) said += text.slice(at, token.index);
    at = token.index + token[0].length;
    const kind = kindOf(token);
    if ((kind === 'end' || kind === 'other') && said.trim() !== '') return said.trim();
    if (kind === 'call' && !isOther) said += token[0];
    if (kind === 'mark' && nameOf(token) === LINE_FEED) said += '\n';
    if (kind === 'own' || kind === 'end') isOther = false;
    if (kind === 'other') isOther = true;
    if (kind !== 'head') continue;
    const behind = text.slice(at, at + MOST_ROLE);
    const own = HEAD_OF_OWN.exec(behind);
    isOther = own === null && HEAD_OF_OTHER.test(behind);
    if (isOther && said.trim() !== '') return said.trim();
    at += own?.[0].length ?? 0;
  }
  return (isOther ? said : said + text.slice(at)).trim();
}

function nameOf(token: RegExpExecArray): string {
  return (token.slice(1).find((name) => name !== undefined) ?? '').toLowerCase().replaceAll('▁', '_');
}

function kindOf(token: RegExpExecArray): Kind {
  const name = nameOf(token);
  // `<turn|>` ends what `<|turn>` begins.
  if (token[3] !== undefined) return 'end';
  if (CALL.test(name)) return 'call';
  if (OTHER.test(name)) return 'other';
  if (OWN.test(name)) return 'own';
  if (HEAD.test(name)) return 'head';
  return END.test(name) ? 'end' : 'mark';
}
