/** What a real n8n was seen to answer from flows that are put together in the ways that people put them together. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import type { AgentResult } from '../../relay/turn.ts';
import { type FakeHttp, type FakeReply, type FakeRequest, startFakeHttp } from '../support/fake-http.ts';
import { deps, line, patient, turn } from './asking.ts';

let server: FakeHttp;
let script: (request: FakeRequest) => FakeReply;

beforeEach(async () => {
  server = await startFakeHttp((request) => script(request));
});
afterEach(() => server.stop());

async function answerOf(reply: (request: FakeRequest) => FakeReply, settings: object = {}): Promise<AgentResult> {
  script = reply;
  const backEnd = { adapter: 'webhook', settings: { url: `${server.url}/webhook`, ...settings } } as const;
  const fresh = [line('contact', 'Quanto custa o bolo?', 1, 'Caio')];
  return createAgent(backEnd, null, deps()).answer(turn(fresh, [line('agent', 'Oi, Caio!')]), patient);
}

const json = (body: unknown, status = 200): FakeReply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});
const text = (body: string, type = 'text/html; charset=utf-8', status = 200): FakeReply => ({
  status,
  headers: { 'content-type': type },
  body,
});
const noAnswer = { type: 'fault', fault: 'no-answer' };
const oi = { type: 'answer', texts: ['R$ 30'] };

describe('a flow that hands back what it was sent has not answered', () => {
  test.each<[string, (request: FakeRequest) => FakeReply]>([
    ['as the last node', ({ json: body }) => json(body)],
    ['as one item of several', ({ json: body }) => json([body])],
    ['with a Webhook node', ({ json: body, headers }) => json({ headers, params: {}, query: {}, body })],
    ['as a row for a sheet', () => json({ telefone: '5511988880000', mensagem: 'Quanto custa o bolo?' })],
    ['as a text', () => text('Quanto custa o bolo?')],
    ['as the answer itself', () => json({ output: ' Quanto custa o bolo?\n' })],
    ['in a stream', () => text('{"type":"begin"}\n{"type":"item","content":"Quanto custa o bolo?"}\n{"type":"end"}\n')],
  ])('%s', async (_how, reply) => {
    expect(await answerOf(reply)).toMatchObject(noAnswer);
  });

  test('and has where the answer is beside it', async () => {
    expect(await answerOf(({ json: body }) => json({ ...(body as object), output: 'R$ 30' }))).toMatchObject(oi);
  });
});

describe('what leaves, and what does not', () => {
  const item = (content: string, nodeId: string, itemIndex = 0) =>
    JSON.stringify({ type: 'item', content, metadata: { nodeId, runIndex: 0, itemIndex } });
  const group = (content: string, nodeId: string, itemIndex = 0) =>
    [
      JSON.stringify({ type: 'begin', metadata: { nodeId, runIndex: 0, itemIndex } }),
      item(content, nodeId, itemIndex),
      JSON.stringify({ type: 'end', metadata: { nodeId, runIndex: 0, itemIndex } }),
    ].join('\n');

  test.each<[string, FakeReply, object]>([
    ['a file as bytes', json({ type: 'Buffer', data: [79, 105, 33] }), { fault: 'odd-answer' }],
    ['a list of numbers', json([79, 105]), { fault: 'odd-answer' }],
    ['a PDF', text('%PDF-1.4\n1 0 obj', 'application/pdf'), { fault: 'odd-answer' }],
    ['a picture as text', text('<svg xmlns="x"></svg>', 'image/svg+xml'), { fault: 'odd-answer' }],
    ['a table as text', text('nome,preço\nbolo,30', 'text/csv'), { fault: 'odd-answer' }],
    ['JSON in a stream', text(group('{"output":"R$ 30"}', 'a')), oi],
    ['two items in a stream', text(`${group('um', 'a', 0)}\n${group('dois', 'a', 1)}`), { texts: ['um', 'dois'] }],
    ['a node that repeats the agent', text(`${group('R$ 30', 'agent')}\n${group('R$ 30', 'respond')}`), oi],
    ['names in Portuguese', json({ Resposta: 'R$ 30' }), oi],
    ['names in Portuguese with an accent', json({ saída: 'R$ 30' }), oi],
    ['a name of two words', json({ 'Resposta final': 'x', texto: 'R$ 30' }), oi],
    [
      'a node that failed, and the flow went on',
      json({ error: 'The service refused the connection' }),
      { fault: 'flow-failed' },
    ],
    [
      'a flow that answers by nodes of its own',
      json({ executionStarted: true, executionId: '50' }),
      { fault: 'not-configured' },
    ],
  ])('%s', async (_what, reply, right) => {
    expect(await answerOf(() => reply)).toMatchObject(right);
  });
});

describe('refusals by their names', () => {
  test.each<[string, FakeReply, string]>([
    ['no item', json({ code: 0, message: 'No item to return was found' }, 500), 'no-answer'],
    ['a run that failed', json({ message: 'There was a problem executing the workflow' }, 500), 'flow-failed'],
    ['a run out of time', json({ message: 'The execution was cancelled because it timed out' }, 500), 'flow-failed'],
    ['nobody let in', text('User not authenticated!', 'text/html', 500), 'key-refused'],
    ['an address not let in', text('IP is not whitelisted to access the webhook!', 'text/html', 403), 'key-refused'],
    ['while n8n starts', text('<pre>Cannot POST /webhook/x</pre>', 'text/html', 404), 'unreachable'],
    ['a chat that is not public', text('', 'text/html', 404), 'chat-not-public'],
    [
      'no flow',
      json({ code: 404, message: 'The requested webhook "POST x" is not registered.' }, 404),
      'wrong-address',
    ],
    [
      'Flowise without a key',
      json({ message: 'Error: predictionsServices.buildChatflow - Unauthorized' }, 500),
      'key-refused',
    ],
  ])('%s', async (_what, reply, right) => {
    expect(await answerOf(() => reply)).toMatchObject({ type: 'fault', fault: right });
  });
});

test('a flow that only takes messages in may begin and say so', async () => {
  const started = json({ message: 'Workflow was started' });
  expect(await answerOf(() => started, { onlyReceives: true })).toMatchObject({ type: 'silence' });
  expect(await answerOf(() => started)).toMatchObject({ fault: 'not-configured' });
});
