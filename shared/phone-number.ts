/** A phone number as people write it. Pure. */

/** Digits with the country code: no country's begins with 0, and none is longer than 15 (E.164). */
export const PHONE_NUMBER = /^[1-9]\d{6,14}$/;

/** Digits alone; null where it cannot be a whole number with its country code. */
export function phoneDigits(written: string): string | null {
  const digits = written.replaceAll(/\D/g, '').replace(/^00/, '');
  return PHONE_NUMBER.test(digits) ? digits : null;
}
