/** What real servers were seen to answer, and what a contact may get of it. `server-answers.json` has bodies as they came. */
import { describe, expect, test } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import type { AgentResult } from '../../relay/turn.ts';
import { AGENT_FAULTS, type AgentFault } from '../../shared/contract/agent.ts';
import { startFakeHttp } from '../support/fake-http.ts';
import { completion } from '../support/fake-openai.ts';
import { deps, patient, turn } from './asking.ts';
import odd from './odd-server-answers.json' with { type: 'json' };
import seen from './server-answers.json' with { type: 'json' };

type Reply = {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  /** Where the bytes are no UTF-8. */
  readonly bodyBase64?: string;
};
type Right = {
  readonly sent?: readonly string[];
  readonly sentLike?: readonly string[];
  readonly never?: readonly string[];
  readonly silence?: boolean;
  /** One of several, or any. */
  readonly fault?: string | readonly string[] | boolean;
  readonly detail?: string;
  readonly retryAfterMs?: number;
  readonly shortened?: string;
  /** What is right as well. */
  readonly or?: readonly Right[];
};

async function answerOf(adapter: string, reply: Reply, settings: object = {}): Promise<AgentResult> {
  const { status = 200, type = 'application/json', headers = {} } = reply;
  const body = reply.bodyBase64 === undefined ? (reply.body ?? '') : Buffer.from(reply.bodyBase64, 'base64');
  const given = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
  const server = await startFakeHttp(() => ({
    status,
    headers: { 'content-type': type, ...Object.fromEntries(given) },
    body,
  }));
  const url = server.url;
  const backEnd =
    adapter === 'webhook'
      ? ({ adapter: 'webhook', settings: { url, ...settings } } as const)
      : ({ adapter: 'openai-compatible', settings: { baseUrl: `${url}/v1`, model: 'm', ...settings } } as const);
  const result = await createAgent(backEnd, null, deps()).answer(turn('oi'), patient);
  await server.stop();
  return result;
}

function judge(result: AgentResult, right: Right): void {
  if (right.or?.some((other) => holds(result, other))) return;
  if (right.silence) expect(result).toMatchObject({ type: 'silence' });
  if (right.sent) expect(result).toMatchObject({ type: 'answer', texts: right.sent });
  if (right.shortened) expect(result).toMatchObject({ shortened: { fault: right.shortened } });
  const all = result.type === 'answer' ? result.texts.join('\n') : '';
  for (const words of right.sentLike ?? []) expect(all).toContain(words);
  for (const words of right.never ?? []) expect(all).not.toContain(words);
  if (!right.fault) return;
  const faults = right.fault === true ? AGENT_FAULTS : [right.fault].flat();
  expect(result).toMatchObject({ type: 'fault', fault: expect.toBeOneOf([...faults]) });
  if (right.detail) expect(result).toMatchObject({ detail: expect.stringContaining(right.detail) });
  if (right.retryAfterMs !== undefined) expect(result).toMatchObject({ retryAfterMs: right.retryAfterMs });
}

function holds(result: AgentResult, right: Right): boolean {
  try {
    judge(result, right);
    return true;
  } catch {
    // An assertion has no other way to say no.
    return false;
  }
}

const rows = [...seen, ...odd] as readonly { readonly adapter: string; readonly reply: Reply; readonly right: Right }[];

test.each(rows.map((row, at) => [at, row.adapter, row.reply.body?.slice(0, 80) ?? 'bytes', row] as const))(
  '%i %s %j',
  async (_at, adapter, _body, { reply, right }) => {
    judge(await answerOf(adapter, reply), right);
  },
);

describe('a model', () => {
  const said = (content: string, choice: object = {}) => ({ body: JSON.stringify(completion(content, {}, choice)) });
  const oi = { sent: ['Oi!'] };
  const oddAnswer = { fault: 'odd-answer' };

  test.each<[string, string, Right]>([
    [
      'channels',
      '<|channel|>analysis<|message|>chato<|end|><|start|>assistant<|channel|>final<|message|>Oi!<|return|>',
      oi,
    ],
    ['channels without marks', 'analysisO cliente é chato.assistantfinalOi!', oi],
    ['a channel for tools', '<|channel|>commentary to=functions.buscar <|message|>{"q":1}<|call|>', oddAnswer],
    ['only thoughts on a channel', '<|channel|>analysis<|message|>chato', { silence: true }],
    ['a role before the words', 'Assistant: Oi!', oi],
    ['a role, and the other’s next words', 'Assistente: Oi!\nUser: e o preço?\nAssistente: R$ 5', oi],
    ['the other’s turn, made up', 'Oi!<|im_end|>\n<|im_start|>user\nme paga<|im_end|>', oi],
    ['a header of a turn', '<|start_header_id|>assistant<|end_header_id|>\n\nOi!<|eot_id|>', oi],
    ['a model’s turn of Gemma', '<start_of_turn>model\nOi!<end_of_turn>', oi],
    ['thoughts of Cohere', '<|START_THINKING|>chato<|END_THINKING|><|START_RESPONSE|>Oi!<|END_RESPONSE|>', oi],
    ['steps up to an answer', 'Thought: chato\nAction: nenhuma\nFinal Answer: Oi!', oi],
    ['steps without an answer', 'Thought: preciso do preço\nAction: buscar\nAction Input: bolo', oddAnswer],
    ['a step as JSON', '```json\n{"action":"Final Answer","action_input":"Oi!"}\n```', oi],
    ['JSON of words', '```json\n{"resposta":"Oi!","confianca":0.9}\n```', oi],
    ['JSON in JSON', '{"output":"<think>x</think>Oi!"}', oi],
    ['JSON without a text', '{"preco": 30}', oddAnswer],
    ['a tool of Mistral', '[TOOL_CALLS][{"name":"buscar","arguments":{}}]', oddAnswer],
    ['a tool of DeepSeek', 'Vou ver.<｜tool▁calls▁begin｜>function', oddAnswer],
    ['a tool of Llama', '<|python_tag|>buscar.call(q="bolo")', oddAnswer],
    ['a tool in angles', 'Um momento. <function=buscar>{"q":"bolo"}</function>', oddAnswer],
    ['several tools as JSON', '[{"name":"a","arguments":{}},{"name":"b","parameters":{}}]', oddAnswer],
    ['a tool in a name space', '<minimax:tool_call><invoke name="x"></invoke></minimax:tool_call>', oddAnswer],
    ['the word for silence in bold', '**NO_REPLY**', { silence: true }],
    ['the word for silence after thoughts', '<think>nada</think>\nNO_REPLY.', { silence: true }],
    ['the word for silence on a line of its own', 'Até logo!\nNO_REPLY', { sent: ['Até logo!'] }],
    ['the word for silence in a sentence', 'NO_REPLY é uma palavra.', { sent: ['NO_REPLY é uma palavra.'] }],
    ['an error of Python', 'Error code: 429 - {"error": {"message": "x"}}', { fault: 'rate-limited' }],
    ['an error of axios', 'AxiosError: Request failed with status code 502', { fault: 'unreachable' }],
    ['an error with a sign', '⚠️ API Error: something', { fault: 'refused-by-agent' }],
    ['an error as JSON', '{"type":"error","error":{"type":"overloaded_error"}}', { fault: 'unreachable' }],
    ['a line of HTTP', '503 Service Unavailable', { fault: 'unreachable' }],
    ['a web page', '<!DOCTYPE html><html>502</html>', { fault: 'wrong-server' }],
    [
      'words about an error',
      'Error 404 means that the page is gone.',
      { sent: ['Error 404 means that the page is gone.'] },
    ],
    ['a price that is struck out', 'Bolo: <s>R$ 35</s> R$ 30', { sent: ['Bolo: ~R$ 35~ R$ 30'] }],
    ['marks of a sentence around the whole', '<s>Oi!</s>', oi],
    ['the end of a sentence, and what was made up after it', 'Oi!</s><s>[INST] e o preço?', oi],
    ['words about a tool', 'Use a ferramenta <b>certa</b>.', { sent: ['Use a ferramenta *certa*.'] }],
    ['an answer about a rate', 'Rate limit? Não temos.', { sent: ['Rate limit? Não temos.'] }],
  ])('%s', async (_what, text, right) => {
    judge(await answerOf('openai-compatible', said(text)), right);
  });

  test.each<[string, string, Right]>([
    ['a list that stops', 'Temos:\n\n1. Bolo.\n2. Pã', { sent: ['Temos:\n\n1. Bolo.'], shortened: 'cut-off' }],
    ['a code that stops', 'Veja:\n\nÉ assim.\n\n```\nlet a. = ', { sent: ['Veja:\n\nÉ assim.'], shortened: 'cut-off' }],
    ['not one sentence', 'Os horários são segunda a', { fault: 'stopped-early' }],
    ['thoughts that stop', '<think>o cliente', { fault: 'stopped-early' }],
    ['a tool call that stops', '<tool_call>{"name":', oddAnswer],
  ])('cut off: %s', async (_what, text, right) => {
    judge(await answerOf('openai-compatible', said(text, { finish_reason: 'length' })), right);
  });

  test.each<[string, Reply, Right]>([
    [
      'a stream without its end',
      { type: 'text/event-stream', body: 'data: {"choices":[{"delta":{"content":"Oi! Te"}}]}\n\n' },
      { fault: 'unreachable' },
    ],
    [
      'lines without their end',
      { type: 'application/x-ndjson', body: '{"message":{"content":"Oi! Te"},"done":false}\n' },
      { fault: 'unreachable' },
    ],
    ['half of the old completions', { body: '{"choices":[{"text":"Oi! Te","finish_reason":"length"}]}' }, oi],
    [
      'half of the responses',
      { body: '{"status":"incomplete","output":[{"type":"message","content":[{"text":"Oi! Te"}]}]}' },
      oi,
    ],
    ['no place for a completion', { status: 404, body: '404 page not found' }, { fault: 'wrong-address' }],
    [
      'vLLM without the model',
      { status: 404, body: '{"object":"error","message":"The model `x` does not exist."}' },
      { fault: 'model-missing' },
    ],
    [
      'a model too large',
      { status: 500, body: '{"error":"model requires more system memory (9 GiB)"}' },
      { fault: 'no-model-loaded' },
    ],
    [
      'a gateway that repeats the key',
      { status: 400, body: '{"error":{"message":"Invalid API key sk-secret"}}' },
      { fault: 'key-refused' },
    ],
  ])('%s', async (_what, reply, right) => {
    const result = await answerOf('openai-compatible', reply);
    judge(result, right);
    expect(JSON.stringify(result)).not.toContain('sk-secret');
  });
});

test('nine thousand characters without a space leave whole, in three messages', async () => {
  const body = JSON.stringify(completion('x'.repeat(9_000)));
  const result = await answerOf('openai-compatible', { body });
  expect(result).toMatchObject({ type: 'answer' });
  expect(result.type === 'answer' && result.texts.map(({ length }) => length)).toEqual([4_000, 4_000, 1_000]);
  expect(result).not.toHaveProperty('shortened');
});

describe('a flow', () => {
  const json = (body: unknown): Reply => ({ body: JSON.stringify(body) });
  const oi = { sent: ['Oi!'] };
  const nothing = { fault: 'no-answer' };

  test.each<[string, Reply, Right]>([
    [
      'all items of n8n',
      json([{ json: { output: 'Oi!' } }, { json: { output: 'Tudo bem?' } }]),
      { sent: ['Oi!', 'Tudo bem?'] },
    ],
    [
      'bubbles of Typebot',
      json({
        messages: [
          {
            type: 'text',
            content: { type: 'richText', richText: [{ type: 'p', children: [{ text: 'Oi' }, { text: '!' }] }] },
          },
        ],
      }),
      oi,
    ],
    [
      'bubbles of Typebot as Markdown',
      json({ messages: [{ type: 'text', content: { type: 'markdown', markdown: '**Oi!**' } }] }),
      { sent: ['*Oi!*'] },
    ],
    ['a result in a result', json({ result: { data: { text: 'Oi!' } } }), oi],
    ['a status beside the words', json({ status: 'ok', message: 'Oi!' }), oi],
    ['ok as an answer', json({ output: 'ok' }), { sent: ['ok'] }],
    ['ok as a message', json({ success: true, message: 'OK' }), nothing],
    ['a text of JSON', json('Oi!'), oi],
    ['an acknowledgement as a text of JSON', json('Accepted'), nothing],
    ['no', json(false), nothing],
    ['silence said', json({ silence: true, output: 'Oi!' }), { silence: true }],
    ['silence in a list', json([{ silence: true }]), { silence: true }],
    ['an empty text', json({ output: '' }), { silence: true }],
    ['an unknown name', json({ xyz: 'Oi!' }), nothing],
    ['names in Portuguese, in any case', json({ Saída: 'Oi!' }), oi],
    ['an error beside the words', json({ error: { message: 'x' }, output: 'Oi!' }), { fault: 'refused-by-agent' }],
    ['no error beside the words', json({ error: null, output: 'Oi!' }), oi],
    ['lists without an end', { body: `${'['.repeat(5_000)}${']'.repeat(5_000)}` }, { fault: 'odd-answer' }],
    ['objects without an end', { body: `${'{"data":'.repeat(5_000)}1${'}'.repeat(5_000)}` }, { fault: 'odd-answer' }],
    ['a page', { type: 'text/html', body: '<html><body>Entre</body></html>' }, { fault: 'wrong-server' }],
    ['words with tags', { type: 'text/html', body: 'Oi!<br>Tudo <b>bem</b>?' }, { sent: ['Oi!\nTudo *bem*?'] }],
    ['tabs and breaks in JSON', { body: '{"output":"Oi!\r\n\tTudo \\"bem\\"?"}' }, { sent: ['Oi!\n\tTudo "bem"?'] }],
    ['half of JSON as a page', { type: 'text/html', body: '{"output":"Oi! Te' }, { fault: 'odd-answer' }],
    ['bytes', { type: 'application/octet-stream', body: 'a\0b' }, { fault: 'odd-answer' }],
    [
      'a stream of chunks',
      { type: 'text/event-stream', body: 'data: {"choices":[{"delta":{"content":"Oi!"}}]}\n\ndata: [DONE]\n\n' },
      oi,
    ],
    [
      'a stream that says it begins',
      { type: 'text/event-stream', body: 'data: {"type":"begin"}\n\ndata: {"type":"item","content":"Oi! T"}\n\n' },
      { fault: 'unreachable' },
    ],
    ['an error’s words in a text', json({ output: 'API Error: 401 {"x":1}' }), { fault: 'key-refused' }],
    ['a flow that failed with 200', { type: 'text/html', body: 'Error in workflow' }, { fault: 'flow-failed' }],
  ])('%s', async (_what, reply, right) => {
    judge(await answerOf('webhook', reply), right);
  });

  test.each([{ body: '' }, { body: '{"success":true}' }, { type: 'text/plain', body: 'Accepted' }])(
    'that only takes messages in may say nothing: %j',
    async (reply) => {
      judge(await answerOf('webhook', reply, { onlyReceives: true }), { silence: true });
    },
  );

  test('that only takes messages in fails like any other', async () => {
    judge(await answerOf('webhook', { status: 500, body: '{"message":"Error in workflow"}' }, { onlyReceives: true }), {
      fault: 'flow-failed' satisfies AgentFault,
    });
  });
});
