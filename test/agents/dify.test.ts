/** `dify` against a server that keeps conversations, streams, and fails, as Dify's documents and reports say. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import type { Agent } from '../../relay/turn.ts';
import { difyAnswer, difyError, type FakeDify, startFakeDify } from '../support/fake-dify.ts';
import { json } from '../support/fake-http.ts';
import { CHAT_KEY, deps, line, OWNER_MARK, patient, turn } from './asking.ts';

const KEY = 'app-planted-0123456789';
let server: FakeDify;
beforeEach(async () => {
  server = await startFakeDify({ key: KEY });
});
afterEach(() => server.stop());

function agent(given = deps(), settings: object = {}, key: string | null = KEY): Agent {
  return createAgent({ adapter: 'dify', settings: { baseUrl: server.baseUrl, ...settings } }, key, given);
}

test('the first question begins a conversation, the next one goes on in it', async () => {
  const given = deps();
  expect(await agent(given).answer(turn('Hi'), patient)).toEqual({
    type: 'answer',
    texts: ['Hello from Dify.'],
    usage: { inputTokens: 12, outputTokens: 34 },
  });
  await agent(given).answer(turn('Still there?', [line('contact', 'Hi'), line('agent', 'Hello')]), patient);
  expect(server.asked).toMatchObject([
    { query: 'Hi', conversation_id: '', user: CHAT_KEY },
    { query: 'Still there?', conversation_id: 'conv-1', user: CHAT_KEY },
  ]);
});

test('the owner’s words stand marked in the question, with what the mark means (S21)', async () => {
  await agent().answer(turn([line('owner', 'Closed on Friday'), line('contact', 'Saturday, then?')]), patient);
  const query = server.asked[0]?.query ?? '';
  expect(query.endsWith(`${OWNER_MARK} Closed on Friday\nSaturday, then?`)).toBe(true);
  expect(query).toContain('written by hand by the owner');
});

test('a new conversation of an old chat is told what was said', async () => {
  await agent().answer(turn('Hello?', [line('contact', 'Hi'), line('agent', 'Hello')]), patient);
  expect(server.asked[0]?.query).toBe('Earlier in this conversation:\n[contact] Hi\n[you] Hello\n\nNow:\nHello?');
});

test('a conversation that the app does not know any more is begun anew, with what was said', async () => {
  const given = deps();
  await agent(given).answer(turn('Hi'), patient);
  server.forget();
  const again = turn('Hi again', [line('contact', 'Hi'), line('agent', 'Hello')]);
  expect(await agent(given).answer(again, patient)).toMatchObject({ type: 'answer' });
  expect(server.asked.at(-1)).toMatchObject({ conversation_id: '', query: expect.stringContaining('[you] Hello') });
  await agent(given).answer(turn('And now?'), patient);
  expect(server.asked.at(-1)).toMatchObject({ conversation_id: 'conv-1', query: 'And now?' });
});

test('a conversation that a failure broke is left: its next question begins another one', async () => {
  const given = deps();
  await agent(given).answer(turn('Hi'), patient);
  server.reply(({ conversation_id: id }) =>
    id === '' ? 'Nine.' : [{ event: 'error', status: 400, code: 'invalid_param', message: 'Extra data: line 1' }],
  );
  expect(await agent(given).answer(turn('When?'), patient)).toMatchObject({ texts: ['Nine.'] });
});

test('a conversation of another server is not asked for', async () => {
  const given = deps();
  await agent(given).answer(turn('Hi'), patient);
  const other = await startFakeDify({ key: KEY });
  await agent(given, { baseUrl: other.baseUrl }).answer(turn('Hi'), patient);
  expect(other.asked[0]?.conversation_id).toBe('');
  await other.stop();
});

const END = { event: 'message_end', metadata: {} };
describe('a stream', () => {
  test.each([
    [
      'of an agent, with thoughts and tools between',
      [
        { event: 'agent_thought', thought: 'SECRET' },
        { event: 'agent_message', answer: 'Ni' },
        { event: 'agent_message', answer: 'ne.' },
        END,
      ],
      { texts: ['Nine.'] },
    ],
    [
      'of a flow, with its steps',
      [
        { event: 'workflow_started', data: {} },
        { event: 'node_finished', data: { status: 'succeeded', outputs: { text: 'SECRET' } } },
        ...difyAnswer('Nine.'),
        { event: 'workflow_finished', data: { status: 'succeeded', outputs: { answer: 'Nine.' } } },
      ],
      { texts: ['Nine.'] },
    ],
    [
      'whose words the moderation replaced',
      [
        { event: 'message', answer: 'Something rude' },
        { event: 'message_replace', answer: 'I cannot say that.', reason: 'output_moderation' },
        END,
      ],
      { texts: ['I cannot say that.'] },
    ],
    ['with thoughts in tags', [{ event: 'message', answer: '<think>SECRET</think>Nine.' }, END], { texts: ['Nine.'] }],
    [
      'with sound and files',
      [
        { event: 'message', answer: 'Nine.' },
        { event: 'message_file', url: 'https://files.example' },
        END,
        { event: 'tts_message', audio: 'AAAA' },
        { event: 'tts_message_end', audio: '' },
      ],
      { texts: ['Nine.'] },
    ],
    [
      'that failed half-way',
      [
        { event: 'message', answer: 'Half' },
        { event: 'error', status: 500, code: 'internal_server_error', message: 'SECRET' },
      ],
      { fault: 'flow-failed' },
    ],
    [
      'whose model has no credit',
      [{ event: 'error', status: 400, code: 'provider_quota_exceeded', message: 'SECRET' }],
      { fault: 'no-credits' },
    ],
    [
      'whose flow failed',
      [
        { event: 'message', answer: 'Half' },
        END,
        { event: 'workflow_finished', data: { status: 'failed', error: 'SECRET' } },
      ],
      { fault: 'flow-failed' },
    ],
    [
      'that waits for a person',
      [
        { event: 'message', answer: 'May I send this?' },
        { event: 'human_input_required', data: { form_token: 'SECRET' } },
        { event: 'workflow_paused' },
      ],
      { fault: 'waits-for-person' },
    ],
    ['that stopped', [{ event: 'message', answer: 'Half' }], { fault: 'unreachable' }],
    ['without a word', [END], { fault: 'no-answer' }],
    ['with the word for silence', [{ event: 'message', answer: 'NO_REPLY' }, END], { type: 'silence' }],
  ])('%s', async (_case, events, expected) => {
    server.reply(() => events);
    const result = await agent().answer(turn('When?'), patient);
    expect(result).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toMatch(/SECRET|Half|send this/);
  });
});

test('an answer that comes at once is read, too', async () => {
  server.reply(() =>
    json({ event: 'message', mode: 'chat', answer: 'Nine.', conversation_id: 'conv-1', metadata: {} }),
  );
  expect(await agent().answer(turn('When?'), patient)).toMatchObject({ texts: ['Nine.'] });
});

test.each([
  [400, 'app_unavailable', 'App unavailable', 'not-configured'],
  [400, 'provider_not_initialize', 'No valid model provider credentials found.', 'not-configured'],
  [400, 'provider_quota_exceeded', 'Your quota has been exhausted.', 'no-credits'],
  [400, 'model_currently_not_support', 'Model not support', 'model-missing'],
  [400, 'completion_request_error', 'Completion request failed', 'flow-failed'],
  [400, 'not_chat_app', 'Please check if your app mode matches the right API route.', 'wrong-server'],
  [400, 'invalid_param', 'name is required in input form', 'asks-for-fields'],
  [401, 'unauthorized', 'Access token is invalid', 'key-refused'],
  [403, 'forbidden', 'The app is not enabled', 'key-refused'],
  [429, 'too_many_requests', 'Too many requests', 'rate-limited'],
  [500, 'internal_server_error', 'Internal Server Error', 'flow-failed'],
  [502, '', '<html>', 'unreachable'],
])('HTTP %i %s is %s: %s', async (status, code, message, fault) => {
  server.reply(() => difyError(status, code, message));
  const result = await agent().answer(turn('hi'), patient);
  expect(result).toMatchObject({ type: 'fault', fault });
});

test('an app that wants its form filled in is not asked, and the fields are named', async () => {
  server.form = [
    { 'text-input': { label: 'Name', variable: 'customer_name', required: true, default: '' } },
    { select: { label: 'Language', variable: 'language', required: true, default: 'pt' } },
    { paragraph: { label: 'Notes', variable: 'notes', required: false } },
  ];
  const fault = { type: 'fault', fault: 'asks-for-fields', detail: 'customer_name' };
  expect(await agent().check(patient)).toEqual(fault);
  expect(await agent().answer(turn('hi'), patient)).toMatchObject(fault);
});

test('a run that nobody waits for goes on at Dify, so it is not begun again by itself', () => {
  expect(agent().repeatable).toBe(false);
});

test('an aborted answer rejects with the reason, and is off the wire (S25)', async () => {
  server.reply(() => 'hang');
  const abort = new AbortController();
  const reason = new Error('switched off');
  const asked = agent().answer(turn('hi'), abort.signal);
  await vi.waitFor(() => expect(server.asked).toHaveLength(1));
  abort.abort(reason);
  await expect(asked).rejects.toBe(reason);
  await vi.waitFor(() => expect(server.hungUp()).toBe(1));
});

test('the check looks at the key and runs nothing', async () => {
  expect(await agent().check(patient)).toEqual({ type: 'ok', detail: 'reached; the key is taken' });
  expect(await agent(deps(), {}, 'app-wrong-00000').check(patient)).toMatchObject({ fault: 'key-refused' });
  expect(server.asked).toHaveLength(0);
});

test('the whole address of a manual may be pasted', async () => {
  const pasted = agent(deps(), { baseUrl: `${server.baseUrl}/chat-messages` });
  expect(await pasted.answer(turn('hi'), patient)).toMatchObject({ type: 'answer' });
});
