/** A phone number as people write it. Pure. */

import { PHONE_NUMBER } from '../contract/phone-number.ts';

/** Digits alone; null where it cannot be a whole number with its country code. */
export function phoneDigits(written: string): string | null {
  const digits = written.replaceAll(/\D/g, '').replace(/^00/, '');
  return PHONE_NUMBER.test(digits) ? digits : null;
}
