/** What people, their phones and their programs really do: pieces, greetings that a phone writes, loops of programs, slow flows. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { NumberSettings } from '../../relay/settings/catalogue.ts';
import type { Outcome } from '../../shared/contract/chat.ts';
import { deletion, edit } from '../simulator/people/message-content.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { startFakeWebhook } from '../support/fake-webhook.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

const GREETING = 'Olá! Que bom ter você aqui. Já respondemos.';

let whatsapp: WhatsApp;
let relay: RelayBench;
let ana: Person;
let caio: Person;
let model: FakeOpenAi;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  model = await startFakeOpenAi();
  onTestFinished(() => model.stop());
});

async function answering(settings: Partial<NumberSettings> = {}, agent: object = {}): Promise<void> {
  relay = await startRelayBench(whatsapp, { settings });
  const backEnd = { adapter: 'openai-compatible', settings: { baseUrl: model.baseUrl, model: 'small' }, ...agent };
  await relay.client.ask('agents.edit', backEnd);
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
}

const outcomes = async (): Promise<readonly Outcome[]> => {
  const page = await relay.client.ask<{ outcomes: { outcome: Outcome }[] }>('outcomes.list');
  return page.outcomes.map(({ outcome }) => outcome);
};
/** What the model was last asked, without the instructions. */
const lastAsked = () =>
  model.chats
    .at(-1)
    ?.messages.slice(1)
    .map(({ content }) => content) ?? [];
const texts = (person: Person) => person.received.map(({ text }) => text);

test('who writes in pieces gets one answer, and what answered the first piece alone never leaves', async () => {
  await answering({ gatherSeconds: 0.2, piecesSeconds: 3 });
  model.reply(({ messages }) => `sobre: ${messages.at(-1)?.content.split('\n').slice(1).join(', ')}`);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => model.chats.length === 1, 'the first piece was asked about');
  await caio.write(ana, 'queria um bolo');
  await whatsapp.until(() => lastAsked().at(-1)?.includes('bolo') === true, 'both pieces were asked about');
  await caio.write(ana, 'pra sábado');
  await whatsapp.until(() => caio.received.length > 0, 'he is answered');
  expect(texts(caio)).toEqual(['sobre: oi, queria um bolo, pra sábado']);
  await expect.poll(outcomes).toEqual(['answered', 'answered', 'answered']);
});

test('the greeting of WhatsApp Business takes no chat: the agent answers, knows what it said, and the owner reads of it', async () => {
  await answering({ gatherSeconds: 1 });
  await caio.write(ana, 'oi, tem bolo?');
  await ana.write(caio, GREETING);
  model.reply(() => 'Temos!');
  await whatsapp.until(() => caio.received.some(({ text }) => text === 'Temos!'), 'the agent answers');
  expect(lastAsked().join('\n')).toContain(GREETING);
  expect((await relay.status('Recado')).now.heldChats).toBe(0);
  const { chats } = await relay.client.ask<{ chats: { automaticAt: number | null }[] }>('chats.list');
  expect(chats).toMatchObject([{ automaticAt: expect.any(Number), heldUntil: null }]);
  await ana.write(caio, 'Sou eu, a Ana: separo um pra você');
  await expect.poll(async () => (await relay.status('Recado')).now.heldChats).toBe(1);
});

test('a program that answers every answer is braked in its chat alone', async () => {
  await answering({
    gatherSeconds: 0.2,
    brakeLoopTurns: 4,
    brakeShortAnswers: 1_000,
    brakeLongAnswers: 1_000,
    brakeHourAnswers: 1_000,
  });
  model.reply(({ messages }) => `Recebemos a mensagem ${messages.length}.`);
  await caio.write(ana, 'Obrigado pelo contato! Sua posição na fila é 0.');
  for (let turn = 1; turn <= 10; turn += 1) {
    await whatsapp.until(() => caio.received.length === turn, 'the program has its answer');
    await caio.write(ana, `Obrigado pelo contato! Sua posição na fila é ${turn}.`);
    if ((await braked(turn)) === true) break;
  }
  expect(caio.received.length).toBeLessThan(8);
  const other = whatsapp.contact({ number: '5511988880002', name: 'Davi' });
  await other.write(ana, 'quanto custa o bolo?');
  await whatsapp.until(() => other.received.length === 1, 'somebody else is answered');
});

/** Whether the next turn met the brake, or was answered. */
async function braked(answered: number): Promise<boolean> {
  for (;;) {
    if (caio.received.length > answered) return false;
    if ((await outcomes()).includes('brake')) return true;
  }
}

test('a flow that is too slow ran once, can tell a second run from the first, and runs again on the owner’s word alone', async () => {
  const flow = await startFakeWebhook();
  onTestFinished(() => flow.stop());
  flow.hang();
  await answering({ gatherSeconds: 0.2, agentSeconds: 1 }, { adapter: 'webhook', settings: { url: flow.url } });
  await caio.write(ana, 'oi');
  await expect.poll(outcomes, { timeout: 10_000 }).toEqual(['agent-error']);
  expect(flow.requests).toHaveLength(1);
  flow.reply(() => 'aqui');
  const [{ chat } = { chat: '' }] = (
    await relay.client.ask<{ chats: { chatId: string }[] }>('chats.unanswered')
  ).chats.map(({ chatId }) => ({ chat: chatId }));
  await relay.client.ask('chats.answer', { chat });
  await whatsapp.until(() => caio.received.length === 1, 'he is answered');
  const sent = flow.requests.map(({ headers, json }) => ({ ...(json as object), key: headers['idempotency-key'] }));
  const [first, second] = sent as { key: string; turnId: string; attempt: number; messages: { id: string }[] }[];
  expect(sent).toHaveLength(2);
  expect(first?.key).toBe(first?.turnId);
  expect(second).toMatchObject({ key: first?.key, attempt: 2, messages: first?.messages.map(({ id }) => ({ id })) });
});

test.each([
  ['deletes', true],
  ['edits what was asked, and the agent is silent,', false],
])('“typing” ends where the contact %s', async (_, deletes) => {
  await answering({ gatherSeconds: 0.2, paceSeconds: 20 });
  await relay.client.ask('settings.set', { name: 'typing', value: 'yes' });
  model.reply(({ messages }) => (messages.at(-1)?.content.includes('nada') ? 'NO_REPLY' : 'x'.repeat(300)));
  const { id } = await caio.write(ana, 'oi');
  await whatsapp.until(() => typing() === 'composing', 'the contact sees that somebody writes');
  const of = { id, by: caio, to: ana };
  if (deletes) await caio.send(ana, deletion(of));
  else await caio.send(ana, edit(of, 'nada'), { edit: '1' });
  await whatsapp.until(() => typing() === 'paused', 'and that it ended');
  expect(caio.received).toEqual([]);
});

describe('“typing” that the relay cannot end itself', () => {
  const environment = { RECADO_TYPING: 'yes', RECADO_PACE_SECONDS: '30', RECADO_GATHER_SECONDS: '0.2' };

  /** Until the contact sees that somebody writes. */
  async function writing(): Promise<RelayProcess> {
    const relay = await startRelayProcess(whatsapp, { environment });
    const address = ['--set', `baseUrl=${model.baseUrl}`, '--set', 'model=small'];
    await relay.recado('agents', 'edit', '--adapter', 'openai-compatible', ...address);
    await relay.link(ana, 'Recado');
    await relay.recado('on', '--answer', 'everyone');
    model.reply(() => 'x'.repeat(400));
    await caio.write(ana, 'oi');
    await whatsapp.until(() => typing() === 'composing', 'the contact sees that somebody writes');
    return relay;
  }

  test('ends as the relay stops', async () => {
    const { relay } = await writing();
    relay.child.kill('SIGTERM');
    await whatsapp.until(() => typing() === 'paused', 'a stop ends it');
    await relay.ended();
    expect(caio.received).toEqual([]);
  });

  test('ends with the next start where the relay was killed and the answer will not come', async () => {
    const { relay, home } = await writing();
    relay.child.kill('SIGKILL');
    await relay.ended();
    expect(typing()).toBe('composing');
    const next = await startRelayProcess(whatsapp, { environment, home });
    await next.recado('off');
    await whatsapp.until(() => typing() === 'paused', 'the next start knows of it');
    expect(caio.received).toEqual([]);
  });
});

const typing = () => whatsapp.recorded.typing.at(-1)?.type;
