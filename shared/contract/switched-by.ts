/** Who moved a switch: a person, the time that a person set, the week's schedule, a limit of the day, or an unlinking. */
export const SWITCHED_BY = ['person', 'clock', 'schedule', 'answers-limit', 'tokens-limit', 'unlinked'] as const;
export type SwitchedBy = (typeof SWITCHED_BY)[number];
