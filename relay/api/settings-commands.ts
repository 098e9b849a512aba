/** The relay's settings over the wire: what each is and where it comes from, and a new value for one. */
import * as v from 'valibot';
import { type Command, command } from './command.ts';

const MOST_VALUE = 200;

/** A number in the setting's unit, a text, or null for the default. */
const value = v.nullable(v.union([v.pipe(v.number(), v.finite()), v.pipe(v.string(), v.maxLength(MOST_VALUE))]));

export const SETTINGS_COMMANDS: Readonly<Record<string, Command>> = {
  'settings.list': command({}, async (_params, { relay }) => ({ settings: relay.settings() })),
  'settings.set': command({ name: v.pipe(v.string(), v.maxLength(60)), value }, async (params, { relay }) =>
    relay.changeSetting(params.name, params.value),
  ),
};
