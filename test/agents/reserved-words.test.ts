/** A person must answer: the word by which a back end says so, and the field of a flow, in the shapes in which they come. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import { json } from '../support/fake-http.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { type FakeWebhook, startFakeWebhook } from '../support/fake-webhook.ts';
import { deps, patient, turn } from './asking.ts';

let model: FakeOpenAi;
let flow: FakeWebhook;
beforeEach(async () => {
  model = await startFakeOpenAi();
  flow = await startFakeWebhook();
});
afterEach(async () => {
  await model.stop();
  await flow.stop();
});

const ofModel = () =>
  createAgent({ adapter: 'openai-compatible', settings: { baseUrl: model.baseUrl, model: 'm' } }, null, deps());
const ofFlow = () => createAgent({ adapter: 'webhook', settings: { url: `${flow.url}/webhook/x` } }, null, deps());

test.each([
  ['alone', 'ASK_OWNER', []],
  ['in bold', '**ASK_OWNER**', []],
  ['on a line of its own', 'Vou chamar a Ana.\nASK_OWNER', ['Vou chamar a Ana.']],
  ['before the words', 'ASK_OWNER\n\nVou chamar a Ana.', ['Vou chamar a Ana.']],
  ['at the end of a sentence', 'Vou chamar a Ana. [ASK_OWNER]', ['Vou chamar a Ana.']],
  ['as code', 'Vou chamar a Ana.\n`ASK_OWNER`', ['Vou chamar a Ana.']],
  ['after thoughts', '<think>difícil</think>Vou chamar a Ana.\nASK_OWNER.', ['Vou chamar a Ana.']],
  ['in JSON', '{"text": "Vou chamar a Ana. ASK_OWNER"}', ['Vou chamar a Ana.']],
])('a model’s word %s', async (_how, said, texts) => {
  model.reply(() => said);
  const result = await ofModel().answer(turn('Quero falar com alguém'), patient);
  expect(result).toMatchObject(texts.length === 0 ? { type: 'silence', asksOwner: true } : { texts, asksOwner: true });
});

test.each([
  ['a word that begins like it', 'ASK_OWNERS_CLUB abre às nove.'],
  ['the words in plain', 'Please ask owner.'],
])('%s asks for nobody', async (_what, said) => {
  model.reply(() => said);
  const result = await ofModel().answer(turn('Oi'), patient);
  expect(result).toMatchObject({ type: 'answer' });
  expect(result).not.toHaveProperty('asksOwner');
});

test.each([
  ['a field beside a text', { output: 'Vou chamar a Ana.', askOwner: true }, ['Vou chamar a Ana.']],
  ['a field alone', { askOwner: true }, []],
  ['a field beside an empty text', { output: '', ask_owner: true }, []],
  ['the item of a list', [{ output: 'Vou chamar a Ana.', AskOwner: true }], ['Vou chamar a Ana.']],
  ['what is inside', { data: { text: 'Vou chamar a Ana.', askOwner: true } }, ['Vou chamar a Ana.']],
  ['the word in a text', 'Vou chamar a Ana.\nASK_OWNER', ['Vou chamar a Ana.']],
])('a flow says it by %s', async (_how, body, texts) => {
  flow.reply(() => json(body));
  const result = await ofFlow().answer(turn('Quero falar com alguém'), patient);
  expect(result).toMatchObject(texts.length === 0 ? { type: 'silence', asksOwner: true } : { texts, asksOwner: true });
});

test('a field that is not true asks for nobody, and a failed flow is a fault all the same', async () => {
  flow.reply(() => json({ output: 'Nove.', askOwner: false }));
  expect(await ofFlow().answer(turn('Quando?'), patient)).not.toHaveProperty('asksOwner');
  flow.reply(() => json({ error: 'boom', askOwner: true }));
  expect(await ofFlow().answer(turn('Quando?'), patient)).toMatchObject({ type: 'fault' });
});

test('models are told the word, and that it is for what only the owner can answer', async () => {
  await ofModel().answer(turn('Oi'), patient);
  expect(model.chats[0]?.messages[0]?.content).toMatch(
    /only the owner can answer, write ASK_OWNER on a line of its own/,
  );
});
