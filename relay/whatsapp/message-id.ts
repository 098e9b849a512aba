/** Ids of our own messages, in the form that WhatsApp's web client gives them. */
import type { Random } from '../clock.ts';

const RANDOM_BYTES = 9;

export function newMessageId(random: Random): string {
  return `3EB0${Buffer.from(random.bytes(RANDOM_BYTES)).toString('hex').toUpperCase()}`;
}
