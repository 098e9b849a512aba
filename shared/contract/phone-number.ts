/** A phone number as it travels. */

/** Digits with the country code: no country's begins with 0, and none is longer than 15 (E.164). */
export const PHONE_NUMBER = /^[1-9]\d{6,14}$/;
