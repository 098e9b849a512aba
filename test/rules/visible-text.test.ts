/** What shows nothing stays home; what is a part of what is seen goes along. */
import { expect, test } from 'vitest';
import { isSeen, visibleText } from '../../shared/rules/visible-text.ts';

test.each([
  ['soft hyphen', '\u00AD'],
  ['combining grapheme joiner', '\u034F'],
  ['Hangul filler', '\u115F'],
  ['Mongolian vowel separator', '\u180E'],
  ['zero width space', '\u200B'],
  ['word joiner', '\u2060'],
  ['invisible times', '\u2062'],
  ['byte order mark', '\uFEFF'],
  ['a selector of nothing', ' \uFE0F'.trimStart()],
  ['tags without a flag', '\u{E0061}\u{E0062}\u{E007F}'],
  ['tags behind another sign', '👍\u{E0067}\u{E0062}\u{E007F}'.slice(2)],
  ['more selectors than one', '\uFE0F\uFE0F'],
])('%s leaves', (_, hidden) => {
  expect(visibleText(`R$ ${hidden}100 `)).toBe('R$ 100 ');
  expect(isSeen(hidden)).toBe(false);
});

test.each([
  ['a heart in colour', '❤\uFE0F'],
  ['a key', '1\uFE0F\u20E3'],
  ['a family', '👨\u200D👩\u200D👧'],
  ['a skin', '👍🏽'],
  ['a flag of letters', '🇧🇷'],
  ['the flag of a region', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
  ['a rainbow flag', '🏳\uFE0F\u200D🌈'],
  ['a name with a variant', '葛\u{E0100}飾'],
  ['Persian', 'می\u200Cخواهم'],
  ['accents', 'a\u0301çã'],
])('%s stays as it is', (_, seen) => {
  expect(visibleText(`oi ${seen} tchau`)).toBe(`oi ${seen} tchau`);
});

test('a region’s flag hides no sentence', () => {
  const tags = [...'attack'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
  expect(visibleText(`\u{1F3F4}${tags}${tags} oi`)).toBe('\u{1F3F4} oi');
});
