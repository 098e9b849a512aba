/** Goes on with a relay that was woken just now, which may listen elsewhere than before. */
import { BrowserStore } from '../storage/browser-store.ts';
import { tellPages } from './page-message.ts';
import type { RelaySession } from './relay-session.ts';

export async function findWoken(session: Pick<RelaySession, 'port' | 'retry'>, port: number): Promise<void> {
  if (session.port.value === port) {
    session.retry();
    return;
  }
  const store = new BrowserStore();
  await store.keepPreferences({ ...(await store.preferences()), port });
  tellPages('changed');
  location.reload();
}
