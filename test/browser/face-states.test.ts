/**
 * Every state of the face in the real popup, with its exact words: also those that take hours to come about. The relay's own knowledge is
 * played, the wire and the popup are real. A picture of each is left in `.output/glance`, for somebody to read off who answers, and until when.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { AgentView } from '../../relay/api/relay-api.ts';
import { NOTHING_NOW } from '../../shared/contract/agent-view.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { readChats, readFace } from '../support/face-reader.ts';
import { CONNECTED, report } from '../support/fake-relay-api.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { startServerBench } from '../support/server-bench.ts';

const PICTURES = path.join(import.meta.dirname, '..', '..', '.output', 'glance');
const TIME = String.raw`(?:(?:amanhã|ontem), )?\d{1,2}(?::\d\d|h)`;
/** The word before it is for today alone. */
const AT_TIME = String.raw`(?:às \d{1,2}:\d\d|(?:amanhã|ontem), \d{1,2}(?::\d\d|h))`;
const NUMBER = '+55\u00a011\u00a099999\u20110001';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const WHOM = 'Só quem não está nos contatos';
const AGENT = 'Padaria · gpt-5-mini';
const NUMBER_ROW = `Conectado | ${NUMBER}`;
const ANSWERS = 'O agente responde por você';

type Recent = AgentView['recent'][number];

/** What is so of a whole day: linked, on, and nothing wrong. */
function day(now: number): Partial<AgentView> {
  return {
    name: 'Padaria',
    adapter: 'openai-compatible',
    model: 'gpt-5-mini',
    on: true,
    switchedBy: 'person',
    switchedAt: now - 5 * HOUR,
    backOnAt: null,
    scope: 'unknown-people',
    chosenChats: 0,
    contactsKnown: true,
    limits: { answers: 200, tokens: 100_000 },
    cost: null,
    today: { messages: 12, answers: 9, inputTokens: 3_000, outputTokens: 400 },
    skippedToday: 2,
    ignoredWhileOff: 0,
    lastFault: null,
    retryAt: null,
    now: NOTHING_NOW,
    outage: null,
    recent: [chat('Caio', now - 3 * MINUTE), chat('Bia', now - 9 * MINUTE)],
    link: { ...CONNECTED, since: now - 9 * HOUR },
  };
}

function chat(name: string, at: number, change: Partial<Recent> = {}): Recent {
  return {
    chat: `${name}@lid`,
    name,
    number: '5511988880001',
    username: null,
    rule: null,
    lastMessageAt: at,
    outcome: 'answered',
    outcomeAt: at,
    answering: false,
    openUntil: null,
    waiting: 0,
    heldUntil: null,
    mutedUntil: null,
    asksSince: null,
    answersAt: null,
    ...change,
  };
}

type State = {
  readonly name: string;
  readonly is: (now: number) => Partial<AgentView>;
  readonly truth: string;
  readonly wrong?: string;
  readonly act?: string;
  readonly live: string;
  readonly first?: string;
};

const lost = (change: object) => ({ link: report({ ...CONNECTED, phase: 'waiting', ...change }) });

const STATES: readonly State[] = [
  {
    name: '01-answers',
    is: () => ({}),
    truth: ANSWERS,
    live: 'Ninguém esperando resposta',
    first: '~Caio \\| Respondida às TIME \\| Assumir',
  },
  {
    name: '02-is-answering',
    is: (now) => ({
      now: {
        ...NOTHING_NOW,
        answering: { chat: 'Caio@lid', name: 'Caio', number: null, username: null, since: now - 6_000 },
      },
      recent: [chat('Caio', now - 9_000, { answering: true, outcome: null, outcomeAt: null })],
    }),
    truth: ANSWERS,
    live: 'Respondendo a ~Caio há \\d+ s',
  },
  {
    name: '02-thinks-long',
    is: (now) => ({
      now: {
        ...NOTHING_NOW,
        answering: { chat: 'Caio@lid', name: 'Caio', number: null, username: null, since: now - 25_000 },
      },
      recent: [chat('Caio', now - 28_000, { answering: true, outcome: null, outcomeAt: null })],
    }),
    truth: ANSWERS,
    live: 'Sem resposta do agente há \\d+ s',
  },
  {
    name: '01-the-owner-first',
    is: (now) => ({
      ownerMinutes: 5,
      now: { ...NOTHING_NOW, forOwner: 1 },
      recent: [
        chat('Caio', now - 48_000, { answersAt: now + 252_000, waiting: 1, outcome: null, outcomeAt: null }),
        chat('Bia', now - 9 * MINUTE),
      ],
    }),
    truth: ANSWERS,
    live: 'Responde a ~Caio em 4:\\d\\d se você não responder',
    first: '~Caio \\| Chegou às TIME, responde em 4:\\d\\d \\| Responder já \\| Deixa comigo',
  },
  {
    name: '03-yours',
    is: (now) => ({
      recent: [
        chat('Caio', now - MINUTE, { heldUntil: now + 14 * MINUTE, waiting: 1, outcome: 'owner-wrote' }),
        chat('Bia', now - 9 * MINUTE),
      ],
    }),
    truth: ANSWERS,
    live: '1 mensagem de ~Caio espera você',
    first: '~Caio \\| É seu até TIME \\| Devolver',
  },
  {
    name: '04-asks-for-you',
    is: (now) => ({
      now: { ...NOTHING_NOW, asks: 2 },
      recent: [
        chat('Caio', now - 4 * MINUTE, { asksSince: now - 3 * MINUTE, outcome: 'asked-for-you' }),
        chat('Rui', now - 8 * MINUTE, { asksSince: now - 7 * MINUTE, outcome: 'asked-for-you', number: null }),
        chat('Bia', now - 9 * MINUTE),
      ],
    }),
    truth: ANSWERS,
    live: 'Ninguém esperando o agente',
    first: '~Caio \\| Pede você desde TIME \\| Abrir',
  },
  {
    name: '05-restricted-until',
    is: (now) => ({ link: { ...CONNECTED, restrictedUntil: now + 2 * HOUR } }),
    truth: 'Até TIME só você responde',
    wrong: 'O WhatsApp restringiu o número.*',
    live: 'Depois volta sozinho',
  },
  {
    name: '05-restricted-openly',
    is: (now) => ({ link: { ...CONNECTED, restrictedRetryAt: now + 2 * HOUR } }),
    truth: 'Agora só você responde',
    wrong: 'O WhatsApp restringiu o número.*',
    live: 'Tenta de novo às TIME',
  },
  {
    name: '06-key-refused',
    is: (now) => ({ lastFault: { fault: 'key-refused', at: now - HOUR, httpStatus: 401, detail: '' } }),
    truth: 'Agora só você responde',
    wrong: 'O agente recusou a chave.*desde TIME.*',
    act: 'Trocar a chave',
    live: 'Volta assim que a chave valer',
  },
  {
    name: '06-failing',
    is: (now) => ({
      lastFault: { fault: 'unreachable', at: now - HOUR, httpStatus: null, detail: '' },
      retryAt: now + 4 * MINUTE,
    }),
    truth: 'Agora só você responde',
    wrong: 'Não foi possível alcançar o agente.*',
    act: 'Corrigir o agente',
    live: 'Tenta de novo às TIME',
  },
  {
    name: '07-off',
    is: () => ({ on: false, ignoredWhileOff: 4 }),
    truth: 'Só você responde',
    live: '4 ignoradas, nada guardado',
  },
  {
    name: '07-off-quiet',
    is: () => ({ on: false }),
    truth: 'Só você responde',
    live: 'Nada é guardado nem respondido depois',
  },
  {
    name: '08-off-until',
    is: (now) => ({ on: false, backOnAt: now + 40 * MINUTE }),
    truth: 'Até TIME só você responde',
    live: 'Depois liga sozinho',
  },
  {
    name: '09-limit-of-the-day',
    is: (now) => ({
      on: false,
      switchedBy: 'answers-limit',
      switchedAt: now - HOUR,
      today: { messages: 240, answers: 200, inputTokens: 3_000, outputTokens: 400 },
    }),
    truth: 'Só você responde',
    wrong: '200 de 200 respostas hoje.*',
    act: 'Continuar hoje sem limite',
    live: 'Desligou sozinho às TIME',
  },
  {
    name: '09-limit-of-money',
    is: (now) => ({
      on: false,
      switchedBy: 'money-limit',
      switchedAt: now - HOUR,
      cost: {
        currency: 'BRL',
        day: 2_003_000,
        month: 30_000_000,
        dayLimit: 2_000_000,
        monthLimit: null,
        capsHold: true,
      },
    }),
    truth: 'Só você responde',
    wrong: 'R.\u00a02,00 de R.\u00a02,00 hoje.*',
    act: 'Continuar hoje sem limite',
    live: 'Desligou sozinho às TIME',
  },
  {
    name: '10-outage',
    is: (now) => ({
      now: { ...NOTHING_NOW, catchingUp: { done: 4, of: 7 } },
      outage: { from: now - 40 * MINUTE, until: now - 11 * MINUTE, tooLate: 3 },
    }),
    truth: ANSWERS,
    live: 'Pondo em dia: 4 de 7 conversas',
  },
  {
    name: '11-replaced',
    is: () => lost({ status: 'offline', cause: 'replaced' }),
    truth: 'Agora só você responde',
    wrong: 'Outro programa assumiu esta conexão.*',
    act: 'Retomar a conexão',
    live: 'Espera a conexão',
  },
  {
    name: '12-unlinked-on-phone',
    is: (now) => ({ on: false, recent: [], link: report({ cause: 'unlinked-on-phone', since: now - HOUR }) }),
    truth: 'Nenhum número conectado',
    wrong: 'O número foi desconectado pelo celular.*',
    act: 'Escanear QR Code',
    live: '',
  },
  {
    name: '13-reconnecting',
    is: () => lost({ status: 'reconnecting', cause: 'connection-lost' }),
    truth: 'Agora só você responde',
    wrong: 'Reconectando.*Conexão perdida, tentando restaurar automaticamente\\..*',
    live: 'Depois responde ao que for recente',
  },
  {
    name: '14-nobody-chosen',
    is: () => ({ scope: 'listed' }),
    truth: 'Agora só você responde',
    wrong: 'Ninguém foi escolhido.*',
    act: 'Escolher conversas',
    live: 'Espera sua escolha',
  },
  {
    name: '16-nobody-wrote',
    is: () => ({ recent: [], today: { messages: 0, answers: 0, inputTokens: 0, outputTokens: 0 } }),
    truth: ANSWERS,
    live: 'Ninguém escreveu ainda',
  },
];

const exactly = (pattern: string) =>
  expect.stringMatching(new RegExp(`^${pattern.replaceAll('às TIME', AT_TIME).replaceAll('TIME', TIME)}$`, 's'));

inChromium(
  'each state of the face says who answers and until when, what is wrong, the one act, and what happens next',
  async () => {
    mkdirSync(PICTURES, { recursive: true });
    const { port, codes, relay } = await startServerBench();
    relay.set('Sales', day(Date.now()));
    const chromium = await startChromium();
    const popup = new PopupDriver(await chromium.openPopup());
    await popup.pair(codes.issue().text, port);
    for (const { name, is, truth, wrong, act = '', live, first } of STATES) {
      const now = Date.now();
      relay.set('Padaria', { ...day(now), ...is(now) });
      relay.relayChanges.tell();
      await expect
        .poll(() => readFace(popup), { message: name, timeout: 60_000 })
        .toMatchObject({
          truth: exactly(truth),
          wrong: wrong === undefined ? [] : [exactly(wrong)],
          act,
          live: exactly(live),
          lit: truth === ANSWERS,
        });
      if (first !== undefined)
        await expect.poll(async () => (await readChats(popup))[0], { message: name }).toEqual(exactly(first));
      writeFileSync(path.join(PICTURES, `${name}.png`), await popup.page.screenshot());
    }
    const { rows } = await readFace(popup);
    expect(rows).toEqual([WHOM, AGENT, NUMBER_ROW]);
  },
);

inChromium(
  'after a long outage the popup says how long it was, how many came too late by it, and leads to them',
  async () => {
    const { port, codes, relay } = await startServerBench();
    const now = Date.now();
    relay.set('Sales', { ...day(now), outage: { from: now - 40 * MINUTE, until: now - 11 * MINUTE, tooLate: 3 } });
    const chromium = await startChromium();
    const popup = new PopupDriver(await chromium.openPopup());
    await popup.pair(codes.issue().text, port);
    await popup.page.locator('.latest .offer').wait();
    const text = await popup.text();
    expect(text).toMatch(new RegExp(`Queda, ${TIME} – ${TIME}`));
    expect(text).toContain('3 passaram do prazo');
    await popup.click('Escolher');
    await popup.shows('Por que não respondeu?');
  },
);
