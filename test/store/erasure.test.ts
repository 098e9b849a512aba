/** What is erased is in no file any more, while the relay runs on: values of every kind, planted, erased in every way, and looked for. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ClientId } from '../../relay/store/client-ledger.ts';
import type { LinkId } from '../../relay/store/link-ledger.ts';
import type { Store } from '../../relay/store/store.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { answer, keep } from '../support/ledger-entries.ts';
import { foundIn, type Planted, plant } from '../support/planted-values.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const LINK = 'lnk_ONE' as LinkId;
const CLIENT = 'cli_ONE' as ClientId;
const DAY_MS = 86_400_000;
/** So many that pages are split and joined while they come and go. */
const KEYS = 900;
const TEXTS = 120;

type Bench = { readonly home: string; readonly store: Store; readonly planted: Planted };

const hex = (value: Buffer | undefined): string => (value ?? Buffer.alloc(0)).toString('hex');

/** A store in use: a linked agent with keys that were written over and over, texts, answers, a journal, a key, a browser. */
async function used(): Promise<Bench> {
  const home = temporaryDirectory();
  const store = await withAgent(await testStore(home));
  const raw = plant([
    'credentials',
    'former credentials',
    ...Array.from({ length: KEYS }, (_value, at) => `key ${at}`),
    ...Array.from({ length: KEYS }, (_value, at) => `former key ${at}`),
    ...Array.from({ length: TEXTS }, (_value, at) => `text ${at}`),
    ...Array.from({ length: TEXTS }, (_value, at) => `answer ${at}`),
    'journal',
    'former agent key',
    'agent key',
    'chat name',
    'browser key',
  ]);
  const word = (name: string): string => hex(raw.get(name));
  const bytes = (name: string): Uint8Array => Buffer.from(word(name));
  await store.links.create({ id: LINK, agentId: AGENT, now: 1 });
  await store.links.write(LINK, { credentials: word('former credentials').repeat(40) });
  for (const round of ['former key', 'key'])
    for (let at = 0; at < KEYS; at += 30)
      await store.links.write(LINK, {
        credentials: word('credentials').repeat(40),
        keys: Array.from({ length: 30 }, (_value, index) => ({
          type: index % 2 ? 'session' : 'pre-key',
          id: `${(at + index) * 7_919}`,
          // Some fill pages of their own.
          value: Buffer.concat(Array(index % 7 === 0 ? 90 : 3).fill(bytes(`${round} ${at + index}`))),
        })),
      });
  await store.links.activate(LINK, { number: '5511999990001', lid: '110000000000001' }, 1);
  const entry = { hash: 'ab', stanza: '{}', plaintext: bytes('journal'), receivedAt: 1 };
  await store.links.write(LINK, { journal: [entry] });
  await store.agents.edit(AGENT, { secret: word('former agent key') });
  await store.agents.edit(AGENT, { secret: word('agent key') });
  await store.agents.switchTo(AGENT, true, 2_000);
  for (let at = 0; at < TEXTS; at++) {
    await store.messages.receive(AGENT, [keep(`m${at}`, { text: word(`text ${at}`) })], 3_000);
    await store.outbox.queueAnswers({
      ...answer(at + 1, []),
      answers: [{ messageId: `a${at}`, text: word(`answer ${at}`), notBefore: 0 }],
      now: 3_000,
    });
    await store.outbox.markSent(AGENT, `a${at}`, 3_000);
  }
  await store.messages.receive(
    AGENT,
    [keep('named', { chatId: 'chat-1' as ChatId, senderName: word('chat name') })],
    3_000,
  );
  const client = {
    id: CLIENT,
    name: 'Chrome',
    origin: 'x',
    publicKey: word('browser key'),
    pairedAt: 1,
    seenAt: 1,
    madeHere: false,
  };
  await store.clients.add(client, 8);
  const planted = new Map([...raw].map(([name]) => [name, Buffer.from(word(name))]));
  return { home, store, planted };
}

function only(planted: Planted, pattern: RegExp): Planted {
  return new Map([...planted].filter(([name]) => pattern.test(name)));
}

type Way = readonly [how: string, erased: RegExp, erase: (bench: Bench) => Promise<unknown>];

const LINK_VALUES = /^(former )?(credentials|key \d+)$|^journal$/;
const TEXT_VALUES = /^(text|answer) \d+$/;

const WAYS: readonly Way[] = [
  ['a link that is gone', LINK_VALUES, ({ store }) => store.links.destroy(LINK)],
  [
    'a link that waits for its logout: all but the credentials',
    /^(former )?key \d+$|^journal$|^former credentials$/,
    ({ store }) => store.links.startUnlinking(LINK, null, 4_000),
  ],
  ['a key that was replaced', /agent key$/, ({ store }) => store.agents.edit(AGENT, { secret: 'another' })],
  ['a key that was removed', /agent key$/, ({ store }) => store.agents.edit(AGENT, { secret: null })],
  [
    'an agent that was removed',
    /agent key$|^(text|answer) |^chat name$|^(former )?(credentials|key )|^journal$/,
    async ({ store }) => {
      await store.forgetTexts(AGENT);
      await store.agents.remove(AGENT);
    },
  ],
  [
    'a chat that was forgotten',
    /^(text|answer) |^chat name$/,
    ({ store }) => store.chats.forget(AGENT, 'chat-1' as ChatId),
  ],
  ['all texts', /^(text|answer) |^chat name$|^journal$/, ({ store }) => store.forgetTexts(null)],
  [
    'what is older than it may be kept',
    TEXT_VALUES,
    ({ store }) => store.prune(40 * DAY_MS, { textsMs: 30 * DAY_MS, idsMs: 30 * DAY_MS, sentMs: 30 * DAY_MS }),
  ],
  ['a browser that was revoked', /^browser key$/, ({ store }) => store.clients.revoke(CLIENT)],
];

test.each(WAYS)('%s', async (_how, erased, erase) => {
  const bench = await used();
  const there = only(bench.planted, /^(credentials|key 1|text 1|answer 1|journal|agent key|chat name|browser key)$/);
  expect(new Set(foundIn(bench.home, there).map((found) => found.split(' in ')[0]))).toEqual(new Set(there.keys()));
  await erase(bench);
  const gone = only(bench.planted, erased);
  expect(gone.size).toBeGreaterThan(0);
  expect(foundIn(bench.home, gone)).toEqual([]);
});

test('what was erased and not yet gone from the log when the relay was killed is gone after its next start', async () => {
  const home = temporaryDirectory();
  const [name = '', value = Buffer.alloc(0)] = [...plant(['text'])][0] ?? [];
  const planted = new Map([[name, Buffer.from(hex(value))]]);
  const code = `
    import { openStore } from ${JSON.stringify(path.join(import.meta.dirname, '../../relay/store/sqlite-store.ts'))};
    import { openDatabase } from ${JSON.stringify(path.join(import.meta.dirname, '../../relay/store/database.ts'))};
    const store = await openStore(${JSON.stringify(home)}, { random: { fraction: () => 0, bytes: (n) => new Uint8Array(n) } });
    await store.agents.add({ id: 'agt_ONE', name: 'one', backEnd: { adapter: 'built-in', settings: {} }, secret: ${JSON.stringify(hex(value))}, now: 1 });
    await store.close();
    // As a relay would that dies between the deletion and the emptying of its log.
    const database = openDatabase(${JSON.stringify(home)});
    database.run('DELETE FROM agent_secrets');
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'exit');
  expect(foundIn(home, planted)).not.toEqual([]);
  await testStore(home);
  expect(foundIn(home, planted)).toEqual([]);
});
