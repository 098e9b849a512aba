/** The owner's copy of the data: whole, readable by the owner alone, and never half there. */
import { existsSync, globSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DataExport } from '../../relay/app/data-export.ts';
import { type Clock, systemClock } from '../../relay/clock.ts';
import { SettingsEditor } from '../../relay/settings/settings-editor.ts';
import type { LinkId } from '../../relay/store/link-ledger.ts';
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import { NO_CAPS } from '../../shared/contract/cost.ts';
import { answer, CHAT, DAY, keep } from '../support/ledger-entries.ts';
import { DEFAULT_SOURCES, testSettings } from '../support/settings.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const OTHER = 'agt_TWO' as AgentId;
const KEY = 'sk-planted-key-4711';
const NEVER = new AbortController().signal;

async function bench(clock: Clock = systemClock) {
  const home = temporaryDirectory();
  const store = await withAgent(await testStore(home));
  const settings = new SettingsEditor({
    settings: testSettings(home, null),
    sources: DEFAULT_SOURCES,
    environment: {},
  });
  const exports = new DataExport({ home, store, settings, clock });
  return { home, store, exports, files: () => globSync('recado-export*', { cwd: home }).sort() };
}

test('it holds agents, chats, messages, answers, counts and settings, and neither key nor credential', async () => {
  const { store, exports } = await bench();
  const backEnd = { adapter: 'openai-compatible', settings: { baseUrl: 'http://localhost:1/v1', model: 'm' } } as const;
  await store.agents.add({ id: OTHER, name: 'Sales', backEnd, secret: KEY, now: 1_500 });
  await store.agents.switchTo(AGENT, true, 2_000);
  await store.chats.setRule(AGENT, 'chat-2' as ChatId, 'never');
  await store.messages.receive(AGENT, [keep('m1'), keep('m2', { author: 'owner', text: 'da casa' })], 3_000);
  await store.outbox.queueAnswers(answer(2, ['a1']));
  await store.agents.addToDay(AGENT, DAY, { inputTokens: 3, outputTokens: 4 });
  await store.agents.spend(AGENT, DAY, { currency: 'BRL', micros: 2_500 });
  await store.agents.edit(AGENT, { caps: { ...NO_CAPS, dayTokens: 9 }, ownerMinutes: 5 });
  await store.knowledge.put(AGENT, { name: 'a.md', text: 'Sem fiado.' });
  const { path: file, bytes } = await exports.write(NEVER);
  const text = readFileSync(file, 'utf8');
  expect(Buffer.byteLength(text)).toBe(bytes);
  expect(JSON.parse(text)).toMatchObject({
    format: 'recado-export',
    version: 2,
    exportedAt: expect.any(Number),
    settings: { gatherSeconds: 2 },
    browsers: [],
    agents: [
      {
        id: AGENT,
        hasKey: false,
        on: true,
        number: null,
        days: [{ messages: 1 }, { day: DAY, answers: 0, inputTokens: 3, outputTokens: 4 }],
        costs: [{ day: DAY, currency: 'BRL', micros: 2_500 }],
        price: null,
        caps: { dayTokens: 9 },
        ownerMinutes: 5,
        files: [{ name: 'a.md', text: 'Sem fiado.' }],
        schedule: [],
        offIntervals: [{ until: 2_000 }],
        chats: [{ chatId: CHAT }, { chatId: 'chat-2', rule: 'never' }],
        messages: [
          { chatId: CHAT, author: 'contact', text: 'text m1' },
          { author: 'owner', text: 'da casa' },
        ],
        answers: [{ chatId: CHAT, text: 'answer a1', state: 'queued' }],
      },
      { id: OTHER, name: 'Sales', settings: backEnd.settings, hasKey: true, messages: [], answers: [] },
    ],
  });
  expect(text).not.toContain(KEY);
  expect(text).not.toMatch(/credential|secret|publicKey|hash/i);
});

test('what is kept for a number that the agent had before is in it too, under that number', async () => {
  const { store, exports } = await bench();
  const link = async (id: string, number: string, now: number): Promise<void> => {
    await store.links.create({ id: id as LinkId, agentId: AGENT, now });
    await store.links.activate(id as LinkId, { number, lid: null }, now);
  };
  await link('lnk_ONE', '5511999990001', 2_000);
  await store.agents.switchTo(AGENT, true, 2_500);
  await store.messages.receive(AGENT, [keep('m1')], 3_000);
  await store.links.destroy('lnk_ONE' as LinkId);
  await link('lnk_TWO', '5511999990002', 4_000);
  const { path: file } = await exports.write(NEVER);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    agents: [
      {
        id: AGENT,
        number: '5511999990002',
        on: false,
        messages: [],
        formerNumbers: [{ number: '5511999990001', days: [{ messages: 1 }], messages: [{ text: 'text m1' }] }],
      },
    ],
  });
});

test('only its owner can read it, and a second one does not replace it', async () => {
  const { home, exports, files } = await bench();
  const [first, second] = await Promise.all([exports.write(NEVER), exports.write(NEVER)]);
  expect(files()).toHaveLength(2);
  expect(first.path).not.toBe(second.path);
  expect(path.dirname(first.path)).toBe(home);
  expect(statSync(first.path).mode & 0o777).toBe(0o600);
});

test('thousands of messages of two agents are all there, in order, and the relay has its turn meanwhile', async () => {
  const { store, exports } = await bench();
  await store.agents.add({
    id: OTHER,
    name: 'Sales',
    backEnd: { adapter: 'built-in', settings: {} },
    secret: null,
    now: 1_500,
  });
  for (let from = 0; from < 2_400; from += 200) {
    const batch = Array.from({ length: 200 }, (_value, index) => keep(`m${from + index}`));
    await store.messages.receive(from % 400 === 0 ? AGENT : OTHER, batch, 3_000);
  }
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 0);
  const { path: file } = await exports.write(NEVER);
  clearInterval(ticking);
  const { agents } = JSON.parse(readFileSync(file, 'utf8'));
  const texts = agents.map(({ messages }: { messages: { text: string }[] }) => messages.map((each) => each.text));
  const expected = (first: number) =>
    Array.from({ length: 2_400 }, (_value, index) => index)
      .filter((index) => Math.floor(index / 200) % 2 === first)
      .map((index) => `text m${index}`);
  expect(texts).toEqual([expected(0), expected(1)]);
  expect(turns).toBeGreaterThan(3);
});

test('whoever goes away leaves no half of it', async () => {
  const { store, exports, files } = await bench();
  await store.messages.receive(
    AGENT,
    Array.from({ length: 800 }, (_value, index) => keep(`m${index}`)),
    3_000,
  );
  const leaving = new AbortController();
  const writing = exports.write(leaving.signal);
  leaving.abort(new Error('gone'));
  await expect(writing).rejects.toThrow('gone');
  expect(files()).toEqual([]);
  await exports.write(NEVER);
  expect(files()).toHaveLength(1);
});

test('what a crash left half written is removed, and no whole one', async () => {
  const { home, exports, files } = await bench();
  writeFileSync(path.join(home, 'recado-export.part'), '{"half');
  const { path: file } = await exports.write(NEVER);
  writeFileSync(path.join(home, 'recado-export.part'), '{"half');
  await exports.removeHalf();
  expect(files()).toEqual([path.basename(file)]);
  expect(() => JSON.parse(readFileSync(file, 'utf8'))).not.toThrow();
});

test('a copy that an update has left behind is removed at a later start, and never one of an update that is under way', async () => {
  const { home, exports } = await bench();
  const copy = path.join(home, 'recado-update.sqlite');
  writeFileSync(copy, 'texts');
  await exports.removeHalf();
  expect(existsSync(copy)).toBe(true);
  utimesSync(copy, 0, 0);
  await exports.removeHalf();
  expect(existsSync(copy)).toBe(false);
});

test('where there is no place for it, it says that the disk is to be looked at', async () => {
  const { home, store, exports: _exports } = await bench();
  const settings = new SettingsEditor({
    settings: testSettings(home, null),
    sources: DEFAULT_SOURCES,
    environment: {},
  });
  const nowhere = new DataExport({ home: path.join(home, 'gone'), store, settings, clock: systemClock });
  await expect(nowhere.write(NEVER)).rejects.toMatchObject({ code: 'store-failed' });
});

test('its name says when it was made, by the clock and the calendar of this computer', async () => {
  const made = new Date(2026, 0, 5, 7, 8, 9, 42);
  const { exports } = await bench({ ...systemClock, now: () => made.getTime() });
  expect(path.basename((await exports.write(NEVER)).path)).toBe('recado-export-2026-01-05-070809-042.json');
});
