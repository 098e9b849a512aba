/** People write in pieces: what has not left is thought over, and a flow that was begun is not begun without an end. */
import { describe, expect, test } from 'vitest';
import type { AgentResult, Turn } from '../../relay/turn.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';
import { settle } from '../support/manual-clock.ts';

const CHAT = inChat('a');
const PACED = { settings: { gatherSeconds: 2, paceSeconds: 12, piecesSeconds: 10 } };
const words = ({ fresh }: Turn) => fresh.map(({ text }) => text).join(' ');

describe('an answer that has not left when its contact writes on', () => {
  test.each([3, 5, 7, 9])(
    'is thought over where pieces come %i s apart: one answer to all of them',
    async (seconds) => {
      const bench = await startConversation(PACED);
      bench.say((turn) => said(`sobre: ${words(turn)}`));
      for (const [at, text] of ['oi', 'queria um bolo', 'de milho', 'pra sábado'].entries()) {
        await bench.write(`M${at}`, { ...CHAT, text });
        await bench.clock.advance(seconds * 1_000);
      }
      await bench.clock.advance(40_000);
      expect(bench.sent.map(({ text }) => text)).toEqual(['sobre: oi queria um bolo de milho pra sábado']);
      expect(await bench.outcomes()).toEqual(['answered', 'answered', 'answered', 'answered']);
    },
  );

  test('leaves as it is once it stands on the wire, or a part of it has left', async () => {
    const bench = await startConversation({ settings: { gatherSeconds: 1, paceSeconds: 12 } });
    bench.say((turn) => (words(turn).startsWith('oi') ? said('um', 'dois') : said('três')));
    await bench.write('M1', { ...CHAT, text: 'oi' });
    await bench.clock.advance(2_000);
    expect(bench.sent.map(({ text }) => text)).toEqual(['um']);
    await bench.write('M2', { ...CHAT, text: 'e?' });
    await bench.clock.advance(20_000);
    expect(bench.sent.map(({ text }) => text)).toEqual(['um', 'dois', 'três']);
  });

  test('is not thought over without an end: whoever never pauses is answered, too', async () => {
    const bench = await startConversation(PACED);
    bench.say((turn) => said(`sobre: ${turn.fresh[0]?.text}`));
    for (let at = 0; at < 20; at += 1) {
      await bench.write(`M${at}`, { ...CHAT, text: `e ${at}` });
      await bench.clock.advance(9_000);
    }
    expect(bench.sent.length).toBeGreaterThan(0);
    await bench.clock.advance(60_000);
    expect(await bench.outcomes()).toEqual(Array.from({ length: 20 }, () => 'answered'));
  });
});

describe('a flow that goes on by itself', () => {
  /** How often each message was part of a question. */
  const runsOf = (turns: readonly Turn[]) => {
    const runs = new Map<string, number>();
    for (const { text } of turns.flatMap(({ fresh }) => fresh)) runs.set(text, (runs.get(text) ?? 0) + 1);
    return runs;
  };

  test('runs at most twice with the same message, however its contact writes on', async () => {
    const bench = await startConversation(PACED);
    bench.runsToItsEnd();
    bench.say((turn) => said(`sobre: ${words(turn)}`));
    for (let at = 0; at < 8; at += 1) {
      await bench.write(`M${at}`, { ...CHAT, text: `m${at}` });
      await bench.clock.advance(3_500);
    }
    await bench.clock.advance(60_000);
    expect(Math.max(...runsOf(bench.turns).values())).toBeLessThanOrEqual(2);
    expect(new Set(bench.turns.flatMap(({ fresh }) => fresh.map(({ text }) => text))).size).toBe(8);
    expect(await bench.outcomes()).toEqual(Array.from({ length: 8 }, () => 'answered'));
  });

  const tooSlow: AgentResult = { type: 'fault', fault: 'too-slow', detail: '', usage: null, mayGoOn: true };

  test('is not begun again by itself when it was too slow; the owner may have it begun', async () => {
    const bench = await startConversation();
    bench.runsToItsEnd();
    bench.say(() => tooSlow);
    await bench.write('M1', { ...CHAT, text: 'oi' });
    await bench.clock.advance(300_000);
    expect(bench.turns).toHaveLength(1);
    expect(await bench.outcomes()).toEqual(['agent-error']);
    expect(await bench.store.outcomes.unanswered(AGENT, 5)).toMatchObject([{ chatId: CHAT.chatId, messages: 1 }]);
    bench.say(() => said('Oi!'));
    expect(await bench.conversation.chats.answer(CHAT.chatId)).toMatchObject({ messages: 1 });
    await bench.clock.advance(5_000);
    expect(bench.sent.map(({ text }) => text)).toEqual(['Oi!']);
    // The same question has the same name, and says which time it is asked.
    const [first, second] = bench.turns;
    expect(second).toMatchObject({ id: first?.id, attempt: 2 });
  });

  test('is begun again where it can be, and where nothing of it was begun', async () => {
    const bench = await startConversation();
    bench.say(() => tooSlow);
    await bench.write('M1', { ...CHAT, text: 'oi' });
    await bench.clock.advance(5_000);
    expect(bench.turns.length).toBeGreaterThan(1);
    bench.runsToItsEnd();
    bench.say(() => ({ type: 'fault', fault: 'unreachable', detail: '', usage: null }));
    const before = bench.turns.length;
    await bench.clock.advance(60_000);
    expect(bench.turns.length).toBeGreaterThan(before + 1);
  });

  test('another question has another name', async () => {
    const bench = await startConversation();
    bench.say((turn) => said(words(turn)));
    await bench.write('M1', { ...CHAT, text: 'oi' });
    await bench.clock.advance(5_000);
    await bench.write('M2', { ...CHAT, text: 'tudo bem?' });
    await bench.clock.advance(5_000);
    const [first, second] = bench.turns;
    expect(second?.id).not.toBe(first?.id);
    expect(second?.context.find(({ text }) => text === 'oi')?.id).toBe(first?.fresh[0]?.id);
    expect(JSON.stringify(bench.turns)).not.toContain('M1');
  });
});

describe('the sign that an answer is being written', () => {
  const TYPING = { settings: { ...PACED.settings } };
  const typing = async () => {
    const bench = await startConversation(TYPING);
    bench.settings.typing = 'yes';
    await bench.write('M1', { ...CHAT, text: 'oi' });
    await bench.clock.advance(2_500);
    expect(bench.told).toEqual(['writing a']);
    return bench;
  };

  test('goes when what it answers is deleted', async () => {
    const bench = await typing();
    await bench.conversation.messageChanged({ ...CHAT, messageId: 'M1', author: 'contact', text: null });
    expect(bench.told.at(-1)).toBe('not writing a');
  });

  test('goes when what it answers is changed, and the agent has nothing to say to that', async () => {
    const bench = await typing();
    bench.say(() => ({ type: 'silence', usage: null }));
    await bench.conversation.messageChanged({ ...CHAT, messageId: 'M1', author: 'contact', text: 'nada' });
    await bench.clock.advance(30_000);
    expect(bench.told).toEqual(['writing a', 'not writing a']);
  });

  test('goes when the owner writes, and when the switch goes off', async () => {
    const bench = await typing();
    await bench.write('O1', { ...CHAT, text: 'deixa comigo', author: 'owner' });
    await settle();
    expect(bench.told.at(-1)).toBe('not writing a');
    const other = await typing();
    await other.conversation.switch.moveTo(false);
    await settle();
    expect(other.told.at(-1)).toBe('not writing a');
  });

  test('goes when the relay stops', async () => {
    const bench = await typing();
    await bench.conversation.stop();
    expect(bench.told.at(-1)).toBe('not writing a');
  });

  test('goes after a start that finds it left behind', async () => {
    const bench = await typing();
    const later = await bench.restart({ ...PACED.settings, typing: 'yes' });
    expect(later.told).toEqual([]);
    await later.conversation.messageChanged({ ...CHAT, messageId: 'M1', author: 'contact', text: null });
    expect(later.told).toEqual(['not writing a']);
  });
});
