/** What a model should know, as parts and as one text: nothing that somebody wrote is lost on the way. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { loadBriefWords } from '../../shared/locales/load.ts';
import { BRIEF_PARTS, readBrief, tokensIn, writeBrief } from '../../shared/rules/brief.ts';

const WORDS = await Promise.all(LANGUAGE_CODES.map(loadBriefWords));
const KNOWN = WORDS.map(({ headings }) => headings);
const [PT] = KNOWN;
if (!PT) throw new Error('no language');
const EMPTY = { other: '', who: '', offer: '', hours: '', prices: '', tone: '', never: '', person: '' };

test('each part stands under its heading, and what says nothing is left out', () => {
  const brief = { ...EMPTY, other: 'Seja breve.', who: ' Padaria Bela ', never: 'Descontos.\nPrazos.' };
  const text = writeBrief(brief, PT);
  expect(text).toBe('Seja breve.\n\n# Quem somos\nPadaria Bela\n\n# Nunca prometa\nDescontos.\nPrazos.');
  expect(readBrief(text, KNOWN)).toEqual({ ...brief, who: 'Padaria Bela' });
});

test('a text that was written by hand is kept as it is, and headings of every language are known', () => {
  const byHand = 'Você é a Bia.\n\n## Regras da casa\n- sem palavrão';
  expect(readBrief(byHand, KNOWN)).toEqual({ ...EMPTY, other: byHand });
  expect(writeBrief(readBrief(byHand, KNOWN), PT)).toBe(byHand);
  for (const { headings } of WORDS) {
    const written = `## ${headings.prices.toUpperCase()}:\n4`;
    expect(readBrief(written, KNOWN)).toEqual({ ...EMPTY, prices: '4' });
  }
});

test('no word of a text is lost, whatever it is, and reading what was written changes nothing', () => {
  const line = fc.oneof(
    fc.constantFrom(...KNOWN.flatMap((headings) => BRIEF_PARTS.map((part) => `# ${headings[part]}`))),
    fc.constantFrom('', '# Casa', 'constructor', '# __proto__', '#'),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const text = lines.join('\n');
      const brief = readBrief(text, KNOWN);
      const said = lines.filter((each) => readBrief(`${each}\nx`, KNOWN).other.includes(each.trim()));
      const written = writeBrief(brief, PT);
      for (const each of said) expect(written).toContain(each.trim());
      expect(readBrief(written, KNOWN)).toEqual(brief);
    }),
    { seed: 20_261_130 },
  );
});

test('the examples of every trade say something in each part, ask three questions, and are read back whole', () => {
  for (const { trades, headings, start, questions } of WORDS) {
    for (const { name: _name, questions: asked, ...parts } of Object.values(trades)) {
      expect(asked.split(' | ')).toHaveLength(3);
      const brief = { other: start, ...parts };
      expect(readBrief(writeBrief(brief, headings), KNOWN)).toEqual(brief);
      expect(tokensIn(writeBrief(brief, headings))).toBeLessThan(600);
    }
    expect(questions.split(' | ')).toHaveLength(3);
  }
});
