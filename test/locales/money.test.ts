/** Money as people read it, however little it is. */
import { expect, test } from 'vitest';
import { writeMoney } from '../../shared/locales/money.ts';

test.each([
  ['pt-BR', 'BRL', 12_345_600, 'R$ 12,35'],
  ['pt-BR', 'USD', 210, 'US$ 0,00021'],
  ['en', 'USD', 90_000, '$0.09'],
  ['en', 'USD', 45_600, '$0.046'],
  ['en', 'USD', 0, '$0.00'],
  ['es', 'BRL', 1_500_000, '1,50 BRL'],
] as const)('%s: %s %i is %s', (language, currency, micros, written) => {
  expect(writeMoney(language, currency, micros).replaceAll(/\s/g, ' ')).toBe(written);
});

test('something is never written as nothing', () => {
  expect(writeMoney('en', 'USD', 1)).not.toMatch(/^\$0\.0+$/);
});
