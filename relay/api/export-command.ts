/** A copy of what the relay keeps, written beside it: the reply says where, and carries nothing of it. */
import { type Command, command } from './command.ts';

export const EXPORT_COMMANDS: Readonly<Record<string, Command>> = {
  export: command({}, async (_params, { relay, signal }) => relay.exportData(signal)),
};
