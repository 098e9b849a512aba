/** Agents' files in the store: kept in their order, replaced by name, and in no file any more once they are gone. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AgentId } from '../../shared/contract/chat.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const OTHER = 'agt_TWO' as AgentId;

function stands(home: string, planted: string): boolean {
  return readdirSync(home).some((file) => readFileSync(path.join(home, file)).includes(planted));
}

test('they stand in the order in which they came; one of the same name is replaced in its place', async () => {
  const { knowledge } = await withAgent(await testStore());
  await knowledge.put(AGENT, { name: 'b.md', text: 'one' });
  await knowledge.put(AGENT, { name: 'a.md', text: 'two' });
  await knowledge.put(AGENT, { name: 'b.md', text: 'three' });
  expect(await knowledge.files(AGENT)).toEqual([
    { name: 'b.md', text: 'three' },
    { name: 'a.md', text: 'two' },
  ]);
  expect(await knowledge.files(OTHER)).toEqual([]);
});

test('what is removed or replaced is in no file any more, and goes with its agent', async () => {
  const home = temporaryDirectory();
  const store = await withAgent(await testStore(home));
  const backEnd = { adapter: 'built-in', settings: {} } as const;
  await store.agents.add({ id: OTHER, name: 'Two', backEnd, secret: null, now: 1 });
  await store.knowledge.put(AGENT, { name: 'a.md', text: `PLANTED-FIRST ${'x'.repeat(20_000)}` });
  await store.knowledge.put(AGENT, { name: 'a.md', text: 'PLANTED-SECOND' });
  await store.knowledge.put(OTHER, { name: 'a.md', text: 'PLANTED-THIRD' });
  expect(stands(home, 'PLANTED-FIRST')).toBe(false);
  expect(await store.knowledge.remove(AGENT, 'a.md')).toBe(true);
  expect(await store.knowledge.remove(AGENT, 'a.md')).toBe(false);
  expect(stands(home, 'PLANTED-SECOND')).toBe(false);
  await store.agents.remove(OTHER);
  expect(await store.knowledge.files(OTHER)).toEqual([]);
  expect(stands(home, 'PLANTED-THIRD')).toBe(false);
});
