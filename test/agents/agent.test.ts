/** What holds for every back end: settings are judged, answers are texts and bounded, keys stay inside. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAgent, describeAdapters, problemsWith } from '../../relay/agents/agent.ts';
import type { BackEnd } from '../../relay/store/agent-ledger.ts';
import { ADAPTERS } from '../../shared/contract/agent.ts';
import { SETTING_PROBLEMS } from '../../shared/contract/setting-problem.ts';
import { json } from '../support/fake-http.ts';
import { type FakeWebhook, startFakeWebhook } from '../support/fake-webhook.ts';
import { deps, patient, turn } from './asking.ts';

const KEY = 'key-planted-0123456789';

test('every back end describes its settings, and marks the key as a secret', () => {
  const described = describeAdapters();
  expect(described.map(({ name }) => name)).toEqual([...ADAPTERS]);
  for (const { fields } of described) {
    for (const field of fields) {
      expect(field.meaning, field.name).not.toBe('');
      expect(field.secret).toBe(field.name === 'key');
    }
  }
  expect(described[1]?.fields).toMatchObject([
    { name: 'baseUrl', kind: 'text', required: true },
    { name: 'model', kind: 'text', required: true },
    { name: 'instructions', kind: 'text', required: false, default: '' },
    { name: 'allowPrivateHttp', kind: 'yes-or-no', required: false, default: false },
    { name: 'key', kind: 'text', required: false, secret: true },
  ]);
  expect(described.find(({ name }) => name === 'webhook')?.fields.find(({ name }) => name === 'keyUse')).toMatchObject({
    kind: 'choice',
    choices: ['signature', 'header', 'basic'],
    default: 'signature',
  });
});

describe('settings are judged before they are stored', () => {
  test.each<[BackEnd['adapter'], object, string | null, object[]]>([
    ['built-in', {}, null, []],
    ['built-in', {}, KEY, [{ field: 'key', problem: 'unused-key' }]],
    ['built-in', { awayFrom: '25:00' }, null, [{ field: 'awayFrom', problem: 'time-of-day' }]],
    ['built-in', { rules: [{ words: [], answer: 'x' }] }, null, [{ field: 'rules.0.words', problem: 'no-word' }]],
    [
      'openai-compatible',
      {},
      null,
      [
        { field: 'baseUrl', problem: 'missing' },
        { field: 'model', problem: 'missing' },
      ],
    ],
    ['openai-compatible', { baseUrl: 'http://localhost:11434/v1', model: 'm' }, null, []],
    [
      'openai-compatible',
      { baseUrl: 'ftp://x', model: ' ', modle: 1 },
      null,
      [
        { field: 'baseUrl', problem: 'address-scheme' },
        { field: 'model', problem: 'empty' },
        { field: 'modle', problem: 'unknown' },
      ],
    ],
    [
      'openai-compatible',
      { baseUrl: 'http://192.168.0.9/v1', model: 'm' },
      null,
      [{ field: 'baseUrl', problem: 'address-private-http' }],
    ],
    ['openai-compatible', { baseUrl: 'http://192.168.0.9/v1', model: 'm', allowPrivateHttp: true }, null, []],
    [
      'openai-compatible',
      { baseUrl: 'https://x.test', model: 'm' },
      'two\nlines',
      [{ field: 'key', problem: 'key-characters' }],
    ],
    ['sippulse', { agentId: 'agt_1' }, KEY, []],
    ['sippulse', { agentId: 'agt_1' }, null, [{ field: 'key', problem: 'missing' }]],
    ['webhook', { url: 'https://x.test/hook' }, null, []],
    ['webhook', { url: 'https://x.test', keyUse: 'magic' }, null, [{ field: 'keyUse', problem: 'key-use' }]],
  ])('%s %j', (adapter, settings, secret, problems) => {
    const found = problemsWith({ adapter, settings: { ...settings } }, secret);
    expect(found).toEqual(problems);
    expect(found.map(({ problem }) => problem)).not.toContain('other');
  });

  test('an agent of bad settings says so, and asks nobody', async () => {
    const agent = createAgent({ adapter: 'webhook', settings: {} }, null, deps());
    const fault = { type: 'fault', fault: 'not-configured', detail: 'url: missing' };
    expect(await agent.answer(turn('hi'), patient)).toEqual({ ...fault, usage: null });
    expect(await agent.check(patient)).toEqual(fault);
  });
});

test('each problem of the closed list is found by some back end', () => {
  const folder = new URL('../../relay/agents/', import.meta.url);
  const sources = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  for (const code of SETTING_PROBLEMS) expect(sources, code).toContain(`'${code}'`);
});

describe('a hostile agent', () => {
  let server: FakeWebhook;
  beforeEach(async () => {
    server = await startFakeWebhook();
  });
  afterEach(() => server.stop());

  function answer(secret: string | null = null, settings = {}) {
    const backEnd: BackEnd = { adapter: 'webhook', settings: { url: server.url } };
    return createAgent(backEnd, secret, deps(settings)).answer(turn('hi'), patient);
  }

  test('cannot name a recipient: of all it says, one text remains (S7)', async () => {
    server.reply(() =>
      json({
        output: 'Hello',
        to: '5511999990000',
        remoteJid: '5511999990000@s.whatsapp.net',
        tools: [{ name: 'send' }],
        chatId: 'x',
      }),
    );
    expect(await answer()).toEqual({ type: 'answer', texts: ['Hello'], usage: null });
    server.reply(() => json(Array.from({ length: 100 }, () => ({ output: 'Spam', to: '5511999990000' }))));
    expect(await answer()).toMatchObject({
      type: 'answer',
      texts: Array.from({ length: 5 }, () => 'Spam'),
      shortened: { fault: 'too-long' },
    });
  });

  test('cannot say more than the settings allow, nor split a character', async () => {
    server.reply(() => '😀'.repeat(3_000));
    const result = await answer(null, { answerCharacters: 100 });
    const texts = result.type === 'answer' ? result.texts : [];
    expect(texts).toHaveLength(5);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(100);
      expect(text).toMatch(/^(😀)+$/u);
    }
    expect(result).toMatchObject({ shortened: { fault: 'too-long', detail: '5500 characters' } });
  });

  test('cannot send control characters, turned-round text or the owner’s mark', async () => {
    server.reply(() => '[owner c0ffee] a\u0000b\u001b[31m\u202Ec\r\nd\te\ud800');
    expect(await answer()).toMatchObject({ texts: ['ab[31mc\nd\te\ufffd'] });
    server.reply(() => '\u0007\u200f \n');
    expect(await answer()).toEqual({ type: 'silence', usage: null });
  });

  test('cannot make the relay say its own key', async () => {
    server.reply(() => `your key is ${KEY}`);
    const result = await answer(KEY);
    expect(result).toMatchObject({ type: 'fault', fault: 'odd-answer', detail: 'the answer repeated the key' });
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  test('does not get the key into a fault or a log, however it refuses', async () => {
    for (const status of [200, 302, 400, 401, 402, 403, 404, 429, 500, 503]) {
      server.reply(() => ({
        status,
        headers: {
          'content-type': 'application/json',
          location: `https://x.test/${KEY}`,
          'x-key': KEY,
          'retry-after': KEY,
        },
        body: JSON.stringify({ error: { message: KEY, code: KEY, type: KEY, statusCode: KEY } }),
      }));
      const given = deps();
      const agent = createAgent({ adapter: 'webhook', settings: { url: server.url, keyUse: 'header' } }, KEY, given);
      const result = await agent.answer(turn('planted text'), patient);
      expect(result).toMatchObject({ type: 'fault' });
      expect(JSON.stringify(result) + given.logged()).not.toMatch(new RegExp(`${KEY}|planted text`));
    }
  });
});
