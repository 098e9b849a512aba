import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessKeys, fold } from '../../extension/components/access-keys.ts';

test('an entry has the start of its first word, or of a later one, or any letter that is free', () => {
  expect(accessKeys(['Desligar por 1 hora', 'Desligar até amanhã', 'Desconectar', 'Ágil', 'd'])).toEqual([
    0,
    9,
    1,
    1,
    null,
  ]);
});

test('no two entries have the same letter, and each has one of its own label', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 30 }), (labels) => {
      const letters = accessKeys(labels).map((at, index) =>
        at === null ? null : fold(labels[index]?.charAt(at) ?? ''),
      );
      const given = letters.filter((letter) => letter !== null);
      expect(new Set(given).size).toBe(given.length);
      for (const letter of given) expect(letter).toMatch(/./u);
    }),
  );
});
