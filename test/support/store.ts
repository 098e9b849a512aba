/** The real store on a directory of one test's own, with an agent in it, and closed after the test. */
import { onTestFinished } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import type { Store } from '../../relay/store/store.ts';
import type { AgentId } from '../../shared/contract/chat.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export const AGENT = 'agt_ONE' as AgentId;

export async function testStore(home = temporaryDirectory()): Promise<Store> {
  const store = await openStore(home, { random: systemRandom });
  onTestFinished(() => store.close());
  return store;
}

/** Adds the agent where the store does not have it yet. `now` in epoch milliseconds. */
export async function withAgent(store: Store, id: AgentId = AGENT, now = 1_000): Promise<Store> {
  if (await store.agents.get(id)) return store;
  await store.agents.add({ id, name: id, backEnd: { adapter: 'built-in', settings: {} }, secret: null, now });
  return store;
}
