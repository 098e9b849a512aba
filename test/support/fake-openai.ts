/**
 * A server that speaks OpenAI's chat completions: `GET /v1/models`, `POST /v1/chat/completions`, a key if one is set.
 * A test scripts what the model says and reads what it was told.
 */
import { type FakeHttp, json, type Outcome, startFakeHttp } from './fake-http.ts';

type ChatRequest = {
  readonly model: string;
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
};

/** A text is said in a whole completion with a usage of 12 + 34 tokens; anything else goes out as it is. */
type ChatScript = (request: ChatRequest) => string | Outcome | Promise<string | Outcome>;

export type FakeOpenAi = FakeHttp & {
  /** For the adapter's `baseUrl` setting. */
  readonly baseUrl: string;
  /** What the model was told, turn by turn. */
  readonly chats: readonly ChatRequest[];
  /** Further pages, by their path, over those that it has by itself. */
  readonly pages: Map<string, object>;
  reply(script: ChatScript): void;
  /** From now on questions are taken and never answered; `reply` ends it for those that follow. */
  hang(): void;
};

export async function startFakeOpenAi(options: { readonly key?: string | null } = {}): Promise<FakeOpenAi> {
  const chats: ChatRequest[] = [];
  const pages = new Map<string, object>();
  let script: ChatScript = () => 'Hello from the model.';
  const server = await startFakeHttp(async (request) => {
    if (options.key && request.headers.authorization !== `Bearer ${options.key}`) {
      return json(
        { error: { message: 'Incorrect API key', type: 'invalid_request_error', code: 'invalid_api_key' } },
        401,
      );
    }
    const [path = ''] = request.path.split('?');
    const page = request.method === 'GET' ? pages.get(path) : undefined;
    if (page) return json(page);
    if (request.method === 'GET' && path === '/v1/models') return json({ data: [{ id: 'small' }, { id: 'big' }] });
    if (request.method !== 'POST' || path !== '/v1/chat/completions') return json({ error: { message: 'no' } }, 404);
    const chat = request.json as ChatRequest;
    chats.push(chat);
    const said = await script(chat);
    return typeof said === 'string' && said !== 'hang' && said !== 'reset' ? json(completion(said)) : said;
  });
  return {
    ...server,
    baseUrl: `${server.url}/v1`,
    chats,
    pages,
    reply: (next) => {
      script = next;
    },
    hang: () => {
      script = () => 'hang';
    },
  };
}

/** A completion with one choice; `message` and `choice` replace parts of it. */
export function completion(content: string | null, message: object = {}, choice: object = {}): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'small',
    choices: [{ index: 0, message: { role: 'assistant', content, ...message }, finish_reason: 'stop', ...choice }],
    usage: { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 },
  };
}
