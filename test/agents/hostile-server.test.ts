/** What an agent's server may say and must not do: end the relay, hold it up, or pass something unseen to a contact. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAgent, problemsWith } from '../../relay/agents/agent.ts';
import { bounded, resultOf } from '../../relay/agents/answer-text.ts';
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

  /** What the grammar of a text knows: marks of the relay's own, of models, of Markdown's blocks and of its lines. */
  const OWN = [
    '\n',
    ' ',
    '\u2028',
    '<think>',
    '</think>',
    `${OWNER_MARK}\n`,
    '[owner ',
    '\r',
    '\u0001',
    '\u{E0041}',
    '<|im_end|>',
  ];
  const BLOCKS = [
    '+ ',
    '- ',
    '* ',
    '1. ',
    '1) ',
    '> ',
    '>',
    '# ',
    '#\n',
    'a\n=\n',
    'a\n-\n',
    '-\n',
    '=\n',
    '```\n',
    '~~~\n',
    '    a\n',
  ];
  const MORE_BLOCKS = [
    'a\n\n',
    '---\n',
    '***\n',
    '|a|b|\n|-|-|\n',
    '|a\n',
    '[a]: b\n',
    '<!--',
    '<b>\n',
    '- [ ] ',
    'a  \n',
    'a\\\n',
  ];
  const INLINES = [
    '*',
    '**',
    '***',
    '_',
    '__',
    '~~',
    '*a ',
    '**a** ',
    '_a',
    '`',
    '``a` ',
    '[a]',
    '[a](b) ',
    '![a](',
    '[[',
    ']](',
    '<a',
  ];
  const MORE_INLINES = [
    '<http://a>',
    '&',
    '&amp;',
    '\\*',
    '(',
    '|',
    'a_b_c ',
    '~~a',
    'a',
    'á',
    '😀',
    '000201',
    '{"',
    '"}',
    ': ',
  ];
  const pieces = [...OWN, ...BLOCKS, ...MORE_BLOCKS, ...INLINES, ...MORE_INLINES];
  const LONGEST = 262_144;
  /** Ten times what the slowest takes: a machine may be busy. What grew with the square took half a minute. */
  const MOST_MS = 1_000;

  const processorMs = (work: () => void): number => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  const repeated = (piece: string): string => piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST);

  test('the longest text is read soon, whichever of the grammar’s marks it repeats', () => {
    for (const piece of pieces)
      expect(
        processorMs(() => clean(repeated(piece))),
        JSON.stringify(piece),
      ).toBeLessThan(MOST_MS);
  });

  test('and whichever of them it mixes or nests', { timeout: 120_000 }, () => {
    const some = fc.array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 4 });
    const depth = fc.constantFrom(1, 2, 50, 1_000);
    fc.assert(
      fc.property(some, depth, ([first = '', ...rest], times) => {
        const text = repeated(first.repeat(times) + rest.join(''));
        expect(processorMs(() => clean(text))).toBeLessThan(MOST_MS);
      }),
      { numRuns: 150 },
    );
  });

  test('of more texts than may leave the rest is counted, and not read', () => {
    const texts = Array.from({ length: 131_000 }, (_, at) => String(at));
    const result = resultOf(texts, null);
    expect(processorMs(() => bounded(resultOf(texts, null), { settings, secret: null }))).toBeLessThan(MOST_MS);
    expect(bounded(result, { settings, secret: null })).toMatchObject({
      texts: ['0', '1', '2', '3', '4'],
      shortened: { fault: 'too-long' },
    });
  });

  test('an answer of its usual length keeps its marks to its end, and a longer one to where it is cut', () => {
    const line = '- **Bolo de cenoura** com cobertura, R$ 45, na [loja](https://loja.test/bolo)\n';
    const long = line.repeat(400);
    const sent = clean(long);
    expect(JSON.stringify(sent)).not.toContain('**');
    expect(sent).toMatchObject({ type: 'answer', shortened: { fault: 'too-long' } });
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
