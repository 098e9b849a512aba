/** The toolbar's own truth: pictures, menu, key and notices, as data. */

import { expect, test } from 'vitest';
import { askOver } from '../../extension/relay-connection/command-asking.ts';
import type { ConnectionState } from '../../extension/relay-connection/connection-state.ts';
import type { AskResult } from '../../extension/relay-connection/relay-connection.ts';
import { menuActOf, menuEntries } from '../../extension/toolbar/context-menu.ts';
import { noticesOf } from '../../extension/toolbar/notices.ts';
import { keyMeaning, ToolbarActions } from '../../extension/toolbar/toolbar-actions.ts';
import { toolbarPicture } from '../../extension/toolbar/toolbar-picture.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import { wordsIn } from '../../shared/locales/all.ts';
import { loadToolbarWords } from '../../shared/locales/load.ts';
import { inAnHour, tomorrowMorning } from '../../shared/rules/switch-times.ts';
import { agentSnapshot } from '../support/agent-snapshot.ts';

const words = await loadToolbarWords('pt-BR');
const shared = wordsIn('pt-BR');
const picture = (state: ConnectionState) => toolbarPicture(state, words, shared, 0);

function snapshot(...agents: readonly AgentSnapshot[]): Snapshot {
  return { at: 0, agents: [...agents] };
}

function ready(...agents: readonly AgentSnapshot[]): ConnectionState {
  return { type: 'ready', seq: 0, snapshot: snapshot(...agents) };
}

const OFFLINE = { status: 'offline' } as const;

test('the icon is lit only on a fresh word from the relay that an agent answers', () => {
  const icon = (...agents: readonly AgentSnapshot[]) => picture(ready(...agents))?.icon;
  expect(icon(agentSnapshot())).toBe('connected');
  expect(icon(agentSnapshot({ on: false }))).toBe('off');
  expect(icon(agentSnapshot({ link: { status: 'reconnecting' } }))).toBe('reconnecting');
  expect(icon(agentSnapshot({ on: false, link: { status: 'connecting' } }))).toBe('connecting');
  expect(icon(agentSnapshot({ link: OFFLINE }))).toBe('offline');
  expect(icon(agentSnapshot({ on: false, link: OFFLINE }), agentSnapshot())).toBe('connected');
  for (const state of [
    { type: 'waiting', attempt: 1, retryAt: 9 },
    { type: 'dialing', attempt: 1 },
    { type: 'handshake', attempt: 1 },
    { type: 'refused', why: 'not-paired' },
    { type: 'refused', why: 'not-your-relay' },
  ] as const satisfies readonly ConnectionState[])
    expect(picture(state)?.icon).toBe('offline');
});

test('the first moments of a line change nothing: they say nothing yet', () => {
  expect(picture({ type: 'idle' })).toBeNull();
  expect(picture({ type: 'dialing', attempt: 0 })).toBeNull();
  expect(picture({ type: 'handshake', attempt: 0 })).toBeNull();
});

test('the tooltip says status and switch, or that nobody knows', () => {
  expect(picture(ready(agentSnapshot()))?.title).toBe('Recado: Conectado, Ligado');
  expect(picture(ready(agentSnapshot({ on: false })))?.title).toBe('Recado: Conectado, Desligado');
  expect(picture(ready(agentSnapshot({ link: OFFLINE })))?.title).toBe('Recado: Offline');
  expect(
    picture(ready(agentSnapshot({ name: 'Loja' }), agentSnapshot({ id: 'agt_2', name: 'Aulas', on: false })))?.title,
  ).toBe('Loja: Conectado, Ligado\nAulas: Conectado, Desligado');
  expect(picture(ready(agentSnapshot({ scope: 'listed' })))?.title).toBe(
    'Recado: Conectado, Ligado, mas ninguém foi escolhido',
  );
  expect(picture(ready(agentSnapshot({ on: false, backOnAt: 0 })))?.title).toMatch(
    /^Recado: Conectado, Desligado até ./,
  );
  expect(picture(ready(agentSnapshot({ link: { status: 'reconnecting', cause: 'relay-outdated' } })))?.title).toBe(
    'Recado: O WhatsApp não aceita mais esta versão do Recado.',
  );
  expect(picture({ type: 'waiting', attempt: 1, retryAt: 0 })?.title).toBe('Recado: sem contato com o relay');
});

test('the badge calls for a person where a link is lost for good or an agent fails, and is quiet otherwise', () => {
  const badge = (...agents: readonly AgentSnapshot[]) => picture(ready(...agents))?.badge;
  expect(badge(agentSnapshot())).toBe('');
  expect(badge(agentSnapshot({ link: { status: 'offline', cause: 'unlinked-here' } }))).toBe('');
  expect(badge(agentSnapshot({ link: { status: 'offline', cause: 'unlinked-on-phone' } }))).toBe('!');
  expect(badge(agentSnapshot({ link: { status: 'offline', cause: 'banned' } }))).toBe('!');
  expect(badge(agentSnapshot({ lastFault: { fault: 'key-refused', at: 1, httpStatus: null } }))).toBe('!');
  expect(badge(agentSnapshot({ on: false, lastFault: { fault: 'key-refused', at: 1, httpStatus: null } }))).toBe('');
  expect(badge(agentSnapshot({ on: false, switchedBy: 'tokens-limit' }))).toBe('!');
  expect(badge(agentSnapshot({ scope: 'listed' }))).toBe('!');
  expect(badge(agentSnapshot({ link: { status: 'reconnecting', cause: 'disk' } }))).toBe('!');
  // A relay that is started anew is back at once; one that stays away is started by nobody else.
  expect(picture({ type: 'waiting', attempt: 2, retryAt: 0 })?.badge).toBe('');
  expect(picture({ type: 'dialing', attempt: 5 })?.badge).toBe('!');
  // A linked number waits for as long as nobody updates the relay or mends the way to WhatsApp.
  expect(badge(agentSnapshot({ link: { status: 'reconnecting', cause: 'relay-outdated' } }))).toBe('!');
  expect(badge(agentSnapshot({ link: { status: 'reconnecting', cause: 'server-not-trusted' } }))).toBe('!');
  expect(badge(agentSnapshot({ link: { status: 'reconnecting', cause: 'connection-lost' } }))).toBe('');
  expect(picture({ type: 'refused', why: 'pair-again' })?.badge).toBe('!');
  expect(picture({ type: 'refused', why: 'not-paired' })?.badge).toBe('');
});

test('the menu offers what can be done now: nothing without a number or without a relay', () => {
  const titles = (given: Snapshot | null) => menuEntries(given, words).map(({ title }) => title);
  expect(titles(null)).toEqual([]);
  expect(titles(snapshot(agentSnapshot({ link: OFFLINE })))).toEqual([]);
  expect(titles(snapshot(agentSnapshot()))).toEqual([
    'Desligar',
    'Desligar por 1 hora',
    'Desligar até amanhã, 8h',
    'Desconectar…',
  ]);
  expect(titles(snapshot(agentSnapshot({ on: false })))).toEqual(['Ligar', 'Desconectar…']);
  const several = menuEntries(
    snapshot(agentSnapshot(), agentSnapshot({ id: 'agt_2', name: 'Loja', on: false })),
    words,
  );
  expect(several.filter(({ parent }) => parent === null).map(({ title }) => title)).toEqual(['Agentes']);
  expect(several.filter(({ parent }) => parent === 'agt_2').map(({ title }) => title)).toEqual([
    'Ligar',
    'Desconectar…',
  ]);
});

test('an entry says by its id alone what it does, so that a background that was ended still knows', () => {
  const entries = menuEntries(snapshot(agentSnapshot(), agentSnapshot({ id: 'agt_2', on: false })), words);
  expect(entries.map(({ id }) => menuActOf(id)).filter(Boolean)).toEqual([
    { type: 'off', agent: 'agt_1' },
    { type: 'off-hour', agent: 'agt_1' },
    { type: 'off-tomorrow', agent: 'agt_1' },
    { type: 'unlink', agent: 'agt_1' },
    { type: 'on', agent: 'agt_2' },
    { type: 'unlink', agent: 'agt_2' },
  ]);
});

test('the key switches off whatever answers, switches on where there is one, and asks otherwise', () => {
  expect(
    keyMeaning(snapshot(agentSnapshot(), agentSnapshot({ id: 'agt_2' }), agentSnapshot({ id: 'agt_3', on: false }))),
  ).toEqual({
    type: 'off',
    agents: ['agt_1', 'agt_2'],
  });
  expect(keyMeaning(snapshot(agentSnapshot({ on: false })))).toEqual({ type: 'on', agent: 'agt_1' });
  expect(keyMeaning(snapshot(agentSnapshot({ on: false, scope: null })))).toEqual({ type: 'ask' });
  expect(keyMeaning(snapshot(agentSnapshot({ on: false }), agentSnapshot({ id: 'agt_2', on: false })))).toEqual({
    type: 'ask',
  });
  expect(keyMeaning(null)).toEqual({ type: 'ask' });
});

function bench(reply: AskResult) {
  const heard: unknown[] = [];
  const acts = new ToolbarActions({
    ask: askOver({
      ask: async (command, params) => {
        heard.push([command, params]);
        return reply;
      },
    }),
    now: () => 1_000,
    openPopup: async (unlinking) => void heard.push(['popup', unlinking]),
    notDelivered: async () => void heard.push('not delivered'),
  });
  return { acts, heard };
}

const LOST: AskResult = { ok: false, error: { code: 'not-delivered', message: '', hint: '' } };
const DONE: AskResult = { ok: true, result: { id: 'agt_1', name: 'Recado', on: true, droppedAnswers: 0 } };

test('each entry asks the relay for one thing, and unlinking asks the person first (S28)', async () => {
  const { acts, heard } = bench(DONE);
  for (const act of ['on', 'off', 'off-hour', 'off-tomorrow', 'unlink'] as const) await acts.choose(act, 'agt_1');
  expect(heard).toEqual([
    ['switch', { agent: 'agt_1', on: true }],
    ['switch', { agent: 'agt_1', on: false }],
    ['switch', { agent: 'agt_1', on: false, until: inAnHour(1_000) }],
    ['switch', { agent: 'agt_1', on: false, until: tomorrowMorning(1_000) }],
    ['popup', 'agt_1'],
  ]);
});

test('a click that was not delivered says so, and a first time opens the question', async () => {
  const lost = bench(LOST);
  await lost.acts.choose('off', 'agt_1');
  expect(lost.heard).toContain('not delivered');
  const first = bench({ ok: false, error: { code: 'who-is-answered', message: '', hint: '' } });
  await first.acts.choose('on', 'agt_1');
  expect(first.heard).toContainEqual(['popup', null]);
});

test('tomorrow morning is the next day at eight by this computer, at any hour and over the end of a month', () => {
  for (const at of [new Date(2026, 10, 30, 0, 1), new Date(2026, 10, 30, 23, 59), new Date(2026, 11, 31, 12)]) {
    const morning = new Date(tomorrowMorning(at.getTime()));
    expect(morning.getHours()).toBe(8);
    expect(morning.getTime() - at.getTime()).toBeGreaterThan(8 * 3_600_000 - 60_001);
    expect(new Date(morning.getTime() - 86_400_000).toDateString()).toBe(at.toDateString());
  }
});

test('a link lost for good and a switch that moved by itself are news; what a person did is not', () => {
  const news = (before: AgentSnapshot, now: AgentSnapshot) =>
    noticesOf(snapshot(before), snapshot(now), words, shared).map(({ text }) => text);
  expect(news(agentSnapshot(), agentSnapshot({ link: { status: 'offline', cause: 'unlinked-on-phone' } }))).toEqual([
    'O número foi desconectado pelo celular. Para voltar, escaneie um novo QR Code.',
  ]);
  expect(news(agentSnapshot(), agentSnapshot({ link: { status: 'offline', cause: 'unlinked-here' } }))).toEqual([]);
  expect(news(agentSnapshot(), agentSnapshot({ link: { status: 'reconnecting', cause: 'connection-lost' } }))).toEqual(
    [],
  );
  const gone = agentSnapshot({ link: { status: 'offline', cause: 'banned' } });
  expect(news(gone, gone)).toEqual([]);
  expect(news(agentSnapshot({ on: false }), agentSnapshot({ switchedBy: 'clock' }))).toEqual([
    'O agente Recado foi ligado de novo, como você pediu.',
  ]);
  expect(news(agentSnapshot({ on: false }), agentSnapshot())).toEqual([]);
  expect(news(agentSnapshot(), agentSnapshot({ on: false, switchedBy: 'answers-limit' }))).toEqual([
    'O agente Recado atingiu um limite e se desligou.',
  ]);
  expect(noticesOf(null, snapshot(gone), words, shared)).toEqual([]);
});
