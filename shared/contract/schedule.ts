/** The week's times in which an agent is on, as they travel and are stored; the rules about them stand in rules/. */
import * as v from 'valibot';

export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof DAYS)[number];

const MOST_SPANS = 50;
/** `HH:MM`; `24:00` is the end of a day. */
const timeOfDay = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/));

/** A span as the relay tells it. */
export const SpanSchema = v.object({ days: v.array(v.picklist(DAYS)), from: v.string(), to: v.string() });

export const ScheduleSchema = v.pipe(
  v.array(v.object({ days: v.pipe(v.array(v.picklist(DAYS)), v.minLength(1)), from: timeOfDay, to: timeOfDay })),
  v.maxLength(MOST_SPANS),
);
/** Empty: none, the switch is moved by hand alone. */
export type Schedule = v.InferOutput<typeof ScheduleSchema>;
export type Span = Schedule[number];

/** A moment, epoch milliseconds, at which the schedule turns the switch. */
export const EdgeSchema = v.object({ at: v.number(), on: v.boolean() });
export type Edge = Readonly<v.InferOutput<typeof EdgeSchema>>;
