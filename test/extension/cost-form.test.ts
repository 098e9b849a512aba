/** The form of an agent's price and limits, as it is read and written. */
import { expect, test } from 'vitest';
import { costFormOf, readCostForm } from '../../extension/options/cost-form.ts';
import type { AgentCosts } from '../../shared/contract/commands/cost-commands.ts';
import { NO_CAPS } from '../../shared/contract/cost.ts';

const SPENT = { answers: 0, inputTokens: 0, outputTokens: 0, money: [] };
const COSTS: AgentCosts = {
  id: 'agt_1',
  name: 'Sales',
  countsTokens: true,
  price: null,
  caps: NO_CAPS,
  capsHold: true,
  limits: { answers: 200, tokens: 100_000, chatTokens: 50_000 },
  today: SPENT,
  month: SPENT,
};
const EMPTY = costFormOf(COSTS, 'en');

test('what was saved stands in it as people write amounts, and is read as the same', () => {
  const caps = { ...NO_CAPS, currency: 'BRL', dayMicros: 2_500_000, chatMicros: 70, dayTokens: 123_456 } as const;
  const price = { currency: 'BRL', input: 0.15, output: 1_234.5 } as const;
  const form = costFormOf({ ...COSTS, price: { ...price, source: 'typed', asOf: null }, caps }, 'pt-BR');
  expect(form).toMatchObject({
    currency: 'BRL',
    priceIn: '0,15',
    priceOut: '1234,5',
    dayMoney: '2,5',
    chatMoney: '0,00007',
  });
  expect(form).toMatchObject({ monthMoney: '', dayTokens: '123456', chatTokens: '' });
  expect(readCostForm(form)).toEqual({ type: 'read', price, caps });
});

test('a price that is known, not typed in, stands in no field and is not saved as one', () => {
  const known = { currency: 'USD', input: 1, output: 2, source: 'known', asOf: '2026-09-23' } as const;
  const form = costFormOf({ ...COSTS, price: known }, 'pt-BR');
  expect(form).toMatchObject({ currency: 'USD', priceIn: '', priceOut: '' });
  expect(readCostForm(form)).toMatchObject({ price: null });
});

test('where nothing is known, money is that of the reader’s country', () => {
  expect(costFormOf(COSTS, 'pt-BR').currency).toBe('BRL');
  const free = { currency: 'USD', input: 0, output: 0, source: 'own-computer', asOf: null } as const;
  expect(costFormOf({ ...COSTS, price: free }, 'pt-BR').currency).toBe('BRL');
  expect(EMPTY.currency).toBe('USD');
  expect(readCostForm(EMPTY)).toEqual({ type: 'read', price: null, caps: NO_CAPS });
});

test.each([
  ['dayMoney', 'R$ 5'],
  ['dayMoney', '-1'],
  ['dayMoney', '1.234,50'],
  ['dayMoney', '1e9'],
  ['monthMoney', '99999999999'],
  ['dayTokens', '1,5'],
  ['chatTokens', 'many'],
] as const)('%s does not take %s', (field, text) => {
  expect(readCostForm({ ...EMPTY, [field]: text })).toEqual({ type: 'wrong', field, why: 'notAmount' });
});

test('half a price is none', () => {
  const half = { type: 'wrong', why: 'halfPrice' };
  expect(readCostForm({ ...EMPTY, priceIn: '1' })).toEqual({ ...half, field: 'priceOut' });
  expect(readCostForm({ ...EMPTY, priceOut: '1' })).toEqual({ ...half, field: 'priceIn' });
});

test('a limit of nothing is a limit', () => {
  expect(readCostForm({ ...EMPTY, dayMoney: '0', dayTokens: ' 0 ' })).toMatchObject({
    caps: { dayMicros: 0, dayTokens: 0, monthMicros: null },
  });
});
