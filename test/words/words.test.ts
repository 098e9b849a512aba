import { expect, test } from 'vitest';
import { en as popupEn } from '../../extension/words/en.ts';
import { es as popupEs } from '../../extension/words/es.ts';
import { helpEn } from '../../extension/words/help-en.ts';
import { helpEs } from '../../extension/words/help-es.ts';
import { helpPtBR } from '../../extension/words/help-pt-BR.ts';
import { meaningsEn } from '../../extension/words/meanings-en.ts';
import { meaningsEs } from '../../extension/words/meanings-es.ts';
import { meaningsPtBR } from '../../extension/words/meanings-pt-BR.ts';
import { optionsEn } from '../../extension/words/options-en.ts';
import { optionsEs } from '../../extension/words/options-es.ts';
import { optionsPtBR } from '../../extension/words/options-pt-BR.ts';
import { pairEn } from '../../extension/words/pair-en.ts';
import { pairEs } from '../../extension/words/pair-es.ts';
import { pairPtBR } from '../../extension/words/pair-pt-BR.ts';
import { ptBR as popupPtBR } from '../../extension/words/pt-BR.ts';
import { toolbarWordsIn } from '../../extension/words/toolbar-words.ts';
import { cliWordsIn } from '../../relay/cli/words/cli-language.ts';
import { commandWordsIn, wordsIn } from '../../shared/words/dictionary.ts';
import { fill, writeTime } from '../../shared/words/language.ts';
import type { Language } from '../../shared/words/words.ts';

const LANGUAGES: readonly Language[] = ['pt-BR', 'en', 'es'];
const POPUP = { 'pt-BR': popupPtBR, en: popupEn, es: popupEs };
const PAIR = { 'pt-BR': pairPtBR, en: pairEn, es: pairEs };
const OPTIONS = { 'pt-BR': optionsPtBR, en: optionsEn, es: optionsEs };
const MEANINGS = { 'pt-BR': meaningsPtBR, en: meaningsEn, es: meaningsEs };
const HELP = { 'pt-BR': helpPtBR, en: helpEn, es: helpEs };
const WORDS = [
  ['shared', wordsIn],
  ['command line', cliWordsIn],
  ['command', commandWordsIn],
  ['popup', (language: Language) => POPUP[language]],
  ['help', (language: Language) => HELP[language]],
  ['pairing', (language: Language) => PAIR[language]],
  ['options', (language: Language) => OPTIONS[language]],
  ['meanings', (language: Language) => MEANINGS[language]],
  ['toolbar', toolbarWordsIn],
] as const;

/** Every sentence with its place, `causes.replaced.remedy`. */
function sentences(words: object, place = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[place + name, value]] : [...sentences(value, `${place}${name}.`)],
    ),
  );
}

const blanksOf = (sentence: string) => new Set(sentence.match(/\{\w+\}/g) ?? []);
/** Lists of words may be longer in one language. */
const isSentence = (place: string) => !place.startsWith('forget.yes.');

test.each(WORDS)(
  'the three languages have the same %s sentences, none empty, with the same blanks',
  (_name, wordsOf) => {
    const english = sentences(wordsOf('en'));
    for (const language of LANGUAGES) {
      const words = sentences(wordsOf(language));
      expect([...words.keys()].filter(isSentence)).toEqual([...english.keys()].filter(isSentence));
      for (const [place, sentence] of words) {
        if (!isSentence(place)) continue;
        const other = english.get(place) ?? '';
        expect(blanksOf(sentence), `${language} ${place}`).toEqual(blanksOf(other));
        expect(sentence === '', `${language} ${place}`).toBe(other === '');
        expect(sentence.trim() === '' || !/\s{2,}/.test(sentence), `${language} ${place}`).toBe(true);
      }
    }
  },
);

test.each(WORDS)('no two languages say the same in %s sentences of several words', (_name, wordsOf) => {
  const portuguese = sentences(wordsOf('pt-BR'));
  for (const [place, english] of sentences(wordsOf('en'))) {
    if (english.replaceAll(/\{\w+\}/g, '').split(' ').length < 4) continue;
    expect(portuguese.get(place), place).not.toBe(english);
  }
});

test('the four statuses have their fixed words (S27)', () => {
  expect(wordsIn('pt-BR').statuses).toEqual({
    offline: { label: 'Offline', description: 'Não conectado. Clique em "Escanear QR Code" para conectar.' },
    connecting: { label: 'Conectando', description: 'QR Code gerado, aguardando escaneamento.' },
    connected: { label: 'Conectado', description: 'Conectado com sucesso e recebendo mensagens.' },
    reconnecting: { label: 'Reconectando', description: 'Conexão perdida, tentando restaurar automaticamente.' },
  });
});

test('a number in use is told in exactly these words (S11)', () => {
  expect(wordsIn('pt-BR').causes['number-in-use'].sentence).toBe(
    'Este número de telefone já está conectado a outro agente.',
  );
});

test('card, badge, advice, steps and switch have their fixed words (S1, S2, S9, S10, S13, S23)', () => {
  expect(wordsIn('pt-BR').guidance).toMatchObject({
    cardTitle: 'WhatsApp Pessoal',
    betaBadge: 'Recurso Beta',
    dedicatedNumberHeading: 'Importante: Use um Número Dedicado',
    oneNumberPerAgent: 'Um número por agente',
    linkSteps: 'WhatsApp → Configurações → Aparelhos Conectados → Conectar um aparelho',
    switchedOn: 'Ligado',
    switchedOff: 'Desligado',
  });
});

test('a ban or a replacement never invites a new scan', () => {
  for (const language of LANGUAGES) {
    for (const cause of ['replaced', 'banned-until', 'banned'] as const) {
      expect(wordsIn(language).causes[cause].remedy).not.toMatch(/^(escane|scan|escanea)/i);
    }
  }
});

test('blanks are filled once, and what is put in is not read again', () => {
  expect(fill('{a} and {b}', { a: '{b}', b: 2 })).toBe('{b} and 2');
  expect(fill('{a}', {})).toBe('{a}');
});

test('times are written as each language does', () => {
  const written = LANGUAGES.map((language) => writeTime(language, Date.UTC(2026, 10, 24, 12)));
  expect(new Set(written).size).toBeGreaterThan(1);
  for (const time of written) expect(time).toMatch(/26/);
});
