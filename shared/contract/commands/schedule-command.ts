/** The command about the times of a week in which an agent is on: apart, since few ask it. */
import * as v from 'valibot';
import { SCOPES } from '../chat.ts';
import { EdgeSchema, ScheduleSchema } from '../schedule.ts';
import { agent, command, named, OF_AGENT } from './command.ts';

/** Without `spans` it only tells; an empty list ends the schedule. Setting one moves the switch to where it says. */
export const schedule = command(
  'schedule',
  { agent, spans: v.optional(ScheduleSchema), scope: v.optional(v.picklist(SCOPES)) },
  v.object({
    ...named.entries,
    on: v.boolean(),
    schedule: ScheduleSchema,
    nextEdge: v.nullable(EdgeSchema),
    droppedAnswers: v.number(),
  }),
  [...OF_AGENT, 'who-is-answered'],
);
