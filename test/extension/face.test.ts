/** What the face says, over all that may be so; what a chat's row says and offers; and what a browser keeps of it. */
import { expect, test } from 'vitest';
import { liveLine, type Need, sayWhoAnswers, wrongNeed } from '../../extension/popup/face.ts';
import { chatRow, type ShownChat } from '../../extension/popup/latest-chat.ts';
import { withoutPeople } from '../../extension/storage/kept-snapshot.ts';
import { SKIP_REASONS } from '../../shared/contract/chat.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { loadChatWords } from '../../shared/locales/load.ts';
import { loadPopupWords } from '../../shared/locales/opening-words.ts';
import { ANSWERING, type Answering, answering } from '../../shared/rules/answering.ts';
import { agentSnapshot } from '../support/agent-snapshot.ts';

const NOW = new Date(2026, 10, 30, 17, 52).getTime();
const MINUTE = 60_000;
const { popup, status } = await loadPopupWords('pt-BR');
const speech = { language: 'pt-BR', words: popup, shared: status } as const;
const said = (await loadChatWords('pt-BR')).latest;

function chat(change: Partial<ShownChat> = {}): ShownChat {
  return {
    chat: 'c1',
    name: 'Caio',
    number: '5511988880001',
    username: null,
    rule: null,
    lastMessageAt: NOW - 3 * MINUTE,
    outcome: 'answered',
    outcomeAt: NOW - 2 * MINUTE,
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

const row = (change: Partial<ShownChat>, truth: Answering = 'answering') => {
  const { text, act } = chatRow(chat(change), { truth, now: NOW, said, language: 'pt-BR' });
  return [text, act?.name ?? null, act?.wanted ?? null];
};
const waits = { outcome: null, outcomeAt: null, waiting: 1, openUntil: NOW + 7 * MINUTE };

test('each chat has the one act that fits, and it is filled where somebody waits for it', () => {
  expect(row({})).toEqual(['Respondida às 17:50', 'take', false]);
  expect(row({ ...waits, answering: true })).toEqual(['Chegou às 17:49', 'take', true]);
  expect(row({ ...waits, answering: true, waiting: 3 })).toEqual(['3 mensagens seguidas, 17:49', 'take', true]);
  expect(row(waits)).toEqual(['Na fila, chegou às 17:49', 'take', false]);
  expect(row(waits, 'key-refused')).toEqual(['Ainda dá tempo até 17:59', 'open', true]);
  expect(row({ ...waits, number: null }, 'key-refused')).toEqual(['Ainda dá tempo até 17:59', null, null]);
  expect(row({ outcome: 'owner-wrote', waiting: 2, heldUntil: NOW + 12 * MINUTE })).toEqual([
    'É seu até 18:04',
    'release',
    true,
  ]);
  expect(row({ outcome: 'brake', waiting: 2, mutedUntil: NOW + MINUTE })).toEqual([
    'Em pausa até 17:53',
    'resume',
    false,
  ]);
  expect(row({ outcome: 'in-contacts' })).toEqual(['Nos contatos, 17:49', 'always', false]);
  expect(row({ outcome: 'not-in-scope', rule: 'never' })).toEqual(['Nunca respondida, 17:49', null, null]);
  expect(row({ outcome: 'agent-error', waiting: 1 })).toEqual(['Sem resposta, 17:49', 'answer', true]);
  expect(row({ outcome: 'agent-error', waiting: 1 }, 'agent-failing')).toEqual(['Sem resposta, 17:49', 'open', true]);
  expect(row({ outcome: 'too-old', waiting: 0 })).toEqual(['Chegou tarde demais, 17:49', null, null]);
  expect(row({ outcome: 'owner-wrote', waiting: 2 })).toEqual(['Ficou com você, 17:49', null, null]);
  expect(row({ outcome: 'of-a-newer-relay', waiting: 1 })).toEqual(['Sem resposta, 17:49', 'answer', true]);
});

test('while the agent is off no chat has an act, and of another day the day is said', () => {
  const all: readonly Partial<ShownChat>[] = [
    {},
    { heldUntil: NOW + MINUTE },
    ...SKIP_REASONS.map((outcome) => ({ outcome, waiting: 1 })),
  ];
  expect(all.map((each) => row(each, 'off')[1])).toEqual(all.map(() => null));
  expect(row({ outcomeAt: NOW - 24 * 60 * MINUTE })[0]).toBe('Respondida ontem, 17:52');
});

test('what is wrong has one row: once that is mended the agent answers, and the number’s comes first', () => {
  const mended: Record<Need, (agent: AgentSnapshot) => AgentSnapshot> = {
    number: (agent) => ({ ...agent, link: agentSnapshot().link }),
    whom: (agent) => ({ ...agent, scope: 'everyone' }),
    agent: (agent) => ({ ...agent, lastFault: null }),
  };
  for (const truth of ANSWERING) {
    const wrong = wrongNeed(STATES[truth], NOW);
    if (truth === 'answering' || truth === 'off') expect([truth, wrong]).toEqual([truth, null]);
    else expect([truth, wrong && answering(mended[wrong](STATES[truth]), NOW)]).toEqual([truth, 'answering']);
  }
  const restricted = { restrictedUntil: NOW + MINUTE };
  for (const on of [true, false])
    for (const link of [{ status: 'reconnecting' }, { status: 'offline' }, restricted] as const) {
      const agent = agentSnapshot({ on, lastFault: fault('key-refused'), scope: 'listed' });
      expect(wrongNeed({ ...agent, link: { ...agent.link, ...link } }, NOW)).toBe('number');
    }
});

test('each state has one sentence that says who answers and until when, and one line of what is next', () => {
  expect(
    ANSWERING.map((truth) => [
      truth,
      sayWhoAnswers(STATES[truth], speech, NOW),
      liveLine(STATES[truth], speech, NOW).text,
    ]),
  ).toEqual([
    ['answering', 'O agente responde por você', 'Ninguém escreveu ainda'],
    ['no-number', 'Nenhum número conectado', 'Espera a conexão'],
    ['linking', 'Conectando um número', 'Espera a conexão'],
    ['off', 'Só você responde', 'Nada é guardado nem respondido depois'],
    ['line-down', 'Agora só você responde', 'Depois responde ao que for recente'],
    ['restricted', 'Até 18:00 só você responde', 'Depois volta sozinho'],
    ['nobody-chosen', 'Agora só você responde', 'Espera sua escolha'],
    ['contacts-unknown', 'Agora só você responde', 'Espera seus contatos'],
    ['key-refused', 'Agora só você responde', 'Volta assim que a chave valer'],
    ['agent-failing', 'Agora só você responde', 'Tenta de novo às 17:54'],
  ]);
});

test('what happens now is said of the one who waits longest, and in the end what is left for the owner', () => {
  const line = (change: Partial<AgentSnapshot>) => liveLine(agentSnapshot(change), speech, NOW).text;
  const asked = (seconds: number) => ({
    now: {
      ...agentSnapshot().now,
      answering: { ...chat(), since: NOW - seconds * 1_000 },
      waiting: 2,
      heldChats: 0,
      held: [],
    },
  });
  const queued = (waiting: number) => ({ now: { ...agentSnapshot().now, waiting } });
  expect(line(asked(1))).toBe('Respondendo a ~Caio');
  expect(line(asked(6))).toBe('Respondendo a ~Caio há 6 s');
  expect(line(asked(20))).toBe('Sem resposta do agente há 20 s');
  expect(line({ recent: [chat({ ...waits, answering: true })] })).toBe('Respondendo a ~Caio');
  expect(line({ recent: [chat({ waiting: 1, heldUntil: NOW + MINUTE })] })).toBe('1 mensagem de ~Caio espera você');
  expect(line({ recent: [chat({ waiting: 2, heldUntil: NOW + MINUTE, name: null })] })).toBe(
    '2 mensagens de +55\u00a011\u00a098888\u20110001 esperam você',
  );
  expect(line({ recent: [chat()], ...queued(1) })).toBe('1 conversa na fila');
  expect(line({ recent: [chat()], ...queued(3) })).toBe('3 conversas na fila');
  expect(line({ now: { ...agentSnapshot().now, catchingUp: { done: 4, of: 7 } } })).toBe(
    'Pondo em dia: 4 de 7 conversas',
  );
  expect(line({ recent: [chat()] })).toBe('Ninguém esperando resposta');
  expect(line({ link: { ...agentSnapshot().link, phase: 'catching-up', left: 12 } })).toBe(
    'Lendo o que chegou: faltam 12',
  );
});

test('off says how it came to be, when it ends, or what came meanwhile', () => {
  const off = (change: Partial<AgentSnapshot>) => liveLine(agentSnapshot({ on: false, ...change }), speech, NOW).text;
  expect(off({ switchedBy: 'answers-limit', switchedAt: NOW - MINUTE })).toBe('Desligou sozinho às 17:51');
  expect(off({ scope: null })).toBe('Ainda não foi ligado');
  expect(off({ ignoredWhileOff: 1 })).toBe('1 ignorada, nada guardado');
  expect(off({ ignoredWhileOff: 4 })).toBe('4 ignoradas, nada guardado');
  expect(off({ ignoredWhileOff: 4, backOnAt: NOW + MINUTE })).toBe('Depois liga sozinho');
  expect(off({ switchedBy: 'unlinked', switchedAt: NOW })).toBe('Desligado desde que o número saiu, 17:52');
  expect(sayWhoAnswers(agentSnapshot({ on: false, backOnAt: new Date(2026, 11, 1, 8).getTime() }), speech, NOW)).toBe(
    'Até amanhã, 8h só você responde',
  );
});

test('what a browser keeps for its next first paint names nobody who wrote', () => {
  const agent = agentSnapshot({
    recent: [chat()],
    now: {
      ...agentSnapshot().now,
      answering: { ...chat(), since: 1 },
      waiting: 1,
      heldChats: 1,
      held: [{ chat: 'c1', until: 2 }],
    },
  });
  const kept = JSON.stringify(withoutPeople({ at: 1, agents: [agent] }));
  expect(kept).not.toMatch(/Caio|5511988880001|c1/);
  expect(kept).toContain(agent.name);
});

const fault = (name: 'key-refused' | 'unreachable') => ({ fault: name, at: NOW - MINUTE, httpStatus: null });
const STATES: Readonly<Record<Answering, AgentSnapshot>> = {
  answering: agentSnapshot(),
  'no-number': agentSnapshot({ link: { status: 'offline', account: null } }),
  linking: agentSnapshot({ link: { status: 'connecting', account: null } }),
  off: agentSnapshot({ on: false }),
  'line-down': agentSnapshot({ link: { status: 'reconnecting' } }),
  restricted: agentSnapshot({ link: { restrictedUntil: NOW + 8 * MINUTE } }),
  'nobody-chosen': agentSnapshot({ scope: 'listed' }),
  'contacts-unknown': agentSnapshot({ scope: 'unknown-people', contactsKnown: false }),
  'key-refused': agentSnapshot({ lastFault: fault('key-refused') }),
  'agent-failing': agentSnapshot({ lastFault: fault('unreachable'), retryAt: NOW + 2 * MINUTE }),
};
