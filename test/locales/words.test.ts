import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { linkWordsIn, wordsIn } from '../../shared/locales/all.ts';
import { fill, writeTime } from '../../shared/locales/format.ts';
import { LANGUAGE_CODES, type Language } from '../../shared/locales/languages.ts';

/** Every part of every language's folder; `fields` is a list that may be shorter than the relay's. */
const PARTS = {
  status: 'status',
  commands: 'commands',
  'agent-faults': 'agentFaults',
  problems: 'problems',
  'skip-reasons': 'skipReasons',
  chats: 'chats',
  link: 'link',
  passkey: 'passkey',
  popup: 'popup',
  questions: 'questions',
  causes: 'causes',
  options: 'options',
  fields: 'fields',
  help: 'help',
  schedule: 'schedule',
  pairing: 'pairing',
  toolbar: 'toolbar',
  cli: 'cli',
  'built-in': 'builtIn',
  manifest: 'manifest',
  brief: 'brief',
  costs: 'costs',
  'first-page': 'firstPage',
} as const;

const WORDS = await Promise.all(
  Object.entries(PARTS).map(async ([file, name]) => {
    const loaded = new Map<Language, object>();
    for (const language of LANGUAGE_CODES) {
      loaded.set(language, (await import(`../../shared/locales/${language}/${file}.ts`))[name]);
    }
    return [file, (language: Language) => loaded.get(language) ?? {}] as const;
  }),
);

test('every language has a folder of the same files', () => {
  const files = Object.keys(PARTS).map((part) => `${part}.ts`);
  for (const language of LANGUAGE_CODES) {
    const folder = new URL(`../../shared/locales/${language}/`, import.meta.url);
    expect(new Set(readdirSync(folder)), language).toEqual(new Set(files));
  }
});

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
const isSentence = (place: string) => !/^(forget\.yes|rules\.\d+\.words)\./.test(place);

test.each(WORDS)(
  'the three languages have the same %s sentences, none empty, with the same blanks',
  (_name, wordsOf) => {
    const english = sentences(wordsOf('en'));
    for (const language of LANGUAGE_CODES) {
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
    oneNumberPerAgent: 'Um número por agente',
    switchedOn: 'Ligado',
    switchedOff: 'Desligado',
  });
  expect(linkWordsIn('pt-BR').advice).toMatchObject({
    dedicatedNumberHeading: 'Importante: Use um Número Dedicado',
    linkSteps: 'WhatsApp → Configurações → Aparelhos Conectados → Conectar um aparelho',
  });
});

test('a ban or a replacement never invites a new scan', () => {
  for (const language of LANGUAGE_CODES) {
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
  const written = LANGUAGE_CODES.map((language) => writeTime(language, Date.UTC(2026, 10, 24, 12)));
  expect(new Set(written).size).toBeGreaterThan(1);
  for (const time of written) expect(time).toMatch(/26/);
});
