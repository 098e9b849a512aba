/** Commands about an agent's link and its switch: what the toolbar asks. */
import * as v from 'valibot';
import { QrSchema, report } from '../agent-view.ts';
import { SCOPES } from '../chat.ts';
import { PHONE_NUMBER } from '../phone-number.ts';
import { agent, command, named, nothing, OF_AGENT, type ProgressOf, type ReplyOf } from './command.ts';

const scope = v.picklist(SCOPES);

/** Follows the attempt to its end, which is the reply. */
export const link = {
  ...command(
    'link',
    {
      agent,
      /** By letters instead of a QR code: they are typed into the phone of this number, digits with the country code. */
      number: v.optional(v.pipe(v.string(), v.regex(PHONE_NUMBER))),
    },
    report,
    [...OF_AGENT, 'already-linked'],
  ),
  progress: v.variant('event', [
    // The text of a code is a secret: it is told to the client that asked, and lives while its panel is open.
    v.object({ event: v.literal('qr'), text: v.string(), ...QrSchema.entries }),
    // `ABCD-EFGH`, for the phone of the number that was given.
    v.object({ event: v.literal('phone-code'), text: v.string(), ...QrSchema.entries }),
    v.object({ event: v.literal('status'), ...report.entries }),
  ]),
};
export const linkCancel = command('link-cancel', { agent }, nothing, OF_AGENT);
/** Asks for another code to type if the link's phase is `code-worn`; does nothing in any other phase. */
export const linkNewCode = command('link-new-code', { agent }, nothing, OF_AGENT);
/** What passed between WhatsApp and the agent's device in the latest attempts to link it, without a secret, a number or a name; on the local socket alone. */
export const linkingTrace = command(
  'linking-trace',
  { agent },
  v.object({
    attempts: v.array(
      v.object({
        startedAt: v.number(),
        entries: v.array(v.looseObject({ ms: v.number(), way: v.picklist(['received', 'sent', 'state']) })),
      }),
    ),
  }),
  OF_AGENT,
);
export const takeOver = command('take-over', { agent }, nothing, OF_AGENT);
/** The agent's number becomes another agent's, which has none: the link stays, nothing is scanned. The giving agent is switched off. */
export const handOver = command('hand-over', { agent, to: v.string() }, v.object({ from: named, to: named }), [
  ...OF_AGENT,
  'not-linked',
  'already-linked',
]);
/** Null where nothing was heard of the link in time. */
export const unlink = command('unlink', { agent }, v.object({ link: v.nullable(report) }), [...OF_AGENT, 'not-linked']);

export const switchAgent = command(
  'switch',
  {
    agent,
    on: v.boolean(),
    scope: v.optional(scope),
    /** Off until then, epoch ms: it goes on again by itself. */
    until: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  },
  v.object({
    ...named.entries,
    on: v.boolean(),
    droppedAnswers: v.number(),
    backOnAt: v.optional(v.nullable(v.number()), null),
  }),
  [...OF_AGENT, 'who-is-answered'],
);
export const setScope = command('scope', { agent, scope }, v.object({ id: v.string(), scope }), OF_AGENT);

/** To be scanned, or to be typed. */
export type Code = Extract<ProgressOf<typeof link>, { event: 'qr' | 'phone-code' }>;
/** A link without its code. */
export type Report = ReplyOf<typeof link>;
