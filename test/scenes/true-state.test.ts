/** What is told is so: a dead line, an agent that hangs, fails and comes back, settings that fail, a limit, a chat that is held. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { type AnsweringFacts, answering } from '../../shared/rules/answering.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { startFakeWebhook } from '../support/fake-webhook.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { beginPace } from '../support/machine-pace.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

type Status = AnsweringFacts & Pick<AgentSnapshot, 'now' | 'today' | 'on' | 'retryAt'> & { readonly adapter: string };

/** Within which a line that is dead must be found. */
const FOUND_MS = 12_000;

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;
let model: FakeOpenAi;
let relay: RelayBench;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  model = await startFakeOpenAi();
  let answers = 0;
  model.reply(() => `answer ${++answers}`);
});

async function linked(settings: Parameters<typeof startRelayBench>[1] = {}): Promise<void> {
  relay = await startRelayBench(whatsapp, settings);
  await relay.client.ask('agents.edit', { adapter: 'openai-compatible', settings: settingsOf(model) });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
}

const settingsOf = ({ baseUrl }: FakeOpenAi) => ({ baseUrl, model: 'small' });
const ask = <T = object>(command: string, params: object = {}): Promise<T> => relay.client.ask<T>(command, params);
const status = async (): Promise<Status> => (await ask<{ agents: [Status] }>('status')).agents[0];
const truth = async () => answering(await status(), Date.now());
const said = [{ author: 'contact', text: 'oi' }];

test('a line that died while the agent thinks is found within seconds, and the answer leaves on the next one', async () => {
  await linked();
  const late = Promise.withResolvers<string>();
  model.reply(() => late.promise);
  await caio.write(ana, 'oi');
  await expect.poll(async () => (await status()).now.answering).not.toBeNull();
  whatsapp.silence(ana);
  const pace = beginPace();
  await expect.poll(async () => (await status()).link.status, { timeout: 30_000 }).not.toBe('connected');
  expect(pace.elapsed()).toBeLessThan(pace.within(FOUND_MS));
  late.resolve('aqui');
  await whatsapp.until(() => caio.received.length === 1, 'the answer came');
  expect(caio.received[0]?.copies).toBe(1);
});

test('a line that died before the acknowledgement is found within seconds, and nothing is said twice', async () => {
  await linked({ settings: { ackSeconds: 60 } });
  whatsapp.faults.withholdAcks = true;
  await caio.write(ana, 'oi');
  await whatsapp.until(() => whatsapp.recorded.sends.length === 1, 'it left');
  whatsapp.faults.withholdAcks = false;
  whatsapp.silence(ana);
  const pace = beginPace();
  await expect.poll(async () => (await status()).link.status, { timeout: 30_000 }).not.toBe('connected');
  expect(pace.elapsed()).toBeLessThan(pace.within(FOUND_MS));
  await expect.poll(async () => (await status()).today.answers, { timeout: 30_000 }).toBe(1);
  // Under its id a copy is the same message.
  expect(caio.received).toHaveLength(1);
});

test('an agent that was too slow is looked at by itself, and the light is back before anybody writes', async () => {
  await linked({ settings: { agentSeconds: 1 } });
  model.hang();
  await caio.write(ana, 'oi');
  await expect.poll(truth, { timeout: 15_000 }).toBe('agent-failing');
  // The owner answers: nothing is left to be tried again.
  await ana.write(caio, 'já respondo');
  await expect.poll(async () => (await status()).retryAt).toBeNull();
  const asked = model.chats.length;
  await expect.poll(truth, { timeout: 30_000 }).toBe('answering');
  expect(model.chats).toHaveLength(asked);
});

test('settings that are only tried change nothing; saved all the same they are known to fail', async () => {
  await linked();
  const wrong = { baseUrl: model.baseUrl.replace('/v1', '/v2'), model: 'small' };
  const tried = await ask('agents.try', { agent: 'Recado', adapter: 'openai-compatible', settings: wrong, said });
  expect(tried).toMatchObject({ type: 'fault', fault: 'wrong-address' });
  expect(await truth()).toBe('answering');
  expect(await status()).toMatchObject({ settings: settingsOf(model) });
  await ask('agents.edit', { settings: wrong });
  expect(await truth()).toBe('agent-failing');
  await ask('agents.edit', { settings: settingsOf(model) });
  expect(await truth()).toBe('answering');
});

test('what a test or a check finds wrong with the saved settings puts the light out', async () => {
  await linked();
  model.reply(() => ({ status: 401, body: '{}' }));
  await ask('agents.test', { said });
  expect(await truth()).toBe('key-refused');
  model.reply(() => 'olá');
  await ask('agents.test', { said });
  expect(await truth()).toBe('answering');
  await model.stop();
  await ask('agents.check');
  expect(await truth()).toBe('agent-failing');
});

test('a flow whose address answers is not known to answer: its own faults stay until it does', async () => {
  await linked();
  const flow = await startFakeWebhook();
  onTestFinished(() => flow.stop());
  await ask('agents.edit', { adapter: 'webhook', settings: { url: flow.url } });
  flow.reply(() => ({ body: '{"message": "Error in workflow"}', status: 500 }));
  await ask('agents.test', { said });
  expect(await truth()).toBe('agent-failing');
  expect(await ask('agents.check')).toMatchObject({ agents: [{ fault: null, isProven: false }] });
  expect(await truth()).toBe('agent-failing');
  flow.reply(() => ({ body: '{"output": "olá"}' }));
  await ask('agents.test', { said });
  expect(await truth()).toBe('answering');
});

test('a chat that the owner took is told, and given back it gets its answer', async () => {
  await linked();
  await ana.write(caio, 'deixa comigo');
  await expect
    .poll(async () => (await status()).now)
    .toMatchObject({ heldChats: 1, held: [{ until: expect.any(Number) }] });
  await caio.write(ana, 'e agora?');
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was taken in');
  const [held] = (await status()).now.held;
  await ask('chats.release', { chat: held?.chat });
  await whatsapp.until(() => caio.received.length === 2, 'he has his answer');
  expect((await status()).now).toMatchObject({ heldChats: 0, held: [] });
});

test('a limit that is lowered below what is counted holds at once', async () => {
  await linked();
  await caio.write(ana, 'oi');
  await whatsapp.until(() => caio.received.length === 1, 'he is answered');
  await expect.poll(async () => (await status()).today.answers).toBe(1);
  await ask('settings.set', { name: 'dailyAnswers', value: 1 });
  expect(await status()).toMatchObject({ on: false, switchedBy: 'answers-limit' });
});
