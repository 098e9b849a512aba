/** The command about the minutes that an agent leaves its owner: apart, since few ask it. */
import * as v from 'valibot';
import { agent, command, named, OF_AGENT } from './command.ts';

/** Longer than anybody waits who wants to be answered the same day. */
export const MOST_OWNER_MINUTES = 240;

/** The agent answers only where the owner has not within so many minutes; 0: at once. Without `minutes` it only tells. */
export const leaveOwnerTime = command(
  'owner-first',
  { agent, minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_OWNER_MINUTES))) },
  v.object({ ...named.entries, ownerMinutes: v.number() }),
  OF_AGENT,
);
