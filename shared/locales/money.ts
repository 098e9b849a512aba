/** How money is written: in the reader's language, a small amount with as many digits as tell it from nothing. */
import { MICROS } from '../contract/cost.ts';
import type { Language } from './languages.ts';

/** Below it two digits behind the point would say little or nothing. */
const SMALL = 0.1;
const MOST_DIGITS = 6;

/** `micros`: millionths of the currency's unit, which has three letters. */
export function writeMoney(language: Language, currency: string, micros: number): string {
  const amount = micros / MICROS;
  const isSmall = amount > 0 && amount < SMALL;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: isSmall ? Math.min(MOST_DIGITS, Math.ceil(-Math.log10(amount)) + 1) : 2,
  }).format(amount);
}
