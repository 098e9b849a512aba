/** Pairs this very browser: what was typed, judged; what came of it, kept, and told to the extension's other pages. */
import { isPort } from '../../shared/contract/port.ts';
import type { BrowserStore, Pairing } from '../storage/browser-store.ts';
import { after, dial, ORIGIN } from './browser-connection.ts';
import { tellPages } from './page-message.ts';
import { type PairingFault, pairOver } from './pairing.ts';

export type BrowserPairing =
  | { readonly type: 'paired'; readonly pairing: Pairing }
  | { readonly type: 'fault'; readonly fault: PairingFault | 'not-a-port' };

/** `port`: where the relay listens on this computer. */
export async function pairBrowser(typed: string, port: number, store: BrowserStore): Promise<BrowserPairing> {
  if (!isPort(port)) return { type: 'fault', fault: 'not-a-port' };
  const result = await pairOver(typed, { port, origin: ORIGIN, name: browserName(), dial, after });
  if (result.type === 'fault') return result;
  await store.keepPreferences({ ...(await store.preferences()), port });
  await store.keepPairing(result.pairing);
  tellPages('changed');
  return result;
}

/** What this browser is called in the relay's list. */
function browserName(): string {
  const agent = navigator.userAgent;
  const known = ['Firefox', 'Edg', 'OPR', 'Chrome'].find((name) => agent.includes(`${name}/`)) ?? 'Browser';
  return { Edg: 'Edge', OPR: 'Opera' }[known] ?? known;
}
