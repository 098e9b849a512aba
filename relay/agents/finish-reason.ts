/**
 * Why a model stopped, in the words of each vendor (OpenAI, Gemini, Anthropic, Mistral, Cohere, DeepSeek, Zhipu, Bedrock, vLLM, SGLang,
 * TGI, llama.cpp). Pure; knows no text.
 */

/**
 * `whole`: it had said what it wanted to. `cut`: by a length. `blocked`: by a filter. `called`: a tool. `failed`: something broke, and what
 * was said until then is half. `unknown`: a word that stands in no table.
 */
export type Ending = 'whole' | 'cut' | 'blocked' | 'called' | 'failed' | 'unknown';

const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ...[
    ['stop', 'stopped', 'stop_sequence', 'stop_token', 'stop_string', 'stop_str', 'end', 'end_turn', 'end_of_turn'],
    ['eos', 'eos_token', 'eos_found', 'eot', 'complete', 'completed', 'done', 'finish', 'finished', 'success'],
  ]
    .flat()
    .map((reason) => [reason, 'whole'] as const),
  ...[
    ['length', 'max_length', 'max_tokens', 'max_output_tokens', 'max_new_tokens', 'max_completion_tokens'],
    ['model_length', 'token_limit', 'limit', 'error_limit', 'context_length', 'context_length_exceeded'],
    ['model_context_window_exceeded', 'incomplete'],
  ]
    .flat()
    .map((reason) => [reason, 'cut'] as const),
  ...[
    ['content_filter', 'content_filtered', 'content_policy', 'filtered', 'filter', 'blocked', 'blocklist', 'block'],
    [
      'safety',
      'image_safety',
      'model_armor',
      'recitation',
      'image_recitation',
      'prohibited_content',
      'spii',
      'escalation',
    ],
    ['language', 'refusal', 'refused', 'sensitive', 'error_toxic', 'guardrail', 'guardrails', 'guardrail_intervened'],
  ]
    .flat()
    .map((reason) => [reason, 'blocked'] as const),
  ...['tool_calls', 'tool_call', 'tool_use', 'function_call', 'function_calls'].map(
    (reason) => [reason, 'called'] as const,
  ),
  ...[
    ['error', 'failed', 'failure', 'abort', 'aborted', 'cancel', 'cancelled', 'canceled', 'user_cancel', 'interrupted'],
    ['insufficient_system_resource', 'network_error', 'server_error', 'timeout', 'timed_out', 'pause_turn'],
    ['function_call_filter', 'malformed_function_call', 'unexpected_tool_call', 'too_many_tool_calls'],
    [
      'malformed_response',
      'missing_thought_signature',
      'other',
      'unspecified',
      'engine_overloaded',
      'repetition',
      'ended_by_user',
    ],
  ]
    .flat()
    .map((reason) => [reason, 'failed'] as const),
]);

/** Longer than any name of a reason. */
const MOST_CHARACTERS = 80;

/** No reason is none to doubt it: many servers give none. */
export function endingOf(reason: unknown): Ending {
  if (reason === undefined || reason === null || reason === '') return 'whole';
  if (typeof reason !== 'string') return 'unknown';
  // `content_filter: PROHIBITED_CONTENT`, `FINISH_REASON_SAFETY`, `max-tokens`.
  const [name = ''] = reason
    .slice(0, MOST_CHARACTERS)
    .toLowerCase()
    .split(/[:;,/(]/, 1);
  const plain = name
    .trim()
    .replace(/[\s-]{1,10}/g, '_')
    .replace(/^finish_reason_/, '');
  return ENDINGS.get(plain) ?? (plain === 'null' || plain === 'none' ? 'whole' : 'unknown');
}
