/** Two programs that answer each other are stopped in their chat, however slow they are; people are not taken for programs. */
import { describe, expect, test } from 'vitest';
import { isBackAndForth, type SpokenLine } from '../../relay/conversation/back-and-forth.ts';
import { NO_CAPS } from '../../shared/contract/cost.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';

const SECOND = 1_000;

/** This side answers at once; the other side's turns are given as seconds until they come, and what they say. */
function talk(turns: readonly (readonly [number, string])[]): readonly SpokenLine[] {
  let at = 0;
  return turns.flatMap(([seconds, text]): readonly SpokenLine[] => {
    at += seconds * SECOND;
    const heard = { author: 'contact', text, sentAt: at } as const;
    at += 5 * SECOND;
    return [heard, { author: 'agent', text: 'certo', sentAt: at }];
  });
}

describe('is a program', () => {
  test.each<[string, readonly (readonly [number, string])[]]>([
    [
      'every 30 s, at one length',
      Array.from({ length: 10 }, (_, at) => [30 + (at % 3), `Obrigado pelo seu contato ${at}!`]),
    ],
    [
      'at any time, with a number that counts',
      [12, 50, 7, 31, 90, 15, 44, 8, 61, 23].map((seconds, at) => [seconds, `Sua posição na fila é ${at}. Aguarde.`]),
    ],
    [
      'two sentences in turn',
      [12, 50, 7, 31, 90, 15, 44, 8, 61, 23].map((seconds, at) => [
        seconds,
        at % 2 === 0 ? 'Não entendi. Digite 1 para vendas.' : 'Digite 2 para falar com alguém.',
      ]),
    ],
  ])('%s', (_what, turns) => {
    expect(isBackAndForth(talk(turns), 8)).toBe(true);
  });
});

describe('is a person', () => {
  test.each<[string, readonly (readonly [number, string])[]]>([
    [
      'who asks about a cake',
      [
        [0, 'oi'],
        [12, 'quanto custa o bolo de milho?'],
        [40, 'e o de cenoura'],
        [8, 'tem pra sábado?'],
        [95, 'minha irmã faz aniversário'],
        [20, 'pode ser de 2kg'],
        [33, 'aceita pix?'],
        [11, 'qual a chave'],
        [70, 'mandei!'],
        [6, 'obrigada ❤️'],
      ],
    ],
    [
      'who chooses from a menu',
      [9, 14, 22, 7, 31, 12, 18, 26, 11, 8].map((seconds, at) => [seconds, String((at % 4) + 1)]),
    ],
    ['who says yes to everything', [9, 4, 22, 7, 31, 12, 18, 46, 11, 8].map((seconds) => [seconds, 'sim'])],
    ['who has only begun', [30, 30, 30, 30, 30].map((seconds) => [seconds, 'Obrigado pelo contato!'])],
  ])('%s', (_what, turns) => {
    expect(isBackAndForth(talk(turns), 8)).toBe(false);
  });

  test('where the owner looked in, what was before says nothing', () => {
    const turns = talk(Array.from({ length: 10 }, () => [30, 'Obrigado pelo seu contato!'] as const));
    const owner = { author: 'owner', text: 'oi', sentAt: turns[12]?.sentAt ?? 0 } as const;
    expect(isBackAndForth([...turns.slice(0, 13), owner, ...turns.slice(13)], 8)).toBe(false);
  });
});

test.each([15, 30, 60])(
  'a loop at %i s a turn is stopped in its chat alone, long before the day’s tokens are gone',
  async (seconds) => {
    const bench = await startConversation();
    bench.say((turn) => said(`Recebemos: ${turn.fresh.at(-1)?.text}`));
    for (let at = 0; at < 60; at += 1) {
      await bench.write(`M${at}`, { ...inChat('loop'), text: `Mensagem automática número ${at}` });
      await bench.clock.advance(seconds * SECOND);
    }
    expect(bench.turns.length).toBeLessThanOrEqual(24);
    expect(await bench.outcomes()).toContain('brake');
    await bench.write('P1', { ...inChat('person'), text: 'oi' });
    await bench.clock.advance(5 * SECOND);
    expect(bench.sent.at(-1)?.chatId).toBe('person');
  },
);

test('nobody gets more answers in an hour than people need', async () => {
  const bench = await startConversation();
  const words = ['oi', 'tudo bem com vocês hoje?', 'e', 'queria saber uma coisa sobre o bolo', 'sim'];
  bench.say((turn) => said(`sobre ${turn.fresh.at(-1)?.text}`));
  for (let at = 0; at < 70; at += 1) {
    await bench.write(`M${at}`, { ...inChat('a'), text: `${words[at % words.length]} ${'x'.repeat((at * 7) % 40)}` });
    await bench.clock.advance((20 + ((at * 37) % 60)) * SECOND);
  }
  expect(bench.sent.length).toBeLessThanOrEqual(48);
  expect(await bench.outcomes()).toContain('brake');
});

test('one chat takes no more than its share of the day’s tokens; the others go on', async () => {
  const bench = await startConversation({ settings: { dailyTokens: 1_000, chatTokensPercent: 30 } });
  bench.say((turn) => ({
    type: 'answer',
    texts: [`sobre ${turn.fresh.at(-1)?.text}`],
    usage: { inputTokens: 90, outputTokens: 10 },
  }));
  for (const [at, text] of ['um', 'dois', 'três', 'quatro', 'cinco'].entries()) {
    await bench.write(`M${at}`, { ...inChat('a'), text });
    await bench.clock.advance(20 * SECOND);
  }
  expect(bench.turns).toHaveLength(3);
  expect(await bench.outcomes()).toEqual(['answered', 'answered', 'answered', 'brake', 'brake']);
  await bench.write('P1', { ...inChat('person'), text: 'oi' });
  await bench.clock.advance(5 * SECOND);
  expect(bench.sent.at(-1)?.chatId).toBe('person');
  // The share is the day's: tomorrow there is another one.
  await bench.clock.advance(24 * 3_600 * SECOND);
  await bench.write('M9', { ...inChat('a'), text: 'bom dia' });
  await bench.clock.advance(5 * SECOND);
  expect(await bench.outcomes()).toContain('answered');
  expect(bench.sent.at(-1)?.chatId).toBe('a');
});

test.each([
  ['money', { chatMicros: 300 }],
  ['tokens', { chatTokens: 300 }],
] as const)('one chat takes no more %s than its owner lets it; the others go on', async (_what, caps) => {
  const bench = await startConversation();
  await bench.store.agents.edit(AGENT, { caps: { ...NO_CAPS, ...caps } });
  bench.say((turn) => ({
    type: 'answer',
    texts: [`sobre ${turn.fresh.at(-1)?.text}`],
    usage: { inputTokens: 90, outputTokens: 10, cost: { currency: 'USD', micros: 100 } },
  }));
  for (const [at, text] of ['um', 'dois', 'três', 'quatro'].entries()) {
    await bench.write(`M${at}`, { ...inChat('a'), text });
    await bench.clock.advance(20 * SECOND);
  }
  expect(await bench.outcomes()).toEqual(['answered', 'answered', 'answered', 'brake']);
  await bench.write('P1', { ...inChat('person'), text: 'oi' });
  await bench.clock.advance(5 * SECOND);
  expect(bench.sent.at(-1)?.chatId).toBe('person');
  expect(await bench.store.agents.get(AGENT)).toMatchObject({ on: true });
});
