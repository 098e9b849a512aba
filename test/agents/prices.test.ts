/** What an answer costs: typed in, said by the service, or known to this release; never guessed. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { askedOf, createAgent } from '../../relay/agents/agent.ts';
import { currencyOf, moneyOf, priceOf, withCost } from '../../relay/agents/prices.ts';
import type { BackEnd } from '../../relay/store/agent-ledger.ts';
import { difyAnswer, startFakeDify } from '../support/fake-dify.ts';
import { json } from '../support/fake-http.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { deps, patient, turn } from './asking.ts';

const TYPED = { currency: 'BRL', input: 5, output: 20 } as const;

function model(baseUrl: string, name = 'gpt-4o-mini'): BackEnd {
  return { adapter: 'openai-compatible', settings: { baseUrl, model: name } };
}
const asked = (baseUrl: string, name?: string) => askedOf(model(baseUrl, name));

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('a price', () => {
  test.each([
    ['https://api.openai.com/v1', 'gpt-4o-mini', 0.15, 0.6],
    ['https://api.groq.com/openai/v1', 'llama-3.3-70b-versatile', 0.59, 0.79],
    ['https://openrouter.ai/api/v1', 'openai/gpt-4o-mini', 0.15, 0.6],
    ['https://api.mistral.ai/v1', 'mistral-small-latest', 0.1, 0.3],
  ])('is known by the address and the model, with its day: %s %s', async (baseUrl, name, input, output) => {
    const known = { currency: 'USD', input, output, source: 'known', asOf: '2026-09-23' };
    expect(await priceOf(asked(baseUrl, name), null)).toEqual(known);
  });

  test.each([
    ['anthropic', { model: 'claude-haiku-4-5' }, 1, 5],
    ['gemini', { model: 'gemini-2.5-flash' }, 0.3, 2.5],
    // Twice as much is asked for a question longer than a chat's ever is.
    ['gemini', { model: 'gemini-2.5-pro' }, 1.25, 10],
  ] as const)(
    'is known where the address is the service’s usual one: %s %o',
    async (adapter, settings, input, output) => {
      expect(await priceOf(askedOf({ adapter, settings }), null)).toMatchObject({ input, output, source: 'known' });
    },
  );

  test.each([
    ['https://chat.maritaca.ai/api', 'sabia-4'],
    ['https://api.openai.com/v1', 'gpt-of-nobody'],
    ['https://api.openai.com/v1', 'constructor'],
    ['https://api.openai.com.example.org/v1', 'gpt-4o-mini'],
    ['https://example.org/?https://api.openai.com', 'gpt-4o-mini'],
    ['http://192.168.1.5:11434/v1', 'gpt-4o-mini'],
    ['nonsense', 'gpt-4o-mini'],
  ])('is not known by the model’s name alone, nor guessed: %s %s', async (baseUrl, name) => {
    expect(await priceOf(asked(baseUrl, name), null)).toBeNull();
  });

  test('that was typed in holds over one that is known', async () => {
    expect(await priceOf(asked('https://api.openai.com/v1'), TYPED)).toEqual({ ...TYPED, source: 'typed', asOf: null });
  });

  test.each(['http://127.0.0.1:11434/v1', 'http://localhost:1234/v1', 'http://[::1]:1337/v1'])(
    'is nothing where the model runs on this computer: %s',
    async (baseUrl) => {
      expect(await priceOf(asked(baseUrl), null)).toMatchObject({ input: 0, output: 0, source: 'own-computer' });
    },
  );

  test('has the day of the list that is installed', () => {
    const { version } = JSON.parse(readFileSync('node_modules/@pydantic/genai-prices/package.json', 'utf8'));
    // Released on 2026-09-23: whoever takes another release tells its day in prices.ts.
    expect(version).toBe('0.1.8');
  });
});

describe('an answer', () => {
  const count = { inputTokens: 1_000, outputTokens: 100 };

  test('costs what its tokens cost', async () => {
    const usage = await withCost(count, asked('https://api.openai.com/v1'), null);
    expect(usage).toEqual({ ...count, cost: { currency: 'USD', micros: 210 } });
    const typed = await withCost(count, asked('https://api.openai.com/v1'), TYPED);
    expect(typed).toEqual({ ...count, cost: { currency: 'BRL', micros: 7_000 } });
    expect(await withCost(count, asked('https://example.org/v1'), null)).toEqual(count);
    expect(await withCost(count, asked('http://127.0.0.1:11434/v1'), null)).toEqual(count);
  });

  test('costs what OpenRouter says of it; no other server’s word is money', async () => {
    const said = { ...count, cost: { currency: 'USD', micros: 77 } } as const;
    expect(await withCost(said, asked('https://openrouter.ai/api/v1', 'some/model'), null)).toEqual(said);
    expect(await withCost(said, asked('https://example.org/v1'), null)).toEqual(count);
    expect(await withCost(said, asked('https://openrouter.ai.example.org/v1'), null)).toEqual(count);
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 1e30])('%s is no cost', (amount) => {
    expect(moneyOf('USD', amount)).toBeNull();
  });

  test('comes with its cost out of Dify, in the currency that stands beside it', async () => {
    const server = await startFakeDify({ key: 'app-1' });
    stops.push(() => server.stop());
    const backEnd: BackEnd = { adapter: 'dify', settings: { baseUrl: server.baseUrl } };
    const ask = async (usage: object) => {
      server.reply(() => difyAnswer('Oi.', usage));
      return createAgent(backEnd, 'app-1', deps()).answer(turn('Oi'), patient);
    };
    const said = await ask({ total_price: '0.0012890', currency: 'USD' });
    expect(said.usage?.cost).toEqual({ currency: 'USD', micros: 1_289 });
    for (const usage of [
      { total_price: '0.1', currency: 'RMB' },
      { total_price: '0.1', currency: 'constructor' },
      { total_price: '-1', currency: 'USD' },
      { total_price: 'many', currency: 'USD' },
      { total_price: null, currency: 'USD' },
    ])
      expect((await ask(usage)).usage, JSON.stringify(usage)).toEqual({ inputTokens: 12, outputTokens: 34 });
  });

  test('of a server that says a cost in whatever it likes has none', async () => {
    const server = await startFakeOpenAi();
    stops.push(() => server.stop());
    server.reply(() =>
      json({
        choices: [{ message: { content: 'Hi.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 10, completion_tokens: 2, cost: 5 },
      }),
    );
    const { usage } = await createAgent(model(server.baseUrl, 'small'), null, deps()).answer(turn('Hi'), patient);
    expect(usage).toEqual({ inputTokens: 10, outputTokens: 2 });
  });
});

describe('money is counted', () => {
  test('in the currency of the price, where tokens are told', async () => {
    expect(await currencyOf(asked('https://api.openai.com/v1'), null)).toBe('USD');
    expect(await currencyOf(asked('https://api.openai.com/v1'), TYPED)).toBe('BRL');
    expect(await currencyOf(asked('https://openrouter.ai/api/v1', 'some/unheard-of'), null)).toBe('USD');
    expect(await currencyOf(asked('http://127.0.0.1:11434/v1'), TYPED)).toBe('BRL');
  });

  test.each([
    asked('https://example.org/v1'),
    asked('http://127.0.0.1:11434/v1'),
    askedOf({ adapter: 'built-in', settings: {} }),
    askedOf({ adapter: 'dify', settings: {} }),
  ])('nowhere else: $adapter $address', async (where) => {
    expect(await currencyOf(where, null)).toBeNull();
  });

  test.each(['webhook', 'flowise'] as const)('nowhere with %s, which tells no tokens', async (adapter) => {
    expect(await currencyOf(askedOf({ adapter, settings: { url: 'https://example.org' } }), TYPED)).toBeNull();
  });
});
