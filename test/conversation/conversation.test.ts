/** One agent's conversation on the real store, with an agent and a line that the test plays, and time in its hand. */
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { Conversation } from '../../relay/conversation/conversation.ts';
import type { SendResult } from '../../relay/conversation/outbox.ts';
import { createLog } from '../../relay/log.ts';
import type { ChatMessage } from '../../relay/store/chat-message.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import type { Store } from '../../relay/store/store.ts';
import type { AgentResult, Turn } from '../../relay/turn.ts';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import { messageFrom } from '../support/chat-messages.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { testSettings } from '../support/settings.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const AGENT = 'agt_ONE' as AgentId;

type Sent = { readonly chatId: ChatId; readonly messageId: string; readonly text: string };
type Bench = {
  readonly conversation: Conversation;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly turns: Turn[];
  readonly aborted: Turn[];
  readonly sent: Sent[];
  /** What the agent says next; a promise lets the test decide when. */
  say(answer: (turn: Turn) => AgentResult | Promise<AgentResult>): void;
  line(result: (answer: Sent) => SendResult | Promise<SendResult>): void;
  write(id: string, changes?: Partial<ChatMessage>): Promise<void>;
  /** The relay dies and comes back: nothing in memory survives. */
  restart(): Promise<Bench>;
};

async function startBench(
  given: { readonly home?: string; readonly clock?: ManualClock; readonly on?: boolean } = {},
): Promise<Bench> {
  const home = given.home ?? temporaryDirectory();
  const clock = given.clock ?? new ManualClock(NOW);
  const store = await openStore(home, { random: systemRandom });
  if (!(await store.agents.get(AGENT))) {
    await store.agents.add({
      id: AGENT,
      name: 'One',
      backEnd: { adapter: 'built-in', settings: {} },
      secret: null,
      now: clock.now() - 60_000,
    });
    await store.agents.edit(AGENT, { scope: 'everyone' });
  }
  const turns: Turn[] = [];
  const aborted: Turn[] = [];
  const sent: Sent[] = [];
  let answer: (turn: Turn) => AgentResult | Promise<AgentResult> = (turn) =>
    said(`answer to ${turn.fresh.at(-1)?.text}`);
  let result: (item: Sent) => SendResult | Promise<SendResult> = () => ({ type: 'acked' });
  let ids = 0;
  const conversation = new Conversation(AGENT, {
    store,
    clock,
    log: createLog('silent', { write: () => undefined }),
    settings: testSettings(home, null),
    agent: () => ({
      check: async () => ({ type: 'ok', detail: '' }),
      answer: async (turn, signal) => {
        turns.push(turn);
        signal.addEventListener('abort', () => aborted.push(turn));
        return answer(turn);
      },
    }),
    send: async (item) => {
      const outcome = await result(item);
      if (outcome.type === 'acked') sent.push(item);
      return outcome;
    },
    newMessageId: () => {
      ids += 1;
      return `OURS${clock.now()}-${ids}`;
    },
    changed: () => undefined,
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    const ended = conversation.stop();
    await settle();
    await ended;
    await store.close();
  };
  onTestFinished(stop);
  await conversation.start();
  if (given.on !== false) await conversation.switchTo(true);
  conversation.lineOpened();
  const bench: Bench = {
    conversation,
    store,
    clock,
    turns,
    aborted,
    sent,
    say: (next) => {
      answer = next;
    },
    line: (next) => {
      result = next;
    },
    write: (id, changes) => conversation.takeIn([messageFrom(id, { sentAt: clock.now(), ...changes })]),
    restart: async () => {
      await stop();
      return startBench({ home, clock });
    },
  };
  return bench;
}

function said(...texts: readonly [string, ...string[]]): AgentResult {
  return { type: 'answer', texts, usage: { inputTokens: 1, outputTokens: 2 } };
}

const chat = (name: string) => ({ chatId: name as ChatId });

test('messages in a row are answered once, two seconds after the last (S19, S24)', async () => {
  const { write, clock, turns, sent } = await startBench();
  await write('1');
  await clock.advance(1_900);
  await write('2');
  await clock.advance(1_900);
  expect(turns).toEqual([]);
  await clock.advance(200);
  expect(turns).toHaveLength(1);
  expect(turns[0]?.fresh.map(({ text }) => text)).toEqual(['text 1', 'text 2']);
  expect(sent.map(({ text }) => text)).toEqual(['answer to text 2']);
});

test('an answer goes to the chat that was asked about, whatever the agent says (S4, S7)', async () => {
  const { write, clock, say, sent } = await startBench();
  say(() => said('{"to":"5511900000000@s.whatsapp.net","text":"hi"}'));
  await write('1', chat('chat-a'));
  await clock.advance(2_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['chat-a']);
});

test('a message delivered three times, and once more after its chats became one, is answered once', async () => {
  const { write, clock, turns, conversation, sent } = await startBench();
  for (let time = 0; time < 3; time++) await write('1', chat('5511@s.whatsapp.net'));
  await clock.advance(5_000);
  await conversation.merged('5511@s.whatsapp.net' as ChatId, '77@lid' as ChatId);
  await write('1', chat('77@lid'));
  await clock.advance(5_000);
  expect(turns).toHaveLength(1);
  expect(sent).toHaveLength(1);
});

test("the owner's words reach the agent as the owner's (S21), and a chat that the owner answered is left alone (S20, S22)", async () => {
  const { write, clock, turns, sent } = await startBench();
  await write('1');
  await clock.advance(1_000);
  await write('2', { author: 'owner', text: 'I am here' });
  await clock.advance(10_000);
  expect(turns).toEqual([]);
  await write('3');
  await clock.advance(2_000);
  expect(turns[0]?.fresh.map(({ author, text }) => [author, text])).toEqual([
    ['contact', 'text 1'],
    ['owner', 'I am here'],
    ['contact', 'text 3'],
  ]);
  expect(sent).toHaveLength(1);
});

test('the owner writing while the agent thinks takes the question back, and the answer is not sent (S20)', async () => {
  const { write, clock, say, sent, aborted } = await startBench();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1');
  await clock.advance(2_000);
  await write('2', { author: 'owner' });
  await clock.advance(0);
  expect(aborted).toHaveLength(1);
  late.resolve(said('too late'));
  await clock.advance(5_000);
  expect(sent).toEqual([]);
});

test('our own answer coming back as an echo is nobody’s word', async () => {
  const { write, clock, sent, turns } = await startBench();
  await write('1');
  await clock.advance(2_000);
  await write(sent[0]?.messageId ?? '', { author: 'owner', text: sent[0]?.text ?? '' });
  await write('2');
  await clock.advance(2_000);
  expect(turns[1]?.fresh.map(({ author }) => author)).toEqual(['contact']);
  expect(turns[1]?.context.map(({ author }) => author)).toEqual(['contact', 'agent']);
});

test('off at once: the question is taken back, what it brings is dropped, and nothing of it is sent (S25)', async () => {
  const { write, clock, say, sent, conversation, aborted, store } = await startBench();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1');
  await clock.advance(2_000);
  await conversation.switchTo(false);
  expect(aborted).toHaveLength(1);
  late.resolve(said('too late'));
  await clock.advance(60_000);
  await conversation.switchTo(true);
  await clock.advance(60_000);
  expect(sent).toEqual([]);
  expect(await store.outbox.pending(AGENT)).toEqual([]);
});

test('off drops what is queued, and it stays dropped (S25)', async () => {
  const { write, clock, conversation, sent } = await startBench();
  conversation.lineClosed();
  await write('1');
  await clock.advance(3_000);
  expect(await conversation.switchTo(false)).toEqual({ droppedAnswers: 1 });
  await conversation.switchTo(true);
  conversation.lineOpened();
  await clock.advance(60_000);
  expect(sent).toEqual([]);
});

test('while off no agent is called, and the text is nowhere (S25, S26)', async () => {
  const { write, clock, conversation, turns, store } = await startBench();
  await conversation.switchTo(false);
  await write('1', { text: 'a secret', senderName: 'Caio', number: '5511988880001' });
  await clock.advance(5_000);
  await conversation.switchTo(true);
  await clock.advance(5_000);
  expect(turns).toEqual([]);
  expect(await store.messages.lines(AGENT, 'chat-1' as ChatId, 10)).toEqual([]);
  expect(await store.chats.list(AGENT, { limit: 10 })).toEqual([]);
  expect((await store.agents.offIntervals(AGENT)).at(-1)?.ignored).toBe(1);
});

test('a message sent while off that arrives after on is not answered (S25)', async () => {
  const { write, clock, conversation, turns } = await startBench();
  conversation.lineClosed();
  await conversation.switchTo(false);
  const sentAt = clock.now() + 1_000;
  await clock.advance(5_000);
  await conversation.switchTo(true);
  conversation.lineOpened();
  await write('1', { sentAt, live: false });
  await clock.advance(5_000);
  expect(turns).toEqual([]);
});

test('an agent that hangs in one chat does not keep another waiting', async () => {
  const { write, clock, say, sent } = await startBench();
  say((turn) => (turn.fresh.some(({ text }) => text === 'hang') ? new Promise(() => undefined) : said('quick')));
  await write('1', { ...chat('slow'), text: 'hang' });
  await clock.advance(2_000);
  await write('2', chat('fast'));
  await clock.advance(2_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['fast']);
});

test('an agent that never answers is given up, and the contact hears nothing', async () => {
  const { write, clock, say, sent, conversation } = await startBench();
  say(() => new Promise(() => undefined));
  await write('1');
  await clock.advance(120_000);
  expect(sent).toEqual([]);
  expect(conversation.activity).toMatchObject({ thinking: 0, lastFault: { fault: 'too-slow' } });
});

test('a line that breaks before the acknowledgement sends the same id again, and the next answer waits its turn', async () => {
  const { write, clock, line, sent, say, conversation } = await startBench();
  const tried: string[] = [];
  say(() => said('one', 'two'));
  line((item) => {
    tried.push(item.messageId);
    return tried.length === 1 ? { type: 'unconfirmed' } : { type: 'acked' };
  });
  await write('1');
  await clock.advance(2_000);
  conversation.lineClosed();
  conversation.lineOpened();
  await clock.advance(1_000);
  expect(tried[0]).toBe(tried[1]);
  expect(sent.map(({ text }) => text)).toEqual(['one', 'two']);
});

test('an answer that is durable but unsent survives a crash, and is sent once (S19)', async () => {
  const first = await startBench();
  first.conversation.lineClosed();
  await first.write('1');
  await first.clock.advance(3_000);
  expect(first.sent).toEqual([]);
  const second = await first.restart();
  await second.clock.advance(5_000);
  expect(second.sent.map(({ text }) => text)).toEqual(['answer to text 1']);
  expect(second.turns).toEqual([]);
});

test('a question that a crash cut off is asked again after the restart, once', async () => {
  const first = await startBench();
  first.say(() => new Promise(() => undefined));
  await first.write('1');
  await first.clock.advance(2_500);
  const second = await first.restart();
  await second.clock.advance(5_000);
  expect(second.sent.map(({ text }) => text)).toEqual(['answer to text 1']);
});

test('an answer that could not be sent for ten minutes is dropped', async () => {
  const { write, clock, conversation, sent } = await startBench();
  conversation.lineClosed();
  await write('1');
  await clock.advance(11 * 60_000);
  conversation.lineOpened();
  await clock.advance(1_000);
  expect(sent).toEqual([]);
});

test('what an agent says is bounded: no control characters, no endless text, no hundred messages', async () => {
  const { write, clock, say, sent } = await startBench();
  say(() =>
    said('x'.repeat(1_000_000), 'a\u0000b\u202Ec', ...Array.from({ length: 100 }, (_value, index) => `more ${index}`)),
  );
  await write('1');
  await clock.advance(2_000);
  expect(sent).toHaveLength(5);
  expect(sent[0]?.text).toHaveLength(4_000);
  expect(sent[1]?.text).toBe('abc');
});

test('an outage ends with one answer a chat at most, and none for what is old', async () => {
  const { clock, conversation, turns } = await startBench();
  await clock.advance(3_600_000);
  const minute = 60_000;
  const batch = ['a', 'b', 'c'].flatMap((name) =>
    [55, 30, 9, 3].map((age) =>
      messageFrom(`${name}${age}`, { ...chat(name), sentAt: clock.now() - age * minute, live: false }),
    ),
  );
  batch.push(messageFrom('old', { ...chat('d'), sentAt: clock.now() - 11 * minute, live: false }));
  await conversation.takeIn(batch);
  await clock.advance(5_000);
  expect(turns).toHaveLength(3);
});

test('with chosen chats only, the others leave no text and are not answered', async () => {
  const { write, clock, conversation, turns, store } = await startBench();
  await conversation.setScope('listed');
  await write('1', chat('chosen'));
  await conversation.setRule('chosen' as ChatId, 'answer');
  await write('2', chat('chosen'));
  await write('3', chat('other'));
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text 2']]);
  expect(await store.messages.lines(AGENT, 'other' as ChatId, 10)).toEqual([]);
  expect((await store.chats.list(AGENT, { limit: 10 })).map(({ chatId }) => chatId).sort()).toEqual([
    'chosen',
    'other',
  ]);
});
