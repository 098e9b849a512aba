/**
 * Anthropic's Messages as its documents have them: `GET /v1/models`, `POST /v1/messages`. Refuses what the service refuses: a wrong key,
 * no version, an unknown model, no `max_tokens`, two turns of one role, a text without a word.
 */
import { type FakeHttp, json, type Outcome, startFakeHttp } from './fake-http.ts';

type Messages = {
  readonly model: string;
  readonly max_tokens: number;
  readonly system?: readonly { readonly text: string }[];
  readonly messages: readonly {
    readonly role: 'user' | 'assistant';
    readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  }[];
};

/** A text is said in a whole message with a usage of 12 + 34 tokens; anything else goes out as it is. */
type MessagesScript = (request: Messages) => string | Outcome;

export type FakeAnthropic = FakeHttp & {
  readonly baseUrl: string;
  readonly asked: readonly Messages[];
  reply(script: MessagesScript): void;
};

const MODELS = ['claude-sonnet-4-5', 'claude-haiku-4-5'];

export async function startFakeAnthropic({ key }: { readonly key: string }): Promise<FakeAnthropic> {
  const asked: Messages[] = [];
  let script: MessagesScript = () => 'Hello from Claude.';
  const server = await startFakeHttp(({ headers, method, path, json: body }) => {
    if (headers['x-api-key'] !== key) return anthropicError(401, 'authentication_error', 'invalid x-api-key');
    if (headers['anthropic-version'] !== '2023-06-01')
      return anthropicError(400, 'invalid_request_error', 'anthropic-version: header is required');
    if (method === 'GET' && path.split('?')[0] === '/v1/models')
      return json({ data: MODELS.map((id) => ({ type: 'model', id, display_name: id })), has_more: false });
    if (method !== 'POST' || path !== '/v1/messages') return anthropicError(404, 'not_found_error', 'Not Found');
    const request = body as Messages;
    const refusal = refusalOf(request);
    if (refusal) return refusal;
    asked.push(request);
    const said = script(request);
    return typeof said === 'string' && said !== 'hang' && said !== 'reset' ? json(anthropicMessage(said)) : said;
  });
  return {
    ...server,
    baseUrl: `${server.url}/v1`,
    asked,
    reply: (next) => {
      script = next;
    },
  };
}

function refusalOf({ model, max_tokens: most, messages }: Messages): Outcome | null {
  if (!MODELS.includes(model)) return anthropicError(404, 'not_found_error', `model: ${model}`);
  const isCount = Number.isInteger(most) && most > 0;
  if (!isCount) return anthropicError(400, 'invalid_request_error', 'max_tokens: Field required');
  const inTurns = messages.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'));
  if (!inTurns) return anthropicError(400, 'invalid_request_error', 'messages: roles must alternate');
  if (messages.some(({ content }) => content.some(({ text }) => text.trim() === '')))
    return anthropicError(400, 'invalid_request_error', 'messages: text content blocks must be non-empty');
  return null;
}

/** A message with one text; `parts` replaces parts of it. */
export function anthropicMessage(text: string, parts: object = {}): object {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: MODELS[0],
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 12, output_tokens: 34, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
    ...parts,
  };
}

export function anthropicError(status: number, type: string, message: string): Exclude<Outcome, string> {
  return { ...json({ type: 'error', error: { type, message }, request_id: 'req_1' }, status) };
}
