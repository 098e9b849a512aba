/** What the ledgers promise, on a real file. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { localDay } from '../../relay/clock.ts';
import type { LinkId } from '../../relay/store/link-ledger.ts';
import type { Admission } from '../../relay/store/message-ledger.ts';
import type { Store } from '../../relay/store/store.ts';
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import { NO_CAPS } from '../../shared/contract/cost.ts';
import { answer, CHAT, DAY, drop, keep } from '../support/ledger-entries.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const ALIAS = { number: '5511988880001', lid: '77' };

const startStore = async (home?: string): Promise<Store> => withAgent(await testStore(home));

describe('agents', () => {
  test('a new agent is off, with an open interval and nobody to answer', async () => {
    const store = await startStore();
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, scope: null, hasSecret: false });
    expect(await store.agents.offIntervals(AGENT)).toEqual([{ from: 1_000, until: null, ignored: 0 }]);
  });

  test('names are told apart without their capitals', async () => {
    const store = await startStore();
    const backEnd = { adapter: 'built-in', settings: {} } as const;
    await expect(
      store.agents.add({ id: 'agt_TWO' as AgentId, name: 'AGT_one', backEnd, secret: null, now: 1 }),
    ).rejects.toThrow();
  });

  test("a day's tokens stay a number, whatever a server says it has spent", async () => {
    const store = await startStore();
    const most = { inputTokens: Number.MAX_SAFE_INTEGER, outputTokens: Number.MAX_SAFE_INTEGER };
    for (let at = 0; at < 3; at++) await store.agents.addToDay(AGENT, DAY, most);
    expect(Number.isSafeInteger((await store.agents.countOf(AGENT, DAY)).inputTokens)).toBe(true);
    const { inputTokens, outputTokens } = await store.agents.countOf(AGENT, DAY);
    expect(Number.isSafeInteger(inputTokens + outputTokens)).toBe(true);
  });

  test('money is added up by day and currency, and stays a number', async () => {
    const store = await startStore();
    await store.agents.addToDay(AGENT, DAY, { answers: 2, inputTokens: 5, outputTokens: 1 });
    await store.agents.spend(AGENT, '2026-11-01', { currency: 'USD', micros: 10 });
    await store.agents.spend(AGENT, DAY, { currency: 'USD', micros: 20 });
    await store.agents.spend(AGENT, DAY, { currency: 'USD', micros: 30 });
    await store.agents.spend(AGENT, DAY, { currency: 'BRL', micros: 40 });
    await store.agents.spend(AGENT, '2026-10-31', { currency: 'USD', micros: 99 });
    const counts = { answers: 2, inputTokens: 5, outputTokens: 1 };
    const brl = { currency: 'BRL', micros: 40 };
    expect(await store.agents.spent(AGENT, DAY, DAY)).toEqual({
      ...counts,
      money: [brl, { currency: 'USD', micros: 50 }],
    });
    expect(await store.agents.spent(AGENT, '2026-11-01', DAY)).toEqual({
      ...counts,
      money: [brl, { currency: 'USD', micros: 60 }],
    });
    for (let at = 0; at < 3; at++)
      await store.agents.spend(AGENT, DAY, { currency: 'EUR', micros: Number.MAX_SAFE_INTEGER });
    for (const { micros } of (await store.agents.spent(AGENT, DAY, DAY)).money)
      expect(Number.isSafeInteger(micros)).toBe(true);
  });

  test('a price and limits are kept until they are taken back', async () => {
    const store = await startStore();
    expect(await store.agents.get(AGENT)).toMatchObject({ price: null, caps: NO_CAPS });
    const price = { currency: 'BRL', input: 5, output: 20.5 } as const;
    const caps = { ...NO_CAPS, currency: 'BRL', dayMicros: 1_500_000 } as const;
    await store.agents.edit(AGENT, { price, caps });
    await store.agents.edit(AGENT, { name: 'Other' });
    expect(await store.agents.get(AGENT)).toMatchObject({ price, caps });
    await store.agents.edit(AGENT, { price: null, caps: NO_CAPS });
    expect(await store.agents.get(AGENT)).toMatchObject({ price: null, caps: NO_CAPS });
  });

  test('an agent is found by id and by name in any case, and by nothing else', async () => {
    const store = await startStore();
    const backEnd = { adapter: 'built-in', settings: {} } as const;
    await store.agents.add({ id: 'agt_TWO' as AgentId, name: 'Ação', backEnd, secret: null, now: 1 });
    expect(await store.agents.find('agt_TWO')).toMatchObject({ name: 'Ação' });
    expect(await store.agents.find('AGT_ONE')).toMatchObject({ id: AGENT });
    expect(await store.agents.find('AÇÃO')).toMatchObject({ id: 'agt_TWO' });
    for (const wanted of ['', 'agt_', 'Acao', '%']) expect(await store.agents.find(wanted), wanted).toBeNull();
  });

  test('what was ignored last is read without the history of the switch', async () => {
    const store = await startStore();
    for (let at = 0; at < 3; at++) {
      await store.agents.switchTo(AGENT, true, 2_000 + at * 20_000);
      await store.agents.switchTo(AGENT, false, 10_000 + at * 20_000);
    }
    await store.messages.receive(AGENT, [drop('a', 30_500), drop('b', 51_000), drop('c', 52_000)], 60_000);
    expect(await store.agents.lastIgnored(AGENT)).toBe(2);
    expect((await store.agents.offIntervals(AGENT)).at(-1)?.ignored).toBe(2);
  });

  test('a key is read by itself alone, replaced and removed', async () => {
    const store = await startStore();
    await store.agents.edit(AGENT, { secret: 'one' });
    expect(JSON.stringify(await store.agents.list())).not.toContain('"one"');
    expect(await store.agents.secret(AGENT)).toBe('one');
    await store.agents.edit(AGENT, { name: 'Other' });
    expect(await store.agents.secret(AGENT)).toBe('one');
    await store.agents.edit(AGENT, { secret: null });
    expect(await store.agents.secret(AGENT)).toBeNull();
  });

  test('the switch closes and opens intervals, and the same position again changes nothing (S25)', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    await store.agents.switchTo(AGENT, true, 2_500);
    await store.agents.switchTo(AGENT, false, 3_000);
    expect(await store.agents.offIntervals(AGENT)).toEqual([
      { from: 1_000, until: 2_000, ignored: 0 },
      { from: 3_000, until: null, ignored: 0 },
    ]);
  });

  test('off until a time is kept, and the latest act says whether it goes on by itself', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    await store.agents.switchTo(AGENT, false, 3_000, { by: 'person', backOnAt: 9_000 });
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, backOnAt: 9_000, switchedBy: 'person' });
    await store.agents.switchTo(AGENT, false, 4_000);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, backOnAt: null, switchedAt: 3_000 });
    await store.agents.switchTo(AGENT, true, 9_000, { by: 'clock', backOnAt: null });
    expect(await store.agents.get(AGENT)).toMatchObject({ on: true, backOnAt: null, switchedBy: 'clock' });
  });

  test('what is dropped for its chat is one line a chat with an outcome each, and what came while off is none', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    const outside = (id: string) => ({ ...drop(id, 5_000), reason: 'not-in-scope' as const });
    await store.messages.receive(AGENT, [outside('a'), outside('b')], 6_000);
    await store.messages.receive(AGENT, [drop('c', 5_000), outside('d')], 7_000);
    expect(await store.outcomes.skips(AGENT, 10)).toMatchObject([{ reason: 'not-in-scope', at: 7_000, messages: 3 }]);
    expect(await store.outcomes.list(AGENT, { limit: 10 })).toHaveLength(3);
  });

  test('a message that was ignored counts in the interval it was sent in, once', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 10_000);
    await store.agents.switchTo(AGENT, false, 20_000);
    await store.messages.receive(AGENT, [drop('a', 5_000), drop('b', 25_000), drop('a', 5_000)], 30_000);
    expect((await store.agents.offIntervals(AGENT)).map(({ ignored }) => ignored)).toEqual([1, 1]);
  });
});

describe('messages and answers', () => {
  test('an answer settles what it read, stands after it, and leaves what came later open', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    await store.messages.receive(AGENT, [keep('1'), keep('2'), keep('3')], 3_000);
    const [, second] = await store.messages.lines(AGENT, CHAT, 10);
    expect(await store.outbox.queueAnswers(answer(second?.row ?? 0, ['A', 'B']))).toBe(true);
    await store.outbox.markSent(AGENT, 'A', 6_000);
    await store.outbox.markSent(AGENT, 'B', 6_000);
    const lines = await store.messages.lines(AGENT, CHAT, 10);
    expect(lines.map(({ message, open }) => [message.messageId, open])).toEqual([
      ['1', false],
      ['2', false],
      ['A', false],
      ['B', false],
      ['3', true],
    ]);
    expect(await store.agents.countOf(AGENT, localDay(6_000))).toMatchObject({ answers: 1 });
    expect(await store.outcomes.list(AGENT, { limit: 10 })).toMatchObject([
      { outcome: 'answered', at: 6_000 },
      { outcome: 'answered', at: 6_000 },
    ]);
  });

  test('an answer of which nothing reached WhatsApp is none, and its messages say why; one of which a part did is one', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    await store.messages.receive(AGENT, [keep('1'), keep('2')], 3_000);
    const [first, second] = await store.messages.lines(AGENT, CHAT, 10);
    await store.outbox.queueAnswers(answer(first?.row ?? 0, ['A', 'B']));
    await store.outbox.markFailed(AGENT, 'A', 'refused', 6_000);
    expect(await store.outcomes.list(AGENT, { limit: 10 })).toEqual([]);
    await store.outbox.markFailed(AGENT, 'B', 'brake', 6_000);
    await store.outbox.queueAnswers(answer(second?.row ?? 0, ['C', 'D']));
    await store.outbox.markSent(AGENT, 'C', 7_000);
    await store.outbox.markFailed(AGENT, 'D', 'too-late', 7_000);
    expect((await store.outcomes.list(AGENT, { limit: 10 })).map(({ outcome }) => outcome)).toEqual([
      'answered',
      'brake',
    ]);
    expect(await store.agents.countOf(AGENT, localDay(6_000))).toMatchObject({ answers: 1, skipped: 1 });
  });

  test('a chat with very many skipped messages hides no other that is as new, and all of its own are counted', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    const other = 'chat-2' as ChatId;
    const skipped = (id: string, chatId: ChatId) => ({ ...keep(id, { chatId }), settled: 'too-old' as const });
    const many = Array.from({ length: 600 }, (_none, at) => skipped(`many-${at}`, CHAT));
    await store.messages.receive(AGENT, [...many, skipped('other', other)], 3_000);
    expect(await store.outcomes.unanswered(AGENT, 10)).toMatchObject([
      { chatId: other, messages: 1 },
      { chatId: CHAT, messages: 600 },
    ]);
    expect(await store.outcomes.skips(AGENT, 10)).toMatchObject([
      { chatId: other, reason: 'too-old', messages: 1 },
      { chatId: CHAT, reason: 'too-old', messages: 600 },
    ]);
    // On the owner's word all of them.
    expect(await store.outcomes.reopen(AGENT, CHAT)).toBe(600);
  });

  test('what the owner may overrule is listed by chat, and is open again on their word, once', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    const old = (id: string, sentAt: number) => ({ ...keep(id, { sentAt }), settled: 'too-old' as const });
    await store.messages.receive(AGENT, [old('1', 1_000), keep('2', { author: 'owner' }), old('3', 2_000)], 3_000);
    await store.messages.receive(AGENT, [old('4', 2_500)], 4_000);
    expect(await store.outcomes.unanswered(AGENT, 10)).toMatchObject([
      { chatId: CHAT, reason: 'too-old', messages: 2, oldestAt: 2_000, newestAt: 2_500 },
    ]);
    expect(await store.outcomes.reopen(AGENT, CHAT)).toBe(2);
    expect(await store.outcomes.reopen(AGENT, CHAT)).toBe(0);
    expect(await store.outcomes.unanswered(AGENT, 10)).toEqual([]);
    expect((await store.messages.lines(AGENT, CHAT, 10)).map(({ open, asked }) => open && asked)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('no answer is queued once the switch is off, or once the owner has written (S20, S25)', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    await store.messages.receive(AGENT, [keep('1')], 3_000);
    const row = (await store.messages.lines(AGENT, CHAT, 1))[0]?.row ?? 0;
    await store.messages.receive(AGENT, [keep('2', { author: 'owner' })], 3_500);
    expect(await store.outbox.queueAnswers(answer(row, ['A']))).toBe(false);
    await store.agents.switchTo(AGENT, false, 4_000);
    expect(await store.outbox.queueAnswers(answer(row + 1, ['B']))).toBe(false);
    expect(await store.outbox.pending(AGENT)).toEqual([]);
  });

  test('a note of a back end is kept for its agent and chat alone, replaced, and gone when it is taken back', async () => {
    const store = await startStore();
    expect(await store.agents.note(AGENT, 'key-1')).toBeNull();
    await store.agents.keepNote(AGENT, 'key-1', 'thread-1');
    await store.agents.keepNote(AGENT, 'key-2', 'thread-2');
    await store.agents.keepNote(AGENT, 'key-1', 'thread-3');
    expect(await store.agents.note(AGENT, 'key-1')).toBe('thread-3');
    expect(await store.agents.note(AGENT, 'key-2')).toBe('thread-2');
    await store.agents.keepNote(AGENT, 'key-1', null);
    expect(await store.agents.note(AGENT, 'key-1')).toBeNull();
    expect(await store.agents.note(AGENT, 'key-2')).toBe('thread-2');
  });

  test('a message that its author deletes is one outcome, and is counted once', async () => {
    const store = await startStore();
    await store.messages.receive(AGENT, [keep('1')], 3_000);
    const change = { chatId: CHAT, messageId: '1', author: 'contact', text: null } as const;
    await store.messages.change(AGENT, change, 4_000);
    await store.messages.change(AGENT, change, 5_000);
    expect(await store.outcomes.list(AGENT, { limit: 10 })).toMatchObject([{ outcome: 'deleted' }]);
    expect(await store.agents.countOf(AGENT, localDay(4_000))).toMatchObject({ skipped: 1 });
  });

  test('a message is taken once: kept or dropped, under whichever of its chats', async () => {
    const store = await startStore();
    expect(await store.messages.receive(AGENT, [keep('1'), keep('1'), drop('2', 1)], 1)).toEqual([
      'new',
      'duplicate',
      'new',
    ]);
    await store.chats.unite(AGENT, ALIAS, [{ from: CHAT, into: 'chat-2' as ChatId, texts: true }]);
    await store.chats.unite(AGENT, ALIAS, [{ from: 'chat-2' as ChatId, into: 'chat-3' as ChatId, texts: true }]);
    const again = ['1', '2'].map((id) => keep(id, { chatId: 'chat-3' as ChatId }));
    expect(await store.messages.receive(AGENT, again, 2)).toEqual(['duplicate', 'duplicate']);
    expect((await store.messages.lines(AGENT, 'chat-3' as ChatId, 10)).map(({ message }) => message.messageId)).toEqual(
      ['1'],
    );
  });

  test('a number that is another person’s now: what was decided is in both chats, what was said in the former alone', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    await store.messages.receive(AGENT, [keep('1')], 3_000);
    await store.chats.setRule(AGENT, CHAT, 'never');
    await store.chats.setHeld(AGENT, CHAT, 9_000);
    const union = { from: CHAT, into: 'chat-2' as ChatId, texts: false };
    await store.chats.unite(AGENT, ALIAS, [union]);
    expect(await store.messages.lines(AGENT, union.into, 10)).toEqual([]);
    expect(await store.messages.lines(AGENT, CHAT, 10)).toHaveLength(1);
    expect(await store.chats.rules(AGENT)).toEqual(new Map([CHAT, union.into].map((chat) => [chat, 'never'])));
    expect((await store.chats.resting(AGENT, 1)).map(({ chatId }) => chatId)).toEqual([CHAT, union.into]);
    expect((await store.chats.list(AGENT, { limit: 9 })).map(({ chatId }) => chatId)).toEqual([CHAT]);
  });

  test('what two chats become, and the pair that made them one, are written together or not at all', async () => {
    const store = await startStore();
    await store.chats.setRule(AGENT, CHAT, 'never');
    const broken = { from: CHAT, into: null as never, texts: true };
    await expect(store.chats.unite(AGENT, ALIAS, [broken])).rejects.toThrow();
    expect(await store.chats.lidOf(AGENT, ALIAS.number)).toBeNull();
    expect([...(await store.chats.rules(AGENT)).keys()]).toEqual([CHAT]);
  });

  test('when two chats become one, they have taken together what each had taken that day', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    const into = 'chat-2' as ChatId;
    await store.messages.receive(AGENT, [keep('1'), keep('2', { chatId: into })], 3_000);
    await store.chats.spend(AGENT, CHAT, DAY, { tokens: 5, micros: 70 });
    await store.chats.spend(AGENT, into, '2026-11-23', { tokens: 1_000, micros: 1_000 });
    await store.chats.spend(AGENT, into, DAY, { tokens: 10, micros: 30 });
    await store.chats.unite(AGENT, ALIAS, [{ from: CHAT, into, texts: true }]);
    expect(await store.chats.spentOn(AGENT, into, DAY)).toEqual({ tokens: 15, micros: 100 });
    expect(await store.chats.spentOn(AGENT, into, '2026-11-25')).toEqual({ tokens: 0, micros: 0 });
  });

  test('when two chats become one, the stricter rule stays', async () => {
    const store = await startStore();
    await store.chats.setRule(AGENT, CHAT, 'never');
    await store.chats.setRule(AGENT, 'chat-2' as ChatId, 'answer');
    await store.chats.unite(AGENT, ALIAS, [{ from: CHAT, into: 'chat-2' as ChatId, texts: true }]);
    expect([...(await store.chats.rules(AGENT))]).toEqual([['chat-2', 'never']]);
  });

  test('forgetting leaves no text in any file, and no rule is lost', async () => {
    const home = temporaryDirectory();
    const store = await startStore(home);
    await store.agents.switchTo(AGENT, true, 2_000);
    await store.messages.receive(AGENT, [keep('1', { text: 'PLANTED-MESSAGE', senderName: 'PLANTED-NAME' })], 3_000);
    await store.outbox.queueAnswers({
      ...answer(1, []),
      answers: [{ messageId: 'A', text: 'PLANTED-ANSWER', notBefore: 0 }],
    });
    const link = 'lnk_1' as LinkId;
    await store.links.create({ id: link, agentId: AGENT, now: 1 });
    await store.links.write(link, {
      journal: [{ hash: 'h', stanza: '{}', plaintext: Buffer.from('PLANTED-JOURNAL'), receivedAt: 1 }],
    });
    await store.chats.setRule(AGENT, CHAT, 'never');
    const found = (): boolean =>
      readdirSync(home).some((name) => readFileSync(path.join(home, name)).includes('PLANTED'));
    expect(found()).toBe(true);
    await store.forgetTexts(AGENT);
    expect(found()).toBe(false);
    expect([...(await store.chats.rules(AGENT))]).toEqual([[CHAT, 'never']]);
    expect(await store.messages.receive(AGENT, [keep('1')], 4_000)).toEqual(['duplicate']);
  });

  test('what is old is erased, what waits is not', async () => {
    const store = await startStore();
    await store.agents.switchTo(AGENT, true, 2_000);
    const many = Array.from(
      { length: 1_200 },
      (_value, index): Admission => ({ ...keep(`old ${index}`), type: 'keep', settled: 'too-old' }),
    );
    await store.messages.receive(AGENT, many, 3_000);
    await store.messages.receive(AGENT, [keep('open')], 3_000);
    const erased = await store.prune(1_000_000, { textsMs: 1_000, idsMs: 10_000_000, sentMs: 1_000 });
    expect(erased).toBe(1_200);
    expect((await store.messages.lines(AGENT, CHAT, 10)).map(({ message }) => message.messageId)).toEqual(['open']);
  });
});

describe('links', () => {
  const link = 'lnk_1' as LinkId;

  test('a link that was activated and lost its credentials is damaged, one that never had any is new', async () => {
    const store = await startStore();
    await store.links.create({ id: link, agentId: AGENT, now: 1 });
    expect(await store.links.credentials(link)).toBeNull();
    await store.links.activate(link, { number: '5511999990001', lid: null }, 1);
    await expect(store.links.credentials(link)).rejects.toMatchObject({ fault: 'damaged' });
  });

  test('unlinking keeps the credentials for the logout and nothing else; destroying keeps nothing (S28)', async () => {
    const store = await startStore();
    await store.links.create({ id: link, agentId: AGENT, now: 1 });
    await store.links.write(link, {
      credentials: 'creds',
      keys: [{ type: 'session', id: 'a', value: Buffer.from('s') }],
    });
    await store.links.activate(link, { number: '5511999990001', lid: '77' }, 1);
    await store.links.startUnlinking(link, null, 5);
    expect(await store.links.credentials(link)).toBe('creds');
    expect((await store.links.keys(link, 'session', ['a'])).size).toBe(0);
    expect(await store.links.list()).toMatchObject([
      { state: 'unlinking', account: { number: '5511999990001' }, unlinkingSince: 5 },
    ]);
    await store.agents.remove(AGENT);
    expect(await store.links.list()).toHaveLength(1);
    await store.links.destroy(link);
    expect(await store.links.list()).toEqual([]);
  });

  test('credentials, keys and journal are written together or not at all', async () => {
    const store = await startStore();
    await store.links.create({ id: link, agentId: AGENT, now: 1 });
    const broken = { hash: null as unknown as string, stanza: '{}', plaintext: Buffer.from('x'), receivedAt: 1 };
    await expect(
      store.links.write(link, {
        credentials: 'new',
        keys: [{ type: 'session', id: 'a', value: Buffer.from('s') }],
        journal: [broken],
      }),
    ).rejects.toThrow();
    expect(await store.links.credentials(link)).toBeNull();
    expect((await store.links.keys(link, 'session', ['a'])).size).toBe(0);
  });
});
