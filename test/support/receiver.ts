/**
 * A process that does nothing but receive: the stored link of one agent, its messages kept. Made to be killed.
 * Arguments: the data directory, WhatsApp's address, its root key in hex. Prints `online` whenever the connection is.
 */
import { stdout } from 'node:process';
import { systemClock, systemRandom } from '../../relay/clock.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import { guardConsole } from '../../relay/whatsapp/beyond-baileys/console-guard.ts';
import { repairServerTrust } from '../../relay/whatsapp/beyond-baileys/server-trust.ts';
import { Session } from '../../relay/whatsapp/link/session.ts';
import { ServerTime } from '../../relay/whatsapp/server-time.ts';
import type { AgentId } from '../../shared/contract/chat.ts';
import { fakeInbound } from './fake-inbound.ts';
import { testSettings } from './settings.ts';
import { silentLog } from './silent-log.ts';

const [home = '', url = '', key = ''] = process.argv.slice(2);
const agentId = 'agt_ONE' as AgentId;
const rootKey = Buffer.from(key, 'hex');
const log = silentLog();
guardConsole(log);
repairServerTrust(rootKey);
const store = await openStore(home, { random: systemRandom });
const inbound = fakeInbound({
  takeIn: async (batch) => {
    const kept = batch.map((message) => ({ type: 'keep', message, settled: null }) as const);
    await store.messages.receive(agentId, kept, Date.now());
  },
});
const session = new Session(agentId, {
  links: store.links,
  chats: store.chats,
  agents: store.agents,
  clock: systemClock,
  time: new ServerTime(systemClock),
  random: systemRandom,
  log,
  settings: testSettings(home, { url, rootKey }),
  sentAnswer: async () => null,
  inbound: () => inbound,
  report: ({ status }) => {
    if (status === 'connected') stdout.write('online\n');
  },
  claim: () => true,
  logOut: () => undefined,
});
await session.start();
