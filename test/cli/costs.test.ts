/** `costs`: what is told of an agent's spending, and how its price and limits are set. */
import { expect, test } from 'vitest';
import { CommandError } from '../../relay/api/command-error.ts';
import { NO_CAPS } from '../../shared/contract/cost.ts';
import { FakeRelayApi } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { run } from './command-bench.ts';

async function bench() {
  const relay = new FakeRelayApi('Sales');
  const { home } = await openLocalServer(relay);
  return { relay, recado: (...argv: readonly string[]) => run(['costs', ...argv], { home }) };
}

/** Spaces that do not break are for the eye. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('it tells what was spent, what the price is, and which limits hold', async () => {
  const { relay, recado } = await bench();
  relay.costing = {
    ...relay.costing,
    price: { currency: 'USD', input: 0.15, output: 0.6, source: 'known', asOf: '2026-09-23' },
    caps: { ...NO_CAPS, dayMicros: 2_000_000, chatTokens: 7_000 },
    today: { answers: 3, inputTokens: 3_000, outputTokens: 240, money: [{ currency: 'USD', micros: 594 }] },
  };
  const { code, out } = await recado('--language', 'en');
  expect(code).toBe(0);
  expect(plain(out).split('\n').slice(0, 7)).toEqual([
    'Sales',
    '  Today: answers 3, tokens 3,240, cost $0.00059',
    '  This month: answers 0, tokens 0, cost –',
    '  Price: $0.15 for a million tokens that it reads, $0.60 for a million that it writes (known, as of 2026-09-23)',
    '  Most a day: answers 200, tokens 100,000, cost $2.00',
    '  Most a month: cost –',
    '  Most for one chat a day: tokens 7,000, cost –',
  ]);
  expect((await recado('--json')).terminal.objects).toMatchObject([
    { today: { answers: 3 }, caps: { dayMicros: 2_000_000 } },
  ]);
  expect(relay.acts).toEqual([]);
});

test('it says where the price is not known, where tokens are not told, and where a limit does not hold', async () => {
  const { relay, recado } = await bench();
  expect((await recado('--language', 'en')).out).toContain('Price: not known.');
  relay.costing = { ...relay.costing, capsHold: false };
  expect((await recado('--language', 'en')).out).toContain('do not hold now');
  relay.costing = { ...relay.costing, countsTokens: false };
  const { out } = await recado('--language', 'en');
  expect(out).toContain('does not tell how many tokens');
  expect(out).not.toContain('Most a day');
});

test('of an agent that takes no tokens at all it says that it runs on this computer', async () => {
  const { relay, recado } = await bench();
  const price = { currency: 'USD', input: 0, output: 0, source: 'own-computer', asOf: null } as const;
  relay.costing = { ...relay.costing, countsTokens: false, price };
  const { out } = await recado('--language', 'en');
  expect(out).toContain('it runs on this computer');
  expect(out).not.toContain('does not tell');
});

test('a price and limits are set, kept where nothing is said of them, and taken back', async () => {
  const { relay, recado } = await bench();
  await recado('Sales', '--price-in', '5', '--price-out', '20,50', '--currency', 'BRL');
  await recado('--day-money', '2.5', '--chat-tokens', '9000');
  await recado('--month-money', '40');
  await recado('--clear-limits');
  await recado('--clear-price');
  const brl = { ...NO_CAPS, currency: 'BRL' };
  expect(relay.acts.map(([, , change]) => change)).toEqual([
    { price: { currency: 'BRL', input: 5, output: 20.5 } },
    { caps: { ...brl, dayMicros: 2_500_000, chatTokens: 9_000 } },
    { caps: { ...brl, dayMicros: 2_500_000, chatTokens: 9_000, monthMicros: 40_000_000 } },
    { caps: brl },
    { price: null },
  ]);
});

test('limits in another currency do not stay as if they were in this one', async () => {
  const { relay, recado } = await bench();
  relay.costing = { ...relay.costing, caps: { ...NO_CAPS, dayMicros: 1_000_000, dayTokens: 50 } };
  await recado('--month-money', '40', '--currency', 'BRL');
  expect(relay.acts.map(([, , change]) => change)).toEqual([
    { caps: { ...NO_CAPS, currency: 'BRL', monthMicros: 40_000_000, dayTokens: 50 } },
  ]);
});

test.each([
  ['--price-in', '5'],
  ['--day-money', 'many'],
  ['--day-money', '-1'],
  ['--day-money', ''],
  ['--day-tokens', '1.5'],
  ['--currency', 'XYZ'],
])('%s %s is not taken', async (...argv) => {
  const { relay, recado } = await bench();
  expect((await recado(...argv)).code).toBe(2);
  expect(relay.acts).toEqual([]);
});

test('a limit in money without a price is refused with what to do', async () => {
  const { relay, recado } = await bench();
  relay.editFails = new CommandError('no-price', 'No price is known.', 'Type it in.');
  const { code, everything } = await recado('--day-money', '5', '--language', 'en');
  expect(code).not.toBe(0);
  expect(everything).toContain('Type in what a million tokens cost');
});
