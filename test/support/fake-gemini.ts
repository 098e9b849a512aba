/**
 * Google's Gemini as its documents have it: `GET /v1beta/models`, `POST /v1beta/models/NAME:generateContent`. Refuses a wrong key with 400,
 * as the service does, and an unknown model.
 */
import { type FakeHttp, json, type Outcome, startFakeHttp } from './fake-http.ts';

type Contents = {
  readonly systemInstruction?: { readonly parts: readonly { readonly text: string }[] };
  readonly contents: readonly {
    readonly role: 'user' | 'model';
    readonly parts: readonly { readonly text: string }[];
  }[];
};

/** A text is said in a whole answer with a usage of 12 + 34 tokens; anything else goes out as it is. */
type ContentsScript = (request: Contents) => string | Outcome;

export type FakeGemini = FakeHttp & {
  readonly baseUrl: string;
  readonly asked: readonly Contents[];
  reply(script: ContentsScript): void;
};

const MODELS = [
  { name: 'models/gemini-2.5-pro', supportedGenerationMethods: ['generateContent', 'countTokens'] },
  { name: 'models/gemini-2.5-flash', supportedGenerationMethods: ['generateContent', 'countTokens'] },
  { name: 'models/gemini-embedding-001', supportedGenerationMethods: ['embedContent'] },
];

export async function startFakeGemini({ key }: { readonly key: string }): Promise<FakeGemini> {
  const asked: Contents[] = [];
  let script: ContentsScript = () => 'Hello from Gemini.';
  const server = await startFakeHttp(({ headers, method, path, json: body }) => {
    if (headers['x-goog-api-key'] !== key)
      return googleError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
      });
    const [page] = path.split('?');
    if (method === 'GET' && page === '/v1beta/models') return json({ models: MODELS });
    const model = /^\/v1beta\/(models\/[^:]+):generateContent$/.exec(page ?? '')?.[1];
    if (method !== 'POST' || !MODELS.some(({ name }) => name === model))
      return googleError(404, 'NOT_FOUND', `${model} is not found for API version v1beta`);
    const request = body as Contents;
    asked.push(request);
    const said = script(request);
    return typeof said === 'string' && said !== 'hang' && said !== 'reset' ? json(geminiAnswer(said)) : said;
  });
  return {
    ...server,
    baseUrl: `${server.url}/v1beta`,
    asked,
    reply: (next) => {
      script = next;
    },
  };
}

/** An answer with one text; `candidate` replaces parts of its candidate. */
export function geminiAnswer(text: string, candidate: object = {}): object {
  return {
    candidates: [{ content: { parts: [{ text }], role: 'model' }, finishReason: 'STOP', index: 0, ...candidate }],
    usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 34, totalTokenCount: 46 },
    modelVersion: 'gemini-2.5-flash',
    responseId: 'r1',
  };
}

export function googleError(code: number, status: string, message: string, detail?: object): Exclude<Outcome, string> {
  return { ...json({ error: { code, message, status, ...(detail && { details: [detail] }) } }, code) };
}
