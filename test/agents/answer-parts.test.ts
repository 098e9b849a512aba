/** A long answer leaves whole, in messages that end where a person would end them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partsOf, wholeSentences } from '../../relay/agents/answer-parts.ts';

const plain = (texts: readonly string[]) => texts.join('').replace(/\s/g, '');

test('what fits is one message, as it is', () => {
  expect(partsOf('Oi!\n\nTudo bem?', { characters: 40, texts: 5 })).toEqual({ texts: ['Oi!\n\nTudo bem?'], left: 0 });
});

test.each([
  ['paragraphs', 'Primeiro parágrafo aqui.\n\nSegundo parágrafo. Com duas frases.', 30, 'Primeiro parágrafo aqui.'],
  ['lines', 'uma linha de lista\noutra linha de lista', 25, 'uma linha de lista'],
  ['sentences', 'Uma frase curta. Outra frase curta. E mais', 38, 'Uma frase curta. Outra frase curta.'],
  ['words', 'palavras sem um ponto que as termine', 20, 'palavras sem um'],
  [
    'a paragraph that would be too short',
    'Oi!\n\nAgora vem um texto longo. E segue.',
    30,
    'Oi!\n\nAgora vem um texto longo.',
  ],
  ['a word before a long address', 'veja https://loja.example/a/b/c/d/e/f', 20, 'veja'],
])('it is cut between %s', (_place, text, characters, first) => {
  const { texts, left } = partsOf(text, { characters, texts: 9 });
  expect(texts[0]).toBe(first);
  expect(left).toBe(0);
  expect(plain(texts)).toBe(plain([text]));
});

const PIX =
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913FULANO DE TAL6008BRASILIA62070503***63041D3D';

test.each([
  ['a Pix code', `Segue o Pix. ${PIX} Obrigado.`, PIX, 150],
  ['a code in a line', 'Escreva assim: `um comando com espaços` no fim', '`um comando com espaços`', 30],
  ['words between marks', 'Texto e mais texto *palavras em negrito* e fim', '*palavras em negrito*', 32],
])('%s is not cut', (_what, text, whole, characters) => {
  const { texts } = partsOf(text, { characters, texts: 9 });
  expect(texts.filter((part) => part.includes(whole))).toHaveLength(1);
});

test('a block of code longer than a message is a block in each', () => {
  const block = `\`\`\`\n${Array.from({ length: 20 }, (_, at) => `linha ${at}`).join('\n')}\n\`\`\``;
  const { texts, left } = partsOf(`Veja:\n\n${block}\n\nPronto.`, { characters: 80, texts: 20 });
  expect(left).toBe(0);
  for (const text of texts) {
    expect(text.length).toBeLessThanOrEqual(80);
    expect(text.split('```').length % 2).toBe(1);
  }
  for (let at = 0; at < 20; at += 1) expect(texts.join('\n')).toContain(`linha ${at}\n`);
});

test('an answer without a space leaves whole, and no character is cut', () => {
  const family = '👨‍👩‍👧';
  const { texts, left } = partsOf(family.repeat(100), { characters: 50, texts: 50 });
  expect(left).toBe(0);
  expect(texts.join('')).toBe(family.repeat(100));
  for (const text of texts) expect(text.length % family.length).toBe(0);
  expect(partsOf('x'.repeat(9_000), { characters: 4_000, texts: 5 }).texts.map(({ length }) => length)).toEqual([
    4_000, 4_000, 1_000,
  ]);
});

test('what finds no place is counted', () => {
  const { texts, left } = partsOf('x'.repeat(9_000), { characters: 1_000, texts: 2 });
  expect(texts).toHaveLength(2);
  expect(left).toBe(7_000);
});

test('whatever the text, nothing but space is lost, and no message is too long', () => {
  const pieces = fc.constantFrom(
    'a',
    'palavra',
    ' ',
    '\n',
    '\n\n',
    '. ',
    '*',
    '`',
    '```',
    '👨‍👩‍👧',
    '000201',
    '63041D3D',
    '\ud83d\ude00',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 120 }), fc.integer({ min: 12, max: 60 }), (some, characters) => {
      const text = some.join('');
      const { texts, left } = partsOf(text, { characters, texts: 1_000 });
      expect(left).toBe(0);
      for (const part of texts) expect(part.length).toBeLessThanOrEqual(characters);
      // A block that goes on in the next message is closed and opened again.
      expect(plain(texts).replaceAll('`', '')).toBe(plain([text]).replaceAll('`', ''));
    }),
    { numRuns: 500 },
  );
});

describe('what is whole of a text that stopped', () => {
  test.each([
    ['Oi! Os horarios sao segunda a', 'Oi!'],
    ['Custa R$ 3.50 por', ''],
    ['Um parágrafo\n\ne outro que', 'Um parágrafo'],
    ['Temos:\n1. Bolo\n2. Pão. Bom\n3.', 'Temos:\n1. Bolo\n2. Pão.'],
    ['“Sim.” E', '“Sim.”'],
    ['', ''],
  ])('%j: %j', (text, whole) => {
    expect(wholeSentences(text)).toBe(whole);
  });
});
