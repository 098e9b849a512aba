/** `flowise` against a server that answers, and fails, as Flowise 3 does. */
import { afterEach, describe, expect, test } from 'vitest';
import { createAgent, problemsWith } from '../../relay/agents/agent.ts';
import type { Agent } from '../../relay/turn.ts';
import { type FakeFlowise, FLOW_ID, flowiseError, flowRun, startFakeFlowise } from '../support/fake-flowise.ts';
import { events, json } from '../support/fake-http.ts';
import { CHAT_KEY, deps, line, OWNER_MARK, patient, turn } from './asking.ts';

const KEY = 'fw-planted-0123456789';
let server: FakeFlowise;
afterEach(() => server.stop());

async function agent(given = deps(), key: string | null = null, url?: (flow: FakeFlowise) => string): Promise<Agent> {
  server = await startFakeFlowise(key === null ? {} : { key: KEY });
  return createAgent({ adapter: 'flowise', settings: { url: url?.(server) ?? server.flowUrl } }, key, given);
}

test('one session per chat, told all at first and then what it has not heard', async () => {
  const given = deps();
  const flow = await agent(given);
  const context = [line('contact', 'Hi'), line('agent', 'Hello')];
  expect(await flow.answer(turn('When?', context), patient)).toMatchObject({ texts: ['Hello from Flowise.'] });
  const missed = [line('owner', 'On my way')];
  await flow.answer(turn('Thanks', [...context, ...missed], missed), patient);
  expect(server.asked[0]).toEqual({
    question: 'Earlier in this conversation:\n[contact] Hi\n[you] Hello\n\nNow:\nWhen?',
    chatId: CHAT_KEY,
    overrideConfig: { sessionId: CHAT_KEY },
  });
  expect(server.asked[1]?.question).toContain('written by hand by the owner');
  expect(server.asked[1]?.question).toMatch(`Earlier in this conversation:\n${OWNER_MARK} On my way\n\nNow:\nThanks`);
});

describe('a run', () => {
  const step = (status: string) => ({ nodeId: 'n', nodeLabel: 'N', status, data: { output: { content: 'SECRET' } } });
  test.each([
    ['of an agent flow', flowRun({ text: 'Nine.', agentFlowExecutedData: [step('FINISHED')] }), { texts: ['Nine.'] }],
    [
      'that asks its operator',
      flowRun({ text: 'May I send this?', action: { id: 'a', mapping: { approve: 'Proceed' } } }),
      { fault: 'waits-for-person' },
    ],
    [
      'that stopped for its operator',
      flowRun({ text: 'May I send this?', agentFlowExecutedData: [step('STOPPED')] }),
      { fault: 'waits-for-person' },
    ],
    [
      'that ended without a text',
      flowRun({ text: ' ', agentFlowExecutedData: [step('FINISHED')] }),
      { fault: 'no-answer' },
    ],
    ['with a structured output', flowRun({ text: undefined, json: { output: 'Nine.' } }), { texts: ['Nine.'] }],
    [
      'with a structured output that is not for a person',
      flowRun({ text: undefined, json: { score: 3 } }),
      { fault: 'odd-answer' },
    ],
    ['of another kind', flowRun({ text: undefined }), { fault: 'odd-answer' }],
    ['that says nothing on purpose', flowRun({ text: 'NO_REPLY' }), { type: 'silence' }],
  ])('%s', async (_case, body, expected) => {
    const flow = await agent();
    server.reply(() => json(body));
    const result = await flow.answer(turn('When?'), patient);
    expect(result).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toMatch(/SECRET|send this/);
  });

  test.each([
    [
      'is joined',
      [
        { event: 'start', data: 'Ni' },
        { event: 'token', data: 'Ni' },
        { event: 'token', data: 'ne.' },
        { event: 'metadata', data: { chatId: 'c' } },
        { event: 'end', data: '[DONE]' },
      ],
      { texts: ['Nine.'] },
    ],
    [
      'fails under 200',
      [
        { event: 'token', data: 'Half' },
        { event: 'error', data: 'SECRET' },
      ],
      { fault: 'flow-failed' },
    ],
    [
      'waits for its operator',
      [
        { event: 'token', data: 'Half' },
        { event: 'action', data: { id: 'a' } },
        { event: 'end', data: '[DONE]' },
      ],
      { fault: 'waits-for-person' },
    ],
    ['stops', [{ event: 'token', data: 'Half' }], { fault: 'unreachable' }],
  ])('that streams: %s', async (_case, data, expected) => {
    const flow = await agent();
    const stream = data.map((each) => `message:\ndata:${JSON.stringify(each)}\n\n`).join('');
    server.reply(() => ({ ...events(), body: stream }));
    const result = await flow.answer(turn('When?'), patient);
    expect(result).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toMatch(/SECRET|Half/);
  });

  test('behind a page of somebody else’s is no answer', async () => {
    const flow = await agent();
    server.reply(() => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Log in' }));
    expect(await flow.answer(turn('When?'), patient)).toMatchObject({ fault: 'wrong-server' });
  });
});

test.each([
  [500, 'Error: predictionsServices.buildChatflow - Unauthorized', 'key-refused'],
  [500, 'Error: predictionsServices.buildChatflow - Request failed with status code 429', 'flow-failed'],
  [500, `Error: chatflowsService.getChatflowById - Chatflow ${FLOW_ID} not found in the database!`, 'wrong-address'],
  [404, `Chatflow ${FLOW_ID} not found`, 'wrong-address'],
  [403, 'This site is not allowed to access this chatbot', 'key-refused'],
  [429, 'Too many requests', 'rate-limited'],
])('HTTP %i “%s” is %s', async (status, message, fault) => {
  const flow = await agent();
  server.reply(() => flowiseError(status, message));
  expect(await flow.answer(turn('hi'), patient)).toMatchObject({ type: 'fault', fault });
});

test('a flow with a key takes it, and tells one that is wrong', async () => {
  expect(await (await agent(deps(), KEY)).answer(turn('hi'), patient)).toMatchObject({ type: 'answer' });
  await server.stop();
  expect(await (await agent(deps(), 'fw-wrong-000')).answer(turn('hi'), patient)).toMatchObject({
    fault: 'key-refused',
  });
});

test.each(['canvas', 'v2/agentcanvas', 'agentcanvas', 'chatbot', 'api/v1/prediction'])(
  'the address under /%s is the flow’s',
  async (place) => {
    const flow = await agent(deps(), null, ({ url }) => `${url}/${place}/${FLOW_ID}`);
    expect(await flow.answer(turn('hi'), patient)).toMatchObject({ type: 'answer' });
    expect(await flow.check(patient)).toMatchObject({ type: 'reached' });
  },
);

test('an address of no flow is refused before anything is asked, and one that is gone by the check', async () => {
  const flow = await agent(deps(), null, ({ url }) => `${url}/canvas/0b1c2d3e-0000-4000-8000-000000000000`);
  expect(await flow.check(patient)).toMatchObject({ fault: 'wrong-address' });
  const home = { adapter: 'flowise', settings: { url: server.url } } as const;
  expect(problemsWith(home, null)).toEqual([{ field: 'url', problem: 'address-of-no-flow' }]);
});
