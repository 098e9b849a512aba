/** Lists of models as servers give them: OpenAI's shape, Ollama's and LM Studio's own, and odd ones. */
import { afterEach, expect, test } from 'vitest';
import { createAgent, withAnyModel } from '../../relay/agents/agent.ts';
import { type FakeHttp, type FakeReply, json, startFakeHttp } from '../support/fake-http.ts';
import { deps, patient } from './asking.ts';

let server: FakeHttp;
afterEach(() => server.stop());

/** `pages`: what stands at each path; everything else is not there. */
async function listed(pages: Readonly<Record<string, FakeReply>>, key: string | null = null) {
  server = await startFakeHttp(({ path }) => pages[path] ?? { status: 404, body: 'no' });
  const settings = { baseUrl: `${server.url}/v1` };
  const agent = createAgent(withAnyModel({ adapter: 'openai-compatible', settings }), key, deps());
  return agent.models?.(patient);
}

const model = (id: string, bytes: number | null = null, loaded: boolean | null = null) => ({ id, bytes, loaded });

test('OpenAI’s list is told in its order, each model once, and nothing that has no name', async () => {
  const data = [{ id: 'gpt-5' }, { id: 'gpt-5-mini' }, { id: 'gpt-5' }, { id: 7 }, {}, null, { id: 'x'.repeat(300) }];
  expect(await listed({ '/v1/models': json({ object: 'list', data }) }, 'sk-1')).toEqual({
    type: 'models',
    models: [model('gpt-5'), model('gpt-5-mini')],
  });
  expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer sk-1');
});

test('Ollama tells how large each model is, and which is loaded', async () => {
  const result = await listed({
    '/api/tags': json({
      models: [
        { name: 'llama3.2:latest', size: 2_019_393_189 },
        { name: 'qwen3:8b', size: 5e9 },
      ],
    }),
    '/api/ps': json({ models: [{ name: 'qwen3:8b' }] }),
    '/v1/models': json({ data: [{ id: 'never asked' }] }),
  });
  expect(result).toEqual({
    type: 'models',
    models: [model('llama3.2:latest', 2_019_393_189, false), model('qwen3:8b', 5e9, true)],
  });
});

test('LM Studio tells which is loaded', async () => {
  const models = [
    { key: 'qwen/qwen3-4b', size_bytes: 2.5e9, loaded_instances: [{ id: 'qwen/qwen3-4b' }] },
    { key: 'gemma-3', loaded_instances: [] },
  ];
  expect(await listed({ '/api/v1/models': json({ models }), '/v1/models': json({ data: [] }) })).toEqual({
    type: 'models',
    models: [model('qwen/qwen3-4b', 2.5e9, true), model('gemma-3', null, false)],
  });
});

test.each([
  ['a bare list', json(['a', { id: 'b' }]), ['a', 'b']],
  ['a list under another name', json({ models: [{ name: 'a' }] }), ['a']],
  ['no list at all', json({ object: 'list', data: null }), []],
])('%s is read as far as it goes', async (_, page, ids) => {
  expect(await listed({ '/v1/models': page })).toEqual({ type: 'models', models: ids.map((id) => model(id)) });
});

test.each([
  [401, 'key-refused'],
  [404, 'wrong-address'],
  [500, 'unreachable'],
])('a list that is refused with %i is a fault, not an empty list', async (status, fault) => {
  expect(await listed({ '/v1/models': { status, body: '{}' } })).toMatchObject({ type: 'fault', fault });
});

test('back ends without a model have none to choose', () => {
  const settings = { url: 'http://127.0.0.1:9/x' };
  expect(createAgent({ adapter: 'webhook', settings }, null, deps()).models).toBeUndefined();
  expect(withAnyModel({ adapter: 'webhook', settings }).settings).toEqual(settings);
});
