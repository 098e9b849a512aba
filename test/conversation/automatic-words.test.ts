/** What WhatsApp Business writes for the owner takes no chat from the agent; what the owner writes does. */
import { describe, expect, test } from 'vitest';
import { isAutomatic } from '../../relay/conversation/automatic-words.ts';
import { type ConversationBench, inChat, said, startConversation } from '../support/conversation-bench.ts';

const GREETING = 'Olá! Que bom ter você aqui. Já respondemos.';
const owner = (text: string, chat: string) => ({ ...inChat(chat), author: 'owner', text }) as const;

async function answering(): Promise<ConversationBench> {
  const bench = await startConversation();
  bench.say((turn) => said(`sobre ${turn.fresh.map(({ text }) => text).join(' ')}`));
  return bench;
}

test('a greeting to a first message leaves the chat to the agent, which is told what it said', async () => {
  const bench = await answering();
  await bench.write('M1', { ...inChat('a'), text: 'oi' });
  await bench.clock.advance(1_000);
  await bench.write('G1', owner(GREETING, 'a'));
  await bench.clock.advance(5_000);
  expect(bench.sent.map(({ text }) => text)).toEqual(['sobre oi']);
  expect(bench.turns.at(-1)?.context).toMatchObject([{ author: 'agent', text: GREETING }]);
  expect(bench.conversation.activity.held).toEqual([]);
});

test('so does one that comes with the message in one batch, and one that its envelope held at first', async () => {
  const bench = await answering();
  await bench.conversation.takeIn([
    bench.message('M1', { ...inChat('a'), text: 'oi' }),
    bench.message('G1', owner(GREETING, 'a')),
  ]);
  await bench.write('M2', { ...inChat('b'), text: 'olá' });
  await bench.conversation.ownerSeen({ ...inChat('b'), messageId: 'G2', sentAt: bench.clock.now(), live: true });
  expect(bench.conversation.activity.held).toHaveLength(1);
  await bench.write('G2', owner(GREETING, 'b'));
  await bench.clock.advance(5_000);
  expect(bench.sent.map(({ text }) => text).toSorted((one, other) => (one < other ? -1 : 1))).toEqual([
    'sobre oi',
    'sobre olá',
  ]);
  expect(bench.conversation.activity.held).toEqual([]);
});

test('a note that one is away is known by the chats that got it before', async () => {
  const bench = await answering();
  const away = 'Estamos fora até amanhã.';
  // All of them have written today already: nothing tells the note but that others got it.
  for (const chat of ['a', 'b', 'c']) {
    await bench.write(`M1${chat}`, { ...inChat(chat), text: 'oi' });
    await bench.clock.advance(60_000);
  }
  const held: number[] = [];
  for (const chat of ['a', 'b', 'c']) {
    await bench.write(`M2${chat}`, { ...inChat(chat), text: 'tem bolo?' });
    await bench.clock.advance(1_000);
    await bench.write(`N${chat}`, owner(away, chat));
    await bench.clock.advance(5_000);
    held.push(bench.conversation.activity.held.length);
  }
  expect(held).toEqual([1, 2, 2]);
  expect(bench.sent.at(-1)).toMatchObject({ chatId: 'c', text: 'sobre tem bolo?' });
});

test('words that the owner keeps ready and sends by hand take the chat', async () => {
  const bench = await answering();
  for (const chat of ['a', 'b', 'c']) {
    await bench.write(`M${chat}`, { ...inChat(chat), text: 'oi' });
    await bench.clock.advance(30_000);
    await bench.write(`Q${chat}`, owner('O cardápio está em anexo.', chat));
  }
  expect(bench.conversation.activity.held).toHaveLength(3);
});

test('where the owner wants none of it, every word of their number takes the chat', async () => {
  const bench = await answering();
  bench.settings.automaticWords = 'no';
  await bench.write('M1', { ...inChat('a'), text: 'oi' });
  await bench.write('G1', owner(GREETING, 'a'));
  await bench.clock.advance(5_000);
  expect(bench.sent).toEqual([]);
  expect(bench.conversation.activity.held).toHaveLength(1);
});

test('a short word can be by hand, however soon', () => {
  const before = [{ author: 'contact', sentAt: 1_000 }] as const;
  expect(isAutomatic({ sentAt: 2_000, text: 'deixa comigo' }, before, 0)).toBe(false);
});

describe('by the lines before', () => {
  const DAY = 86_400_000;
  const NOW = 1_800_000_000_000;
  const contact = (sentAt: number) => ({ author: 'contact', sentAt }) as const;
  test.each([
    ['2 s after the first word of all', [contact(NOW - 2_000)], 0, true],
    ['2 s after the first word in a week', [contact(NOW - 7 * DAY), contact(NOW - 2_000)], 0, true],
    ['2 s after a word like yesterday’s', [contact(NOW - DAY), contact(NOW - 2_000)], 0, false],
    ['to the second piece of a first message', [contact(NOW - 9_000), contact(NOW - 1_000)], 0, true],
    ['5 s after the first word of all', [contact(NOW - 5_000)], 0, false],
    ['5 s after, in words that two others got', [contact(NOW - DAY), contact(NOW - 5_000)], 2, true],
    ['30 s after, in words that two others got', [contact(NOW - 30_000)], 2, false],
    ['to nobody', [], 5, false],
    ['after the owner’s own word', [contact(NOW - 2_000), { author: 'owner', sentAt: NOW - 1_000 } as const], 5, false],
  ])('%s', (_when, before, others, automatic) => {
    expect(isAutomatic({ sentAt: NOW, text: GREETING }, before, others)).toBe(automatic);
  });
});
