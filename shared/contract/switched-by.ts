/** Who moved a switch: a person, the time that a person set, the week's schedule, a limit of the day or the month, or an unlinking. */
export const SWITCHED_BY = [
  'person',
  'clock',
  'schedule',
  'answers-limit',
  'tokens-limit',
  'money-limit',
  'month-limit',
  'unlinked',
] as const;
export type SwitchedBy = (typeof SWITCHED_BY)[number];

export type Limit = 'answers' | 'tokens' | 'money' | 'month';

/** The limit that has turned an agent off: of answers, tokens or money of a day, or of a month's money; null where none has. */
export function limitOf(switchedBy: SwitchedBy): Limit | null {
  return switchedBy.endsWith('-limit') ? (switchedBy.slice(0, -'-limit'.length) as Limit) : null;
}
