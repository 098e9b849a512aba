/**
 * A flow of Flowise 3: `POST /api/v1/prediction/ID`, and `GET /api/v1/chatflows-streaming/ID`, which is open to everybody. Tells a key that is
 * not the flow's with 500, as Flowise does.
 */
import { type FakeHttp, json, type Outcome, startFakeHttp } from './fake-http.ts';

type Asked = {
  readonly question: string;
  readonly chatId: string;
  readonly overrideConfig: { readonly sessionId: string };
};

/** A text is the answer of a run; anything else goes out as it is. */
type FlowScript = (asked: Asked) => string | Outcome;

export type FakeFlowise = FakeHttp & {
  /** The address that the flow shows. */
  readonly flowUrl: string;
  readonly asked: readonly Asked[];
  reply(script: FlowScript): void;
};

export const FLOW_ID = '0b1c2d3e-0000-4000-8000-00000000f10e';

export async function startFakeFlowise(options: { readonly key?: string } = {}): Promise<FakeFlowise> {
  const asked: Asked[] = [];
  let script: FlowScript = () => 'Hello from Flowise.';
  const server = await startFakeHttp(({ headers, method, path, json: body }) => {
    const [, page, id] = /^\/api\/v1\/(prediction|chatflows-streaming)\/([^/]+)$/.exec(path) ?? [];
    if (page === undefined) return { status: 404, body: 'Cannot find the page' };
    if (id !== FLOW_ID) return flowiseError(404, `Chatflow ${id} not found in the database!`);
    if (method === 'GET' && page === 'chatflows-streaming') return json({ isStreaming: true });
    if (method !== 'POST' || page !== 'prediction') return { status: 404, body: 'Cannot find the page' };
    if (options.key && headers.authorization !== `Bearer ${options.key}`)
      return flowiseError(500, 'Error: predictionsServices.buildChatflow - Unauthorized');
    const question = body as Asked;
    asked.push(question);
    const said = script(question);
    return typeof said === 'string' && said !== 'hang' && said !== 'reset' ? json(flowRun({ text: said })) : said;
  });
  return {
    ...server,
    flowUrl: `${server.url}/api/v1/prediction/${FLOW_ID}`,
    asked,
    reply: (next) => {
      script = next;
    },
  };
}

/** What a run gives back; `parts` replaces parts of it. */
export function flowRun(parts: object): object {
  return {
    text: '',
    question: 'Hi',
    chatId: 'c',
    chatMessageId: 'm',
    sessionId: 'c',
    memoryType: 'Buffer Memory',
    ...parts,
  };
}

export function flowiseError(status: number, message: string): Exclude<Outcome, string> {
  return { ...json({ statusCode: status, success: false, message, stack: {} }, status) };
}
