/** The `built-in` back end: keywords, greeting, away message, silence; and that it says what it is. */

import { expect, test } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import { systemClock } from '../../relay/clock.ts';
import type { BackEnd } from '../../relay/store/agent-ledger.ts';
import type { Line } from '../../relay/turn.ts';
import { builtInWordsIn } from '../../shared/locales/all.ts';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { deps, line, patient, turn } from './asking.ts';

const HOUR = 3_600_000;
/** Local times, as the away message reads them. */
const NOON = new Date(2026, 10, 24, 12, 0).getTime();
const MIDNIGHT = new Date(2026, 10, 24, 0, 0).getTime();

async function answered(
  fresh: string | readonly Line[],
  settings: BackEnd['settings'] = {},
  context: readonly Line[] = [],
  now = NOON,
) {
  const agent = createAgent(
    { adapter: 'built-in', settings },
    null,
    deps({}, { clock: { ...systemClock, now: () => now } }),
  );
  return agent.answer(turn(fresh, context), patient);
}

async function said(...asked: Parameters<typeof answered>) {
  const result = await answered(...asked);
  return result.type === 'answer' ? result.texts[0] : result.type;
}

const RULES = {
  greeting: '',
  rules: [
    { words: ['horário', 'que horas abre'], answer: 'Das 9 às 18.' },
    { words: ['pão'], answer: 'Temos pão.' },
  ],
};

test.each([
  ['Qual o horário?', 'Das 9 às 18.'],
  ['HORARIO', 'Das 9 às 18.'],
  ['Que horas, abre?', 'Das 9 às 18.'],
  ['que abre horas', null],
  ['tem PÃO?', 'Temos pão.'],
  ['pãozinho', null],
  ['pa\u0303o', 'Temos pão.'],
  ['pão e horário', 'Das 9 às 18.'],
  ['…', null],
])('whole words, whatever their case and accents: %s', async (text, answer) => {
  expect(await said(text, RULES)).toBe(answer === null ? 'silence' : `_Automatic answer_\n${answer}`);
});

test.each([
  ['qual o horaio de vcs?', 'Das 9 às 18.'],
  ['hroario?', 'Das 9 às 18.'],
  ['horarios', 'Das 9 às 18.'],
  ['ke horas abre', null],
  ['que hora abre', 'Das 9 às 18.'],
  ['tem pães?', null],
  ['pães e honorário', null],
])('slips of a thumb are forgiven, and another word is another word: %s', async (text, answer) => {
  expect(await said(text, RULES)).toBe(answer === null ? 'silence' : `_Automatic answer_\n${answer}`);
});

test('what is written outweighs what may be meant', async () => {
  const rules = [
    { words: ['entregas'], answer: 'Entregamos.' },
    { words: ['entrega'], answer: 'Hoje.' },
  ];
  expect(await said('entrega', { greeting: '', rules })).toContain('Hoje.');
});

test('numbers are never meant', async () => {
  expect(await said('sala 1002', { greeting: '', rules: [{ words: ['sala 1001'], answer: 'x' }] })).toBe('silence');
});

test('the greeting is said once a day, whatever the hours', async () => {
  const evening = NOON + 10 * HOUR;
  const { greeting } = builtInWordsIn('en');
  const morning = [line('contact', 'hi', NOON - 4 * HOUR), line('agent', 'x', NOON - 4 * HOUR)];
  expect(await said('hi', { away: '', repeatHours: 1 }, morning, evening)).toBe('silence');
  expect(await said('hi', { away: '', repeatHours: 1 }, morning, evening + 12 * HOUR)).toContain(greeting);
});

test('with a name it says who is told where nothing fits, and asks for them; a greeting alone asks for nobody', async () => {
  const owned = { owner: 'Ana', language: 'pt-BR', rules: [] };
  const opened = [line('agent', 'x', NOON - HOUR)];
  expect(await answered('oi, tudo bem?', owned)).toMatchObject({ type: 'answer' });
  expect(await answered('oi, tudo bem?', owned)).not.toHaveProperty('asksOwner');
  expect(await answered('Oi! Quanto custa um bolo?', owned)).toMatchObject({
    asksOwner: true,
    texts: [expect.stringMatching(/Olá!.*\nAvisei Ana, que vai responder por aqui\.$/s)],
  });
  expect(await answered('quanto custa?', owned, opened)).toMatchObject({
    asksOwner: true,
    texts: ['_Resposta automática_\nAvisei Ana, que vai responder por aqui.'],
  });
  for (const text of ['oi', 'Ok, certo!', '👍'])
    expect(await answered(text, owned, opened), text).toEqual({ type: 'silence', usage: null });
});

test('a rule may ask for the owner without a word to the contact', async () => {
  const rules = [{ words: ['reclamação'], answer: 'ASK_OWNER' }];
  expect(await answered('Tenho uma reclamação', { rules })).toEqual({ type: 'silence', usage: null, asksOwner: true });
});

test('who asks for a person gets one: the shipped rule asks for the owner in every language', async () => {
  for (const language of LANGUAGE_CODES) {
    const [human] = builtInWordsIn(language).rules;
    const result = await answered(human?.words[0] ?? '', { language });
    expect(result).toMatchObject({ type: 'answer', asksOwner: true });
    expect(JSON.stringify(result)).not.toContain('ASK_OWNER');
  }
});

test('every answer says that it is automatic, the owner’s own rules too', async () => {
  for (const language of LANGUAGE_CODES) {
    const { notice } = builtInWordsIn(language);
    expect(await said('oi', { language })).toMatch(new RegExp(`^_${notice}_\n`));
    expect(await said('x', { language, rules: [{ words: ['x'], answer: 'y' }] })).toBe(`_${notice}_\ny`);
  }
});

test('what ships speaks the relay’s language, and each shipped rule is reached', async () => {
  for (const language of LANGUAGE_CODES) {
    for (const { words, answer } of builtInWordsIn(language).rules) {
      for (const word of words)
        expect(await said(`… ${word} …`, { language })).toContain(answer.replace('\nASK_OWNER', ''));
    }
  }
});

test('a greeting opens a conversation, once in the hours set', async () => {
  const { greeting } = builtInWordsIn('en');
  expect(await said('hi')).toContain(greeting);
  expect(await said('hi', {}, [line('contact', 'a', NOON - HOUR), line('agent', `x`, NOON - HOUR)])).toBe('silence');
  expect(await said('hi', {}, [line('owner', 'me', NOON - HOUR)])).toBe('silence');
  expect(await said('hi', {}, [line('agent', 'x', NOON - 13 * HOUR)])).toContain(greeting);
  expect(await said('hi', { repeatHours: 24 }, [line('agent', 'x', NOON - 13 * HOUR)])).toBe('silence');
  expect(await said('hi', { greeting: '' })).toBe('silence');
});

test('the away message is said between its hours, once, and over midnight', async () => {
  const settings = { greeting: '', away: 'Asleep.', awayFrom: '22:00', awayUntil: '07:00' };
  const asleep = '_Automatic answer_\nAsleep.';
  expect(await said('hi', settings, [], MIDNIGHT)).toBe(asleep);
  expect(await said('hi', settings, [], MIDNIGHT + 7 * HOUR - 1)).toBe(asleep);
  expect(await said('hi', settings, [], MIDNIGHT + 7 * HOUR)).toBe('silence');
  expect(await said('hi', settings, [], MIDNIGHT + 22 * HOUR)).toBe(asleep);
  expect(await said('hi', settings, [line('agent', asleep, MIDNIGHT - HOUR)], MIDNIGHT)).toBe('silence');
  expect(await said('hi', settings, [line('agent', 'Das 9 às 18.', MIDNIGHT - HOUR)], MIDNIGHT)).toBe(asleep);
});

test('on a day of rest the away message is said at any hour', async () => {
  // A Tuesday.
  const settings = { greeting: '', away: 'Closed.', awayDays: ['sun', 'tue'] };
  expect(await said('hi', settings)).toBe('_Automatic answer_\nClosed.');
  expect(await said('hi', settings, [], NOON + 24 * HOUR)).toBe('silence');
});

test('what the owner has answered since is not answered again (S21)', async () => {
  const fresh = [line('contact', 'horário?'), line('owner', 'às 9'), line('contact', 'ok!')];
  expect(await said(fresh, RULES)).toBe('silence');
  expect(await said([line('contact', 'horário?'), line('contact', 'ok!')], RULES)).toContain('Das 9');
});

test('an aborted answer rejects, and the check needs nothing', async () => {
  const agent = createAgent({ adapter: 'built-in', settings: {} }, null, deps());
  await expect(agent.answer(turn('hi'), AbortSignal.abort(new Error('off')))).rejects.toThrow('off');
  expect(await agent.check(patient)).toEqual({ type: 'ok', detail: '3 rules' });
});
