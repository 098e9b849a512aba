/**
 * An app of Dify as its service API has it: `GET /v1/parameters`, `POST /v1/chat-messages` as a stream with pings between. A conversation is
 * known to its user alone; an app with a form that is not filled in says so, or, asked for a stream, never ends.
 */
import { type FakeHttp, json, type Outcome, startFakeHttp } from './fake-http.ts';

type Asked = {
  readonly query: string;
  readonly user: string;
  readonly conversation_id: string;
  readonly response_mode: string;
};

/** A text is said in pieces with a usage of 12 + 34 tokens; a list is that stream's events; anything else goes out as it is. */
type RunScript = (asked: Asked) => string | readonly object[] | Outcome;

export type FakeDify = FakeHttp & {
  readonly baseUrl: string;
  readonly asked: readonly Asked[];
  /** The form of the app. */
  form: readonly object[];
  reply(script: RunScript): void;
  /** Forgets its conversations, as an app does that was made anew. */
  forget(): void;
};

export async function startFakeDify({ key }: { readonly key: string }): Promise<FakeDify> {
  const asked: Asked[] = [];
  const conversations = new Map<string, string>();
  let script: RunScript = () => 'Hello from Dify.';
  const server = await startFakeHttp(({ headers, method, path, json: body }) => {
    if (headers.authorization !== `Bearer ${key}`) return difyError(401, 'unauthorized', 'Access token is invalid');
    if (method === 'GET' && path === '/v1/parameters') return json({ user_input_form: fake.form });
    if (method !== 'POST' || path !== '/v1/chat-messages') return difyError(404, 'not_found', 'Not found');
    const question = body as Asked;
    if (question.response_mode !== 'streaming')
      return difyError(400, 'invalid_param', 'Agent Chat App does not support blocking mode');
    if (question.user === '') return difyError(400, 'invalid_param', 'user is required');
    if (fake.form.length > 0) return 'hang';
    const { conversation_id: known } = question;
    if (known !== '' && conversations.get(known) !== question.user)
      return difyError(404, 'not_found', 'Conversation Not Exists.');
    asked.push(question);
    const id = known === '' ? `conv-${conversations.size + 1}` : known;
    conversations.set(id, question.user);
    const said = script(question);
    if (typeof said === 'string' && said !== 'hang' && said !== 'reset') return difyStream(id, difyAnswer(said));
    return Array.isArray(said) ? difyStream(id, said) : (said as Outcome);
  });
  const fake = {
    ...server,
    baseUrl: `${server.url}/v1`,
    asked,
    form: [] as readonly object[],
    reply: (next: RunScript) => {
      script = next;
    },
    forget: () => conversations.clear(),
  };
  return fake;
}

/** The events of an answer, its text in two pieces. */
export function difyAnswer(text: string, usage: object = { total_price: '0.1' }): readonly object[] {
  const middle = Math.ceil(text.length / 2);
  return [
    { event: 'message', answer: text.slice(0, middle) },
    { event: 'message', answer: text.slice(middle) },
    { event: 'message_end', metadata: { usage: { prompt_tokens: 12, completion_tokens: 34, ...usage } } },
  ];
}

function difyStream(conversation: string, events: readonly object[]): Outcome {
  const lines = events.map((event) => {
    const whole = { ...event, conversation_id: conversation, message_id: 'm1', task_id: 't1', created_at: 1 };
    return `data: ${JSON.stringify(whole)}\n\nevent: ping\n\n`;
  });
  return { headers: { 'content-type': 'text/event-stream' }, body: lines.join('') };
}

export function difyError(status: number, code: string, message: string): Exclude<Outcome, string> {
  return { ...json({ code, message, status }, status) };
}
