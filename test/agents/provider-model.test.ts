/** `anthropic` and `gemini` against servers that answer, and refuse, as their documents and this year's reports say. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import type { Agent } from '../../relay/turn.ts';
import { anthropicError, anthropicMessage, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { type FakeGemini, geminiAnswer, googleError, startFakeGemini } from '../support/fake-gemini.ts';
import { json, startFakeHttp } from '../support/fake-http.ts';
import { deps, line, OWNER_MARK, patient, type TestDeps, turn } from './asking.ts';

const KEY = 'sk-planted-0123456789';
let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function claude(
  settings: object = {},
  key = KEY,
  given: TestDeps = deps(),
): Promise<{ server: FakeAnthropic; agent: Agent }> {
  const server = await startFakeAnthropic({ key: KEY });
  stop = server.stop;
  const backEnd = {
    adapter: 'anthropic',
    settings: { baseUrl: server.baseUrl, model: 'claude-haiku-4-5', ...settings },
  } as const;
  return { server, agent: createAgent(backEnd, key, given) };
}

async function gemini(settings: object = {}, key = KEY): Promise<{ server: FakeGemini; agent: Agent }> {
  const server = await startFakeGemini({ key: KEY });
  stop = server.stop;
  const backEnd = {
    adapter: 'gemini',
    settings: { baseUrl: server.baseUrl, model: 'gemini-2.5-flash', ...settings },
  } as const;
  return { server, agent: createAgent(backEnd, key, deps()) };
}

const TALK = turn(
  [line('contact', 'And tomorrow?')],
  [line('contact', 'Open today?'), line('agent', 'Until six.'), line('owner', 'Closed on Sunday')],
);

test('Claude is told instructions, talk and marks, and answers with its words and what it spent', async () => {
  const { server, agent } = await claude({ instructions: 'You answer for a bakery.' });
  expect(await agent.answer(TALK, patient)).toEqual({
    type: 'answer',
    texts: ['Hello from Claude.'],
    usage: { inputTokens: 12, outputTokens: 34 },
  });
  const [asked] = server.asked;
  expect(asked?.system?.[0]?.text).toContain('You answer for a bakery.');
  expect(asked?.messages.map(({ role, content }) => [role, content.map(({ text }) => text).join('')])).toEqual([
    ['user', 'Open today?'],
    ['assistant', `Until six.\n${OWNER_MARK} Closed on Sunday`],
    ['user', 'And tomorrow?'],
  ]);
});

test('Gemini is told the same in its own form', async () => {
  const { server, agent } = await gemini({ instructions: 'You answer for a bakery.' });
  expect(await agent.answer(TALK, patient)).toEqual({
    type: 'answer',
    texts: ['Hello from Gemini.'],
    usage: { inputTokens: 12, outputTokens: 34 },
  });
  const [asked] = server.asked;
  expect(asked?.systemInstruction?.parts[0]?.text).toContain('You answer for a bakery.');
  expect(asked?.contents.map(({ role, parts }) => [role, parts.map(({ text }) => text).join('')])).toEqual([
    ['user', 'Open today?'],
    ['model', `Until six.\n${OWNER_MARK} Closed on Sunday`],
    ['user', 'And tomorrow?'],
  ]);
});

describe('what Claude says that is no plain answer', () => {
  test.each([
    [
      'thoughts stay here',
      {
        content: [
          { type: 'thinking', thinking: 'SECRET', signature: 'x' },
          { type: 'text', text: 'Nine.' },
        ],
      },
      { texts: ['Nine.'] },
    ],
    [
      'two texts are one answer',
      {
        content: [
          { type: 'text', text: 'Ni' },
          { type: 'text', text: 'ne.' },
        ],
      },
      { texts: ['Nine.'] },
    ],
    [
      'cut by its length',
      { content: [{ type: 'text', text: 'At nine. And on' }], stop_reason: 'max_tokens' },
      { texts: ['At nine.'], shortened: { fault: 'cut-off' } },
    ],
    ['refused', { content: [], stop_reason: 'refusal' }, { fault: 'refused-by-agent' }],
    ['paused', { content: [], stop_reason: 'pause_turn' }, { fault: 'unreachable' }],
    ['an end without a word', { content: [] }, { fault: 'odd-answer' }],
    [
      'a gateway leaves out the usage',
      { content: [{ type: 'text', text: 'Nine.' }], usage: undefined },
      { texts: ['Nine.'], usage: null },
    ],
    [
      'an error under 200',
      { type: 'error', error: { type: 'overloaded_error', message: 'x' }, content: undefined },
      { type: 'fault' },
    ],
    ['the word for silence', { content: [{ type: 'text', text: 'NO_REPLY' }] }, { type: 'silence' }],
  ])('%s', async (_case, parts, expected) => {
    const { server, agent } = await claude();
    server.reply(() => json(anthropicMessage('', parts)));
    const result = await agent.answer(turn('When?'), patient);
    expect(result).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toContain('SECRET');
  });
});

describe('what Gemini says that is no plain answer', () => {
  test.each([
    [
      'thoughts stay here',
      geminiAnswer('', { content: { parts: [{ text: 'SECRET', thought: true }, { text: 'Nine.' }], role: 'model' } }),
      { texts: ['Nine.'] },
    ],
    ['cut by its length', geminiAnswer('At nine. And on', { finishReason: 'MAX_TOKENS' }), { texts: ['At nine.'] }],
    ['all spent on thoughts', { candidates: [{ finishReason: 'MAX_TOKENS', index: 0 }] }, { fault: 'stopped-early' }],
    [
      'stopped by a filter, without content',
      { candidates: [{ finishReason: 'SAFETY', index: 0 }] },
      { fault: 'refused-by-agent' },
    ],
    [
      'a question that a filter stopped',
      { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } },
      { fault: 'refused-by-agent' },
    ],
    [
      'a call of a tool that it was not given',
      { candidates: [{ finishReason: 'UNEXPECTED_TOOL_CALL', index: 0 }] },
      { fault: 'unreachable' },
    ],
    [
      'an end without a word',
      { candidates: [{ content: { role: 'model' }, finishReason: 'STOP' }] },
      { fault: 'odd-answer' },
    ],
    ['no candidate', { usageMetadata: {} }, { fault: 'odd-answer' }],
    [
      'an error under 200',
      { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'x' } },
      { fault: 'rate-limited' },
    ],
  ])('%s', async (_case, body, expected) => {
    const { server, agent } = await gemini();
    server.reply(() => json(body));
    const result = await agent.answer(turn('When?'), patient);
    expect(result).toMatchObject(expected);
    expect(JSON.stringify(result)).not.toContain('SECRET');
  });

  test('parts that never end are left', async () => {
    const { server, agent } = await gemini();
    server.reply(() => json(geminiAnswer('more', { finishReason: 'CONTINUATION', continuationToken: 'again' })));
    expect(await agent.answer(turn('When?'), patient)).toMatchObject({ fault: 'odd-answer' });
    expect(server.asked.length).toBeLessThan(30);
  });
});

test.each([
  [401, 'authentication_error', `invalid x-api-key ${KEY}`, 'key-refused'],
  [400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.', 'no-credits'],
  [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum', 'context-too-long'],
  [404, 'not_found_error', 'model: claude-0', 'model-missing'],
  [413, 'request_too_large', 'Request exceeds the maximum size', 'context-too-long'],
  [429, 'rate_limit_error', 'This request would exceed your rate limit', 'rate-limited'],
  [500, 'api_error', 'Internal server error', 'unreachable'],
  [529, 'overloaded_error', 'Overloaded', 'unreachable'],
])('Anthropic’s %i %s, “%s”, is told as it is meant, and never quoted', async (status, type, message, fault) => {
  const given = deps();
  const { server, agent } = await claude({}, KEY, given);
  server.reply(() => anthropicError(status, type, message));
  const result = await agent.answer(turn('hi'), patient);
  expect(result).toMatchObject({ type: 'fault', fault });
  expect(JSON.stringify(result) + given.logged()).not.toContain(KEY);
});

test.each([
  [400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', 'key-refused'],
  [403, 'PERMISSION_DENIED', 'Your API key was reported as leaked.', 'key-refused'],
  [
    400,
    'INVALID_ARGUMENT',
    'The input token count (1200000) exceeds the maximum number of tokens allowed.',
    'context-too-long',
  ],
  [404, 'NOT_FOUND', 'models/gemini-0 is not found for API version v1beta', 'model-missing'],
  [429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted', 'rate-limited'],
  [503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.', 'unreachable'],
])('Google’s %i %s, “%s”, is told as it is meant', async (status, code, message, fault) => {
  const { server, agent } = await gemini();
  server.reply(() => googleError(status, code, message));
  expect(await agent.answer(turn('hi'), patient)).toMatchObject({ type: 'fault', fault });
});

test('Google’s wait stands in its details', async () => {
  const { server, agent } = await gemini();
  const wait = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '19s' };
  server.reply(() => googleError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', wait));
  expect(await agent.answer(turn('hi'), patient)).toMatchObject({ fault: 'rate-limited', retryAfterMs: 19_000 });
});

test('what is too long for Claude is asked again with half of what came before', async () => {
  const { server, agent } = await claude();
  const tooLong = anthropicError(400, 'invalid_request_error', 'prompt is too long: 9 tokens > 8 maximum');
  server.reply(({ messages }) => (messages.length > 3 ? tooLong : 'Nine.'));
  const context = ['1', '2', '3', '4'].flatMap((text) => [line('contact', text), line('agent', `${text}!`)]);
  expect(await agent.answer(turn('When?', context), patient)).toMatchObject({ texts: ['Nine.'] });
});

test('both list the models that talk, and the check says whether the chosen one is among them', async () => {
  const anthropic = await claude({ model: '-' });
  expect(await anthropic.agent.models?.(patient)).toMatchObject({
    models: [{ id: 'claude-sonnet-4-5' }, { id: 'claude-haiku-4-5' }],
  });
  expect(await anthropic.agent.check(patient)).toEqual({ type: 'ok', detail: 'reached; the model is not in its list' });
  await anthropic.server.stop();
  const google = await gemini();
  expect(await google.agent.models?.(patient)).toMatchObject({
    models: [{ id: 'gemini-2.5-pro' }, { id: 'gemini-2.5-flash' }],
  });
  expect(await google.agent.check(patient)).toEqual({ type: 'ok', detail: 'reached; it has the model' });
});

test('a wrong key is told by the check of both', async () => {
  const anthropic = await claude({}, 'sk-wrong-000000');
  expect(await anthropic.agent.check(patient)).toMatchObject({ fault: 'key-refused' });
  await anthropic.server.stop();
  const google = await gemini({}, 'sk-wrong-000000');
  expect(await google.agent.check(patient)).toMatchObject({ fault: 'key-refused' });
});

test('the whole address of a manual may be pasted', async () => {
  const { server, agent } = await claude();
  const pasted = createAgent(
    { adapter: 'anthropic', settings: { baseUrl: `${server.baseUrl}/messages`, model: 'claude-haiku-4-5' } },
    KEY,
    deps(),
  );
  expect(await pasted.answer(turn('hi'), patient)).toMatchObject({ type: 'answer' });
  expect(await agent.answer(turn('hi'), patient)).toMatchObject({ type: 'answer' });
});

test('what a gateway wants behind every path stays there', async () => {
  const { server } = await claude();
  const gateway = await startFakeHttp(({ path }) => {
    const [, , query] = /^(.*)\?(.*)$/.exec(path) ?? [];
    const isList = path.startsWith('/gw/models?') && query === 'tenant=7&limit=1000';
    if (isList) return json({ data: [{ id: 'claude-haiku-4-5' }] });
    return path === '/gw/messages?tenant=7' ? json(anthropicMessage('Nine.')) : json({}, 404);
  });
  const settings = { baseUrl: `${gateway.url}/gw/?tenant=7`, model: 'claude-haiku-4-5' };
  const agent = createAgent({ adapter: 'anthropic', settings }, KEY, deps());
  expect(await agent.answer(turn('When?'), patient)).toMatchObject({ texts: ['Nine.'] });
  expect(await agent.check(patient)).toEqual({ type: 'ok', detail: 'reached; it has the model' });
  await gateway.stop();
  await server.stop();
});

test('an aborted answer rejects with the reason, and is off the wire (S25)', async () => {
  for (const start of [claude, gemini]) {
    const { server, agent } = await start();
    server.reply(() => 'hang');
    const abort = new AbortController();
    const reason = new Error('switched off');
    const asked = agent.answer(turn('hi'), abort.signal);
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    abort.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await vi.waitFor(() => expect(server.hungUp()).toBe(1));
    await server.stop();
  }
});

test('one that takes too long is told so, and off the wire', async () => {
  const { server, agent } = await claude({}, KEY, deps({ agentSeconds: 0.2 }));
  server.reply(() => 'hang');
  expect(await agent.answer(turn('hi'), patient)).toMatchObject({ fault: 'too-slow', mayGoOn: true });
  await vi.waitFor(() => expect(server.hungUp()).toBe(1));
});
