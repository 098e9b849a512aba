/** What is kept per chat belongs to a number: every table says to whom its rows belong. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { LinkId } from '../../relay/store/link-ledger.ts';
import { TABLES_PER_NUMBER } from '../../relay/store/own-number.ts';
import { TABLES } from '../../relay/store/schema.ts';
import type { Store } from '../../relay/store/store.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { answer, CHAT, DAY, keep } from '../support/ledger-entries.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const FIRST = { number: '5511999990001', lid: '101' };
const SECOND = { number: '5511999990002', lid: '102' };

let links = 0;

/** Linked with this number instead of another. */
async function relink(store: Store, account: typeof FIRST | { number: string; lid: null }, now: number): Promise<void> {
  const id = `lnk_${++links}` as LinkId;
  for (const link of await store.links.list()) await store.links.destroy(link.id);
  await store.links.create({ id, agentId: AGENT, now });
  await store.links.activate(id, account, now);
}

async function filled(home = temporaryDirectory()): Promise<Store> {
  const store = await withAgent(await testStore(home));
  await relink(store, FIRST, 2_000);
  await store.agents.switchTo(AGENT, true, 2_500);
  await store.agents.edit(AGENT, { scope: 'everyone' });
  await store.agents.setRestricted(AGENT, { until: 99_000, retryAt: 99_000 });
  await store.messages.receive(AGENT, [keep('m1'), keep('m2')], 3_000);
  await store.outbox.queueAnswers(answer(2, ['a1']));
  await store.chats.setRule(AGENT, 'chat-2' as ChatId, 'never');
  await store.chats.setHeld(AGENT, CHAT, 90_000);
  await store.agents.keepNote(AGENT, 'key', 'thread');
  await store.agents.addToDay(AGENT, DAY, { inputTokens: 3 });
  await store.agents.spend(AGENT, DAY, { currency: 'USD', micros: 7 });
  return store;
}

const everything = async (store: Store) => ({
  chats: await store.exports.chats(AGENT, 0),
  messages: await store.exports.messages(AGENT, 0),
  answers: await store.exports.answers(AGENT, 0),
  outcomes: await store.exports.outcomes(AGENT, 0),
  days: await store.exports.days(AGENT),
  costs: await store.exports.costs(AGENT),
  resting: await store.chats.resting(AGENT, 1),
  rules: [...(await store.chats.rules(AGENT))],
  note: await store.agents.note(AGENT, 'key'),
  scope: (await store.agents.get(AGENT))?.scope,
});

test('each table belongs to a number, a link, an agent or the relay, and none is forgotten', async () => {
  const home = temporaryDirectory();
  await (await testStore(home)).close();
  const database = new DatabaseSync(path.join(home, 'recado.sqlite'));
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name));
  database.close();
  expect(new Set(names)).toEqual(new Set(TABLES));
  const ofLinks = ['link_keys', 'journal', 'decrypted', 'saved_people'];
  const ofAgents = ['agents', 'links', 'agent_secrets', 'off_intervals', 'knowledge', 'seen'];
  expect(new Set(names)).toEqual(new Set([...TABLES_PER_NUMBER, ...ofLinks, ...ofAgents, 'relay', 'clients']));
});

test('with another number nothing is there, and it is off; with the first one all of it is back', async () => {
  const store = await filled();
  const before = await everything(store);
  await relink(store, SECOND, 5_000);
  expect(await everything(store)).toEqual({
    chats: { rows: [], next: null },
    messages: { rows: [], next: null },
    answers: { rows: [], next: null },
    outcomes: { rows: [], next: null },
    days: [],
    costs: [],
    resting: [],
    rules: [],
    note: null,
    scope: null,
  });
  expect(await store.agents.get(AGENT)).toMatchObject({
    on: false,
    switchedBy: 'unlinked',
    restricted: { until: null, retryAt: null },
  });
  expect(await store.agents.list()).toHaveLength(1);
  await relink(store, FIRST, 6_000);
  const after = await everything(store);
  // What waited when the switch went off is settled.
  expect({ ...after, outcomes: null, days: null }).toEqual({ ...before, outcomes: null, days: null });
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'unlinked' });
});

test('a number is known by its digits, and by its LID where that has another number now', async () => {
  const store = await filled();
  await relink(store, { number: FIRST.number, lid: null }, 5_000);
  expect((await everything(store)).messages.rows).toHaveLength(2);
  await relink(store, { number: '5511999990009', lid: FIRST.lid }, 6_000);
  expect((await everything(store)).messages.rows).toHaveLength(2);
});

test('a number has one key for back ends, however often it comes and goes', async () => {
  const store = await filled();
  const keys = [await store.agents.ownKey(AGENT)];
  for (const [at, account] of [SECOND, FIRST, SECOND].entries()) {
    await relink(store, account, 5_000 + at);
    keys.push(await store.agents.ownKey(AGENT));
  }
  expect(keys[0]).toBe(keys[2]);
  expect(keys[1]).toBe(keys[3]);
  expect(new Set(keys).size).toBe(2);
});

test('what lies apart is erased with the texts of its agent, and gone with it', async () => {
  const store = await filled();
  await relink(store, SECOND, 5_000);
  const [former] = await store.agents.formerNumbers(AGENT);
  if (!former) throw new Error('nothing lies apart');
  expect((await store.exports.messages(former.id, 0)).rows).toHaveLength(2);
  await store.forgetTexts(AGENT);
  expect((await store.exports.messages(former.id, 0)).rows).toEqual([]);
  await store.agents.remove(AGENT);
  expect(await store.agents.formerNumbers(AGENT)).toEqual([]);
  expect((await store.exports.chats(former.id, 0)).rows).toEqual([]);
});

test('a switch that a person put on before there was any number stays on with the first one', async () => {
  const store = await withAgent(await testStore());
  await store.agents.switchTo(AGENT, true, 2_000);
  await relink(store, FIRST, 3_000);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: true });
});

test('one that the schedule put on does not', async () => {
  const store = await withAgent(await testStore());
  await store.agents.switchTo(AGENT, true, 2_000, { by: 'schedule', backOnAt: null });
  await relink(store, FIRST, 3_000);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'unlinked' });
});
