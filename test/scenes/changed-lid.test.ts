/** WhatsApp gives a number another LID: whatever the owner decided goes on to hold, and whoever takes over a number hears nothing of the one before. */
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

const LID = '300000000000003';
const NEXT_LID = '400000000000004';

type Stage = { readonly relay: RelayBench; readonly model: FakeOpenAi };
type Chat = { readonly chatId: string; readonly rule: string | null; readonly heldUntil: number | null };

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;
let dora: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  dora = whatsapp.contact({ number: '5511988880002', name: 'Dora' });
});

async function answering(scope = 'everyone', home?: string): Promise<Stage> {
  const relay = await startRelayBench(whatsapp, home === undefined ? {} : { home });
  const model = await startFakeOpenAi();
  let answers = 0;
  model.reply(() => {
    answers += 1;
    return `resposta ${answers}`;
  });
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: model.baseUrl, model: 'small' },
  });
  if (home === undefined) await relay.link('Recado', ana);
  else await expect.poll(async () => (await relay.status('Recado')).link.status, { timeout: 15_000 }).toBe('connected');
  await relay.client.ask('switch', { on: true, scope });
  return { relay, model };
}

const gets = (person: Person, count: number): Promise<void> =>
  whatsapp.until(() => person.received.length === count, `${person.user.name} got ${count}`);

const seen = (): Promise<void> =>
  whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'everything was taken in');

/** Others are answered after it: whatever would have been said to `person` would have been said by then. */
async function isNotAnswered(person: Person, before = person.received.length): Promise<void> {
  await person.write(ana, 'e agora?');
  await seen();
  const others = dora.received.length;
  await dora.write(ana, 'oi');
  await gets(dora, others + 1);
  expect(person.received).toHaveLength(before);
}

const told = (model: FakeOpenAi): string => JSON.stringify(model.chats.at(-1)?.messages ?? []);

async function chatsOf({ client }: RelayBench): Promise<readonly Chat[]> {
  return (await client.ask<{ chats: Chat[] }>('chats.list')).chats;
}

test('"never" holds, at once, under the former LID as well, and over a restart', async () => {
  const { relay } = await answering();
  await caio.write(ana, 'oi');
  await gets(caio, 1);
  await relay.client.ask('chats.rule', { chat: caio.number, rule: 'never' });
  caio.changeLid(LID);
  await isNotAnswered(caio);
  const [chat] = (await chatsOf(relay)).filter(({ rule }) => rule === 'never');
  expect(chat?.chatId).toBe(`${LID}@lid`);
  await relay.stop();
  await answering('everyone', relay.home);
  caio.user.tellsOtherAddress = false;
  await isNotAnswered(caio);
  caio.user.tellsOtherAddress = true;
  caio.changeLid(NEXT_LID);
  await isNotAnswered(caio);
});

test('a chat that the owner has taken over stays theirs', async () => {
  const { relay, model } = await answering();
  await caio.write(ana, 'oi');
  await gets(caio, 1);
  await ana.write(caio, 'deixa que eu respondo');
  await seen();
  caio.changeLid(LID);
  await isNotAnswered(caio, 2);
  await relay.client.ask('chats.release', { chat: caio.number });
  await caio.write(ana, 'e hoje?');
  await gets(caio, 3);
  // Given back, and what was said is known.
  expect(told(model)).toContain('deixa que eu respondo');
});

test('a chat that was taken over by words to the new LID is held under it', async () => {
  await answering();
  await caio.write(ana, 'oi');
  await gets(caio, 1);
  caio.changeLid(LID);
  await ana.write(caio, 'sou eu');
  await seen();
  await isNotAnswered(caio, 2);
});

test('who is on the list is still answered', async () => {
  const { relay } = await answering('listed');
  await relay.client.ask('chats.rule', { chat: dora.number, rule: 'answer' });
  await caio.write(ana, 'oi');
  await relay.client.ask('chats.rule', { chat: caio.number, rule: 'answer' });
  await caio.write(ana, 'de novo');
  await gets(caio, 1);
  caio.changeLid(LID);
  await caio.write(ana, 'e agora?');
  await gets(caio, 2);
});

test('a chat that its brake rests goes on resting', async () => {
  const { relay } = await answering();
  for (let answers = 1; answers <= 6; answers++) {
    await caio.write(ana, `pergunta ${answers}`);
    await gets(caio, answers);
  }
  await expect.poll(async () => JSON.stringify(await chatsOf(relay))).toMatch(/"mutedUntil":\d/);
  caio.changeLid(LID);
  await isNotAnswered(caio);
});

test('the same person: the agent knows what was said before', async () => {
  const { model } = await answering();
  await caio.write(ana, 'meu pedido é o 1234');
  await gets(caio, 1);
  caio.changeLid(LID);
  await caio.write(ana, 'e o prazo?');
  await gets(caio, 2);
  expect(told(model)).toContain('1234');
  expect(caio.received.map(({ copies }) => copies)).toEqual([1, 1]);
});

test('a number that went to somebody else: not a word of the former conversation, and the rule "never" all the same', async () => {
  const { relay, model } = await answering();
  await caio.write(ana, 'meu CPF é 123.456');
  await gets(caio, 1);
  await caio.write(ana, 'e a senha é azul');
  await gets(caio, 2);
  caio.recycle(LID, 'Zeca');
  await caio.write(ana, 'oi, quem fala?');
  await gets(caio, 3);
  expect(told(model)).toContain('quem fala');
  expect(told(model)).not.toMatch(/123\.456|azul|resposta [12]\b/);
  await relay.client.ask('chats.rule', { chat: caio.number, rule: 'never' });
  caio.recycle(NEXT_LID, 'Yara');
  await isNotAnswered(caio);
});
