/**
 * The services behind the presets that speak as OpenAI does, each with its own habits, as its documents and this year's reports have them:
 * where its list is and how it looks, what stands around an answer, how it streams, and how it says no.
 */
import { events, type FakeReply, json } from './fake-http.ts';

export type Vendor = {
  /** The path of the preset's address. */
  readonly base: string;
  readonly key: 'wanted' | 'none';
  /** Pages by path. */
  readonly pages: Readonly<Record<string, object>>;
  /** Whom somebody without a wish should talk to. */
  readonly suggested: string;
  /** Names in the list that are not for talking, or twice. */
  readonly listed: number;
  /** Each says `Nine.` and thinks `SECRET`. */
  readonly chats: readonly FakeReply[];
  readonly refusals: readonly (readonly [FakeReply, fault: string, waitMs?: number])[];
};

const list = (...models: readonly object[]) => ({ object: 'list', data: models });
const model = (id: string, more: object = {}) => ({ id, object: 'model', created: 1, owned_by: 'v', ...more });
const chat = (message: object, choice: object = {}, more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Nine.', ...message }, finish_reason: 'stop', ...choice },
  ],
  usage: { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 },
  ...more,
});
const delta = (content: object, reason: string | null = null, more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: content, finish_reason: reason }],
  ...more,
});
const USAGE = { usage: { prompt_tokens: 12, completion_tokens: 34 } };
const stream = (...more: readonly object[]) =>
  events(...more, delta({ role: 'assistant', content: 'Ni' }), delta({ content: 'ne.' }, 'stop', USAGE), '[DONE]');
const refusal = (status: number, error: object, headers: Readonly<Record<string, string>> = {}): FakeReply => {
  const reply = json(error, status);
  return { ...reply, headers: { ...reply.headers, ...headers } };
};

/** By the preset's id. */
export const VENDORS: Readonly<Record<string, Vendor>> = {
  ollama: {
    base: '/v1',
    key: 'none',
    pages: {
      '/api/tags': {
        models: [
          { name: 'nomic-embed-text:latest', size: 1 },
          { name: 'llama3.2:latest', size: 2e9 },
        ],
      },
      '/api/ps': { models: [] },
      '/v1/models': list(model('llama3.2:latest')),
    },
    suggested: 'llama3.2:latest',
    listed: 2,
    chats: [json(chat({ reasoning: 'SECRET' }, {}, { system_fingerprint: 'fp_ollama' })), stream()],
    refusals: [
      [
        refusal(404, {
          error: { message: 'model "x" not found, try pulling it first', type: 'api_error', param: null, code: null },
        }),
        'model-missing',
      ],
      [
        refusal(500, {
          error: { message: 'model requires more system memory (5.6 GiB) than is available', type: 'api_error' },
        }),
        'no-model-loaded',
      ],
    ],
  },
  'lm-studio': {
    base: '/v1',
    key: 'none',
    pages: {
      '/api/v1/models': {
        models: [
          { key: 'text-embedding-nomic', loaded_instances: [] },
          { key: 'qwen2.5-7b-instruct', size_bytes: 4e9, loaded_instances: [{ id: 'a' }] },
        ],
      },
      '/v1/models': list(model('qwen2.5-7b-instruct')),
    },
    suggested: 'qwen2.5-7b-instruct',
    listed: 2,
    chats: [
      json(chat({ reasoning_content: 'SECRET' }, { logprobs: null }, { stats: {} })),
      stream(delta({ reasoning_content: 'SECRET' })),
    ],
    refusals: [
      [
        refusal(404, {
          error: {
            message: 'No models loaded. Please load a model in the developer page or use the `lms load` command.',
            type: 'invalid_request_error',
            param: 'model',
            code: 'model_not_found',
          },
        }),
        'no-model-loaded',
      ],
    ],
  },
  jan: {
    base: '/v1',
    key: 'none',
    pages: { '/v1/models': list(model('qwen3-4b')) },
    suggested: 'qwen3-4b',
    listed: 1,
    chats: [json(chat({ content: '<think>SECRET</think>\n\nNine.' })), stream()],
    refusals: [
      [
        { status: 401, headers: { 'content-type': 'text/plain' }, body: 'Invalid or missing authorization token' },
        'key-refused',
      ],
    ],
  },
  openai: {
    base: '/v1',
    key: 'wanted',
    pages: {
      '/v1/models': list(model('text-embedding-3-small'), model('gpt-5'), model('gpt-5-mini'), model('whisper-1')),
    },
    suggested: 'gpt-5-mini',
    listed: 4,
    chats: [json(chat({ refusal: null, annotations: [] }, { logprobs: null }, { service_tier: 'default' })), stream()],
    refusals: [
      [
        refusal(401, {
          error: {
            message: 'Incorrect API key provided: sk-…',
            type: 'invalid_request_error',
            param: null,
            code: 'invalid_api_key',
          },
        }),
        'key-refused',
      ],
      [
        refusal(429, {
          error: {
            message: 'You exceeded your current quota, please check your plan.',
            type: 'insufficient_quota',
            param: null,
            code: 'insufficient_quota',
          },
        }),
        'no-credits',
      ],
      [
        refusal(
          429,
          { error: { message: 'Rate limit reached', type: 'requests', param: null, code: 'rate_limit_exceeded' } },
          { 'retry-after': '20' },
        ),
        'rate-limited',
        20_000,
      ],
      [
        refusal(404, {
          error: {
            message: 'The model `x` does not exist or you do not have access to it.',
            type: 'invalid_request_error',
            param: null,
            code: 'model_not_found',
          },
        }),
        'model-missing',
      ],
    ],
  },
  groq: {
    base: '/openai/v1',
    key: 'wanted',
    pages: {
      '/openai/v1/models': list(
        model('whisper-large-v3', { active: true }),
        model('meta-llama/llama-guard-4-12b', { active: true }),
        model('openai/gpt-oss-120b', { active: true, context_window: 131_072 }),
        model('llama-3.1-8b-instant', { active: true }),
      ),
    },
    suggested: 'llama-3.1-8b-instant',
    listed: 4,
    chats: [
      json(chat({ reasoning: 'SECRET' }, {}, { x_groq: { id: 'req_1' } })),
      stream(delta({ reasoning: 'SECRET' })),
    ],
    refusals: [
      [
        refusal(401, { error: { message: 'Invalid API Key', type: 'invalid_request_error', code: 'invalid_api_key' } }),
        'key-refused',
      ],
      [
        refusal(429, {
          error: {
            message:
              'Rate limit reached for model `m` on tokens per minute (TPM): Limit 6000, Used 5800. Please try again in 7.66s.',
            type: 'tokens',
            code: 'rate_limit_exceeded',
          },
        }),
        'rate-limited',
        7_660,
      ],
      [
        refusal(413, {
          error: {
            message:
              'Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.',
            type: 'tokens',
            code: 'rate_limit_exceeded',
          },
        }),
        'context-too-long',
      ],
    ],
  },
  maritaca: {
    base: '/api',
    key: 'wanted',
    // A bare list.
    pages: {
      '/api/models': [model('sabia-4', { owned_by: 'maritacaai' }), model('sabiazinho-4', { owned_by: 'maritacaai' })],
    },
    suggested: 'sabiazinho-4',
    listed: 2,
    chats: [json(chat({})), stream()],
    refusals: [
      [refusal(401, { detail: 'Unauthorized' }), 'key-refused'],
      [refusal(402, { detail: 'Saldo insuficiente' }), 'no-credits'],
      [refusal(429, { detail: 'Rate limit exceeded' }), 'rate-limited'],
    ],
  },
  openrouter: {
    base: '/api/v1',
    key: 'wanted',
    pages: {
      '/api/v1/models': {
        data: [
          {
            id: 'anthropic/claude-sonnet-4.5',
            name: 'Claude',
            pricing: { prompt: '0.000003', completion: '0.000015' },
          },
          { id: 'google/gemini-2.5-flash', name: 'Gemini', pricing: { prompt: '0.0000003', completion: '0.0000025' } },
        ],
      },
    },
    suggested: 'google/gemini-2.5-flash',
    listed: 2,
    chats: [
      json(
        chat(
          { reasoning: 'SECRET', refusal: null },
          { native_finish_reason: 'STOP' },
          { provider: 'Google', usage: { prompt_tokens: 12, completion_tokens: 34, cost: 0.0001 } },
        ),
      ),
      { ...stream(), body: `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${String(stream().body)}` },
    ],
    refusals: [
      [refusal(401, { error: { message: 'No auth credentials found', code: 401 } }), 'key-refused'],
      [
        refusal(402, {
          error: { message: 'Insufficient credits. Add more using https://openrouter.ai/credits', code: 402 },
        }),
        'no-credits',
      ],
      // Under 200.
      [
        json({
          error: {
            message: 'Provider returned error',
            code: 429,
            metadata: { raw: 'rate-limited upstream', provider_name: 'x' },
          },
          user_id: 'u',
        }),
        'rate-limited',
      ],
      [
        json(chat({ content: '' }, { finish_reason: 'error', error: { code: 502, message: 'Upstream error' } })),
        'unreachable',
      ],
    ],
  },
  mistral: {
    base: '/v1',
    key: 'wanted',
    pages: {
      '/v1/models': list(
        model('mistral-embed', { capabilities: { completion_chat: false } }),
        model('mistral-large-latest', { capabilities: { completion_chat: true }, aliases: ['mistral-large-2512'] }),
        model('mistral-small-latest', { capabilities: { completion_chat: true } }),
        model('mistral-small-latest', { capabilities: { completion_chat: true } }),
      ),
    },
    suggested: 'mistral-small-latest',
    listed: 3,
    chats: [
      json(
        chat({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'SECRET' }] },
            { type: 'text', text: 'Nine.' },
          ],
        }),
      ),
      stream(),
    ],
    refusals: [
      [refusal(401, { message: 'Unauthorized', request_id: 'r' }), 'key-refused'],
      [
        refusal(429, {
          object: 'error',
          message: 'Rate limit exceeded',
          type: 'rate_limited',
          param: null,
          code: '1300',
          raw_status_code: 429,
        }),
        'rate-limited',
      ],
      [
        refusal(503, {
          object: 'error',
          message: 'Service tier capacity exceeded for this model.',
          type: 'service_tier_capacity_exceeded',
          code: '3505',
        }),
        'unreachable',
      ],
      [
        refusal(422, {
          object: 'error',
          message: { detail: [{ type: 'extra_forbidden', loc: ['body'], msg: 'Extra inputs are not permitted' }] },
          type: 'invalid_request_error',
        }),
        'refused-by-agent',
      ],
    ],
  },
  deepseek: {
    base: '',
    key: 'wanted',
    pages: { '/models': list(model('deepseek-chat'), model('deepseek-reasoner')) },
    suggested: 'deepseek-chat',
    listed: 2,
    chats: [
      // Empty lines keep the connection open until the answer is there.
      {
        headers: { 'content-type': 'application/json' },
        body: `\n\n\n${JSON.stringify(chat({ reasoning_content: 'SECRET' }))}`,
      },
      {
        ...stream(),
        body: `: keep-alive\n\n: keep-alive\n\n${String(stream(delta({ reasoning_content: 'SECRET' })).body)}`,
      },
    ],
    refusals: [
      [
        refusal(401, {
          error: {
            message: 'Authentication Fails, Your api key is invalid',
            type: 'authentication_error',
            param: null,
            code: 'invalid_request_error',
          },
        }),
        'key-refused',
      ],
      [
        refusal(402, {
          error: { message: 'Insufficient Balance', type: 'unknown_error', param: null, code: 'invalid_request_error' },
        }),
        'no-credits',
      ],
      [
        refusal(503, {
          error: {
            message: 'Service is too busy',
            type: 'service_unavailable_error',
            code: 'service_unavailable_error',
          },
        }),
        'unreachable',
      ],
    ],
  },
  'ollama-cloud': {
    base: '/v1',
    key: 'wanted',
    pages: { '/v1/models': list(model('gpt-oss:120b'), model('qwen3-coder:480b')) },
    suggested: 'gpt-oss:120b',
    listed: 2,
    chats: [json(chat({ reasoning: 'SECRET' })), stream()],
    refusals: [
      [refusal(401, { error: 'unauthorized' }), 'key-refused'],
      [refusal(429, { error: "you've reached your hourly usage limit, please upgrade to continue" }), 'rate-limited'],
    ],
  },
};
