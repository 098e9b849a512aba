/** What the store is asked all the time, with few messages in it and with many: a hundred messages a chat. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { systemRandom } from '../../../relay/clock.ts';
import type { Admission } from '../../../relay/store/message-ledger.ts';
import { openStore } from '../../../relay/store/sqlite-store.ts';
import type { Store } from '../../../relay/store/store.ts';
import type { AgentId, ChatId, SkipReason } from '../../../shared/contract/chat.ts';

const AGENT = 'agt_ONE' as AgentId;
const A_CHAT = 100;
const A_BATCH = 1_000;
const RUNS = 51;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CONTEXT_LINES = 40;
const PAGE = 50;

const chatAt = (at: number): ChatId => `${200_000_000_000_000 + at}@lid` as ChatId;

function admission(at: number, chats: number, now: number): Admission {
  // Nobody decided against one in nineteen, in all chats alike; the rest have what most have.
  const settled: SkipReason = at % 19 === 0 ? 'too-old' : 'owner-wrote';
  return {
    type: 'keep',
    settled,
    message: {
      chatId: chatAt(at % chats),
      chatKind: 'direct',
      messageId: `3A${at}`,
      author: 'contact',
      number: null,
      senderName: 'Caio',
      sentAt: now,
      live: true,
      kind: 'text',
      text: `Oi! Vocês abrem no domingo? (${at})`,
      shown: [],
      disappearsAfter: null,
      addressed: true,
    },
  };
}

type Query = readonly [title: string, ask: (store: Store, run: number, chats: number) => Promise<unknown>];

const QUERIES: readonly Query[] = [
  [
    'a message is taken in',
    (store, run, chats) => store.messages.receive(AGENT, [admission(-1 - run, chats, Date.now())], Date.now()),
  ],
  [
    'a copy is known',
    (store, run, chats) => store.messages.receive(AGENT, [admission(run, chats, Date.now())], Date.now()),
  ],
  ['the lines of a chat', (store, run) => store.messages.lines(AGENT, chatAt(run), CONTEXT_LINES)],
  ['chats with open messages', (store) => store.messages.openChats(AGENT)],
  ['the newest chats', (store) => store.chats.list(AGENT, { limit: PAGE })],
  ['why not answered', (store) => store.outcomes.skips(AGENT, PAGE)],
  ['what was not answered', (store) => store.outcomes.unanswered(AGENT, PAGE)],
  ['the latest outcomes', (store) => store.outcomes.list(AGENT, { limit: PAGE })],
];

/** Median milliseconds of each query, with each of `sizes` messages. */
export async function measureQueries(
  sizes: readonly number[],
): Promise<readonly { readonly title: string; readonly ms: readonly number[] }[]> {
  const found = QUERIES.map(([title]) => ({ title: `${title}, ${sizes.join(' → ')} messages`, ms: [] as number[] }));
  for (const size of sizes) {
    const home = mkdtempSync(path.join(tmpdir(), 'recado-queries-'));
    const store = await openStore(home, { random: systemRandom });
    try {
      const chats = Math.max(1, size / A_CHAT);
      await fill(store, size, chats);
      for (const [at, [, ask]] of QUERIES.entries()) found[at]?.ms.push(await timed((run) => ask(store, run, chats)));
    } finally {
      await store.close();
      rmSync(home, { recursive: true, force: true });
    }
  }
  return found;
}

async function fill(store: Store, size: number, chats: number): Promise<void> {
  await store.agents.add({
    id: AGENT,
    name: 'Recado',
    backEnd: { adapter: 'built-in', settings: {} },
    secret: null,
    now: 1,
  });
  const first = Date.now() - DAY_MS;
  for (let begin = 0; begin < size; begin += A_BATCH) {
    const now = first + Math.floor((begin / size) * (DAY_MS - MINUTE_MS));
    const batch = Array.from({ length: Math.min(A_BATCH, size - begin) }, (_none, at) =>
      admission(begin + at, chats, now),
    );
    await store.messages.receive(AGENT, batch, now);
  }
}

async function timed(ask: (run: number) => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await ask(run);
    all.push(performance.now() - began);
  }
  return all.sort((one, other) => one - other)[Math.floor(RUNS / 2)] ?? Number.NaN;
}
