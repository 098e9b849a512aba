/** The commands of a linking that WhatsApp asks a passkey for. A browser asks them, whose panel began the linking. */
import * as v from 'valibot';
import { report } from '../agent-view.ts';
import { PasskeyAssertionSchema, PasskeyOptionsSchema } from '../passkey.ts';
import { agent, command, nothing, OF_AGENT } from './command.ts';

const attempt = v.pipe(v.string(), v.maxLength(64));

/**
 * The owner's yes to one try: from here on WhatsApp is spoken to. Followed until the number is linked, the try has come to nothing, or the
 * attempt has ended: the reply. A client that goes away before its answer ends the try.
 */
export const passkey = {
  ...command('passkey', { agent }, report, [...OF_AGENT, 'passkey-not-now', 'passkey-elsewhere']),
  progress: v.variant('event', [
    /** Secret but to this client: `attempt` names the try in what follows. */
    v.object({ event: v.literal('question'), attempt, options: PasskeyOptionsSchema }),
    /** The phone shows the same, or somebody is in between. */
    v.object({ event: v.literal('compare'), code: v.string() }),
    /** The code that the phone shows if it shows one all the same; otherwise nothing is compared. */
    v.object({ event: v.literal('shown'), code: v.string() }),
    v.object({ event: v.literal('status'), ...report.entries }),
  ]),
};
export const answerPasskey = command('passkey.answer', { agent, attempt, assertion: PasskeyAssertionSchema }, nothing, [
  ...OF_AGENT,
  'passkey-not-now',
]);
/** The browser brings nothing. */
export const abandonPasskey = command('passkey.abandon', { agent, attempt }, nothing, OF_AGENT);
export const comparePasskey = command('passkey.compare', { agent, attempt, same: v.boolean() }, nothing, [
  ...OF_AGENT,
  'passkey-not-now',
]);
