/** What an agent's server may say and must not do: end the relay, hold it up, or pass something unseen to a contact. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAgent, problemsWith } from '../../relay/agents/agent.ts';
import { bounded } from '../../relay/agents/answer-text.ts';
import { joinUrl } from '../../relay/agents/setting-schemas.ts';
import type { Agent, AgentResult } from '../../relay/turn.ts';
import { type FakeReply, json } from '../support/fake-http.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { type FakeWebhook, startFakeWebhook } from '../support/fake-webhook.ts';
import { deps, OWNER_MARK, patient, turn } from './asking.ts';

let server: FakeWebhook;

beforeEach(async () => {
  server = await startFakeWebhook();
});
afterEach(() => server.stop());

function webhook(): Agent {
  return createAgent({ adapter: 'webhook', settings: { url: `${server.url}/webhook` } }, null, deps());
}

async function answerTo(reply: FakeReply): Promise<AgentResult> {
  server.reply(() => reply);
  return webhook().answer(turn('oi'), patient);
}

/** Names that every object has without being asked. */
const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

test.each(INHERITED)('a body packed as "%s" is packed in an unknown way', async (encoding) => {
  expect(await answerTo({ headers: { 'content-encoding': encoding }, body: gzipSync('x') })).toMatchObject({
    type: 'fault',
    fault: 'odd-answer',
    detail: expect.stringContaining('unknown way'),
  });
});

test.each(INHERITED)('an error called "%s" is an error that is not known', async (code) => {
  expect(await answerTo(json({ error: { code, type: code } }, 400))).toEqual({
    type: 'fault',
    fault: 'refused-by-agent',
    detail: 'HTTP 400',
    usage: null,
  });
});

test('lists in lists are nobody’s answer, however deep', async () => {
  const deep = 30_000;
  expect(await answerTo({ body: `${'['.repeat(deep)}"x"${']'.repeat(deep)}` })).toMatchObject({ fault: 'odd-answer' });
});

describe('token counts that can be none', () => {
  test.each([
    [1.5, 34, { inputTokens: 0, outputTokens: 34 }],
    [1e300, 1e300, null],
    [-5, -5, null],
    [12, -1, { inputTokens: 12, outputTokens: 0 }],
    [Number.MAX_SAFE_INTEGER, 0, { inputTokens: Number.MAX_SAFE_INTEGER, outputTokens: 0 }],
  ])('%d and %d', async (prompt, completion, usage) => {
    const openAi = await startFakeOpenAi();
    openAi.reply(() =>
      json({
        choices: [{ index: 0, message: { role: 'assistant', content: 'Nine.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: prompt, completion_tokens: completion },
      }),
    );
    const settings = { baseUrl: openAi.baseUrl, model: 'small' };
    const agent = createAgent({ adapter: 'openai-compatible', settings }, null, deps());
    expect(await agent.answer(turn('hi'), patient)).toEqual({ type: 'answer', texts: ['Nine.'], usage });
    await openAi.stop();
  });
});

describe('a text of a server', () => {
  const settings = { answerCharacters: 4_000, answerTexts: 5 };
  const clean = (text: string): AgentResult =>
    bounded({ type: 'answer', texts: [text], usage: null }, { settings, secret: null });

  test('what cannot be seen, or turns what can be, stays here', () => {
    const hidden = [
      '\u2066',
      '\u2067',
      '\u2068',
      '\u2069',
      '\u200E',
      '\u200F',
      '\u061C',
      '\u202E',
      '\u{E0041}',
      '\u{E007F}',
      '\0',
    ];
    expect(clean(`R$ ${hidden.join('')}100`)).toMatchObject({ texts: ['R$ 100'] });
    expect(clean(hidden.join(''))).toMatchObject({ type: 'silence' });
  });

  test('the owner’s mark stays here, also with something hidden in it, doubled, or after an odd line end', () => {
    for (const text of [
      `${OWNER_MARK} oi`,
      `\n\n  ${OWNER_MARK} ${OWNER_MARK} oi`,
      `${OWNER_MARK.replace('n', 'n\u200F')} oi`,
      `\u2028${OWNER_MARK} oi`,
      `\r${OWNER_MARK} oi`,
    ])
      expect(clean(text)).toMatchObject({ texts: ['oi'] });
  });

  test.each([
    ['line feeds', '\n'],
    ['spaces', ' '],
    ['line separators', '\u2028'],
    ['thoughts that begin', '<think>'],
    ['thoughts that end', '</think>'],
    ['marks', `${OWNER_MARK}\n`],
    ['half marks', '[owner '],
    ['carriage returns', '\r'],
    ['control characters', '\u0001'],
    ['tags', '\u{E0041}'],
  ])('four times as many %s take less than six times as long to read', (_what, piece) => {
    const text = piece.repeat(Math.ceil(262_144 / piece.length));
    const quickest = (given: string): number =>
      Math.min(
        ...Array.from({ length: 7 }, () => {
          const begun = performance.now();
          clean(given);
          return performance.now() - begun;
        }),
      );
    quickest(text);
    const quarter = quickest(text.slice(0, text.length / 4));
    // Below a tenth of a millisecond the clock says nothing.
    expect(quickest(text)).toBeLessThan(6 * Math.max(quarter, 0.1));
  });
});

test('an address that ends in a hundred thousand slashes is joined at once', () => {
  expect(joinUrl(`https://x.test${'/'.repeat(100_000)}`, '/v1')).toBe('https://x.test/v1');
});

test.each(['Host', 'content-length', 'Transfer-Encoding', 'Connection', 'Upgrade', 'TE', 'Content-Type'])(
  '%s is no header for a key',
  (headerName) => {
    const backEnd = { adapter: 'webhook', settings: { url: 'https://x.test', keyUse: 'header', headerName } } as const;
    expect(problemsWith(backEnd, 'a-key-of-mine')).toMatchObject([{ field: 'headerName' }]);
  },
);
