/**
 * Keeps the device from showing itself online. Baileys 7.0.0-rc14 sends a presence without a type, which counts as available, whenever
 * credentials change without an account in the change, once a name is known: at logins, on account notices, with a chunk of the history;
 * while it stands WhatsApp may send no push to the owner's phone (Baileys#2740, #2789). It compares the name of the change with the one that
 * it knows, so here both are the same before it looks: it never has a name to announce.
 * Remove when Baileys sends no presence that was not asked for.
 */
import type { AuthenticationCreds, WASocket } from '@whiskeysockets/baileys';

type Emit = WASocket['ev']['emit'];

/** To be called while nothing is connected yet. */
export function keepQuiet({ ev, authState }: Pick<WASocket, 'ev' | 'authState'>): void {
  const emit: Emit = ev.emit.bind(ev);
  const quiet: Emit = (event, data) => {
    if (event !== 'creds.update') return emit(event, data);
    return emit(event, withKnownName(data as Partial<AuthenticationCreds>, authState.creds) as typeof data);
  };
  Object.assign(ev, { emit: quiet });
}

function withKnownName(change: Partial<AuthenticationCreds>, creds: AuthenticationCreds): Partial<AuthenticationCreds> {
  if (change.me) {
    // What it would take over a moment later anyway.
    creds.me = change.me;
    return change;
  }
  return creds.me ? { ...change, me: creds.me } : change;
}
