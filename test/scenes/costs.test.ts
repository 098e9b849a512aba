/** What an agent costs and may cost, on the whole relay: prices, limits in money, and what is said of them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AgentCosts } from '../../shared/contract/commands/cost-commands.ts';
import { NO_CAPS } from '../../shared/contract/cost.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

/** An answer of the server takes 12 + 34 tokens: 0.00074 at this price. */
const PRICE = { currency: 'BRL', input: 5, output: 20 } as const;
const MICROS = 740;

let whatsapp: WhatsApp;
let relay: RelayBench;
let server: FakeOpenAi;
let ana: Person;
let caio: Person;
let answers = 0;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  relay = await startRelayBench(whatsapp, { settings: { paceSeconds: 0 } });
  server = await startFakeOpenAi();
  server.reply(() => `resposta ${answers++}`);
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: server.baseUrl, model: 'small' },
  });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
});
afterEach(() => server.stop());

const costs = (change: object = {}): Promise<AgentCosts> => relay.client.ask<AgentCosts>('costs', change);
async function status() {
  const { agents } = await relay.client.ask<{ agents: { on: boolean; switchedBy: string; cost: unknown }[] }>('status');
  return agents[0];
}

async function answered(count: number): Promise<void> {
  await caio.write(ana, `pergunta ${count}`);
  await whatsapp.until(() => caio.received.length === count, 'Caio was answered');
}

test('what was spent is told in tokens, and in money where a price was typed in', async () => {
  expect(await costs()).toMatchObject({ countsTokens: true, price: { source: 'own-computer' }, today: { money: [] } });
  await answered(1);
  expect((await status())?.cost).toBeNull();
  expect(await costs({ price: PRICE })).toMatchObject({ price: { ...PRICE, source: 'typed' } });
  await answered(2);
  const money = [{ currency: 'BRL', micros: MICROS }];
  expect(await costs()).toMatchObject({
    today: { answers: 2, inputTokens: 24, outputTokens: 68, money },
    month: { answers: 2, money },
  });
  expect((await status())?.cost).toMatchObject({ currency: 'BRL', day: MICROS, dayLimit: null, capsHold: true });
});

test('at a limit in money the switch goes off and says so; one below what was spent holds at once', async () => {
  await costs({ price: PRICE, caps: { ...NO_CAPS, currency: 'BRL', dayMicros: 2 * MICROS } });
  await answered(1);
  expect(await status()).toMatchObject({ on: true });
  await answered(2);
  await expect.poll(status).toMatchObject({
    on: false,
    switchedBy: 'money-limit',
    cost: { day: 2 * MICROS, dayLimit: 2 * MICROS },
  });
  await relay.client.ask('switch', { on: true });
  await answered(3);
  expect(await status()).toMatchObject({ on: true });
  // Whoever sets another limit on a day that goes on without one means it.
  await costs({ caps: { ...NO_CAPS, currency: 'BRL', dayMicros: MICROS } });
  await expect.poll(status).toMatchObject({ on: false, switchedBy: 'money-limit' });
});

test('a limit in money that nothing could ever reach is not taken', async () => {
  const caps = { ...NO_CAPS, currency: 'BRL', monthMicros: 1 };
  await expect(costs({ caps })).rejects.toMatchObject({ code: 'no-price' });
  await expect(costs({ caps, price: { ...PRICE, currency: 'USD' } })).rejects.toMatchObject({ code: 'no-price' });
  expect(await costs()).toMatchObject({ caps: NO_CAPS, price: { source: 'own-computer' } });
  await costs({ caps, price: PRICE });
  await expect(costs({ price: null })).rejects.toMatchObject({ code: 'no-price' });
  expect(await costs()).toMatchObject({ caps, capsHold: true });
});

test('that a limit does not hold any more is told, once another kind of agent answers', async () => {
  await costs({ price: PRICE, caps: { ...NO_CAPS, currency: 'BRL', monthMicros: 1_000_000 } });
  await relay.client.ask('agents.edit', {
    adapter: 'webhook',
    settings: { url: 'http://127.0.0.1:1/hook' },
  });
  expect(await costs()).toMatchObject({ countsTokens: false, capsHold: false });
  expect((await status())?.cost).toMatchObject({ capsHold: false });
});

test('what a back end would cost is told before it is saved', async () => {
  const settings = { baseUrl: 'https://api.openai.com/v1', model: 'gpt-4o-mini' };
  expect(await relay.client.ask('costs.price', { adapter: 'openai-compatible', settings })).toEqual({
    price: { currency: 'USD', input: 0.15, output: 0.6, source: 'known', asOf: '2026-09-23' },
    limits: { answers: 200, tokens: 100_000, chatTokens: 50_000 },
  });
});

test('a price that was typed in is that of one model: another one has it not, tried or saved', async () => {
  await costs({ price: PRICE, caps: { ...NO_CAPS, currency: 'BRL', dayTokens: 5_000, dayMicros: 1_000_000 } });
  const { id } = await costs();
  const of = (model: string) => ({ adapter: 'openai-compatible', settings: { baseUrl: server.baseUrl, model } });
  const price = (model: string) => relay.client.ask('costs.price', { agent: id, ...of(model) });
  expect(await price('small')).toMatchObject({ price: { ...PRICE, source: 'typed' }, limits: { tokens: 5_000 } });
  expect(await price('big')).toMatchObject({ price: { source: 'own-computer' }, limits: { tokens: 5_000 } });
  const said = [{ author: 'contact', text: 'oi' }];
  expect(await relay.client.ask('agents.try', { agent: id, ...of('small'), said })).toMatchObject({
    usage: { cost: { currency: 'BRL', micros: MICROS } },
  });
  expect(await relay.client.ask('agents.try', { agent: id, ...of('big'), said })).toMatchObject({
    usage: { inputTokens: 12, outputTokens: 34 },
  });
  await relay.client.ask('agents.edit', { settings: { instructions: 'Seja breve.' } });
  expect(await costs()).toMatchObject({ price: { source: 'typed' }, capsHold: true });
  await relay.client.ask('agents.edit', { settings: { model: 'big' } });
  expect(await costs()).toMatchObject({ price: { source: 'own-computer' }, capsHold: false });
});
