/** The commands of clients by their names: the only way upstream. */
import { linkingTrace } from '../../shared/contract/commands/link-commands.ts';
import { endRelay, handPairing, issuePairingCode } from '../../shared/contract/commands/setup-commands.ts';
import { ABOUT_CHATS } from './chat-handlers.ts';
import type { Handler } from './command.ts';
import { ABOUT_LINKS } from './link-handlers.ts';
import { ABOUT_SETUP } from './setup-handlers.ts';

/** At the relay's own machine alone: codes for a browser, what helps a person who is asked for help, and the end of the relay itself. */
const ONLY_HERE: ReadonlySet<string> = new Set([
  issuePairingCode.name,
  handPairing.name,
  linkingTrace.name,
  endRelay.name,
]);

/** By name: what the command line of this computer may ask for. */
export const LOCAL_COMMANDS: ReadonlyMap<string, Handler> = new Map(
  [...ABOUT_SETUP, ...ABOUT_LINKS, ...ABOUT_CHATS].map((handler) => [handler.name, handler]),
);

/** By name: what every client may ask for. */
export const COMMANDS: ReadonlyMap<string, Handler> = new Map(
  [...LOCAL_COMMANDS].filter(([name]) => !ONLY_HERE.has(name)),
);
