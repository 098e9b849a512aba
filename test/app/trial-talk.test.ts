/** A talk with an agent without WhatsApp: what a contact would have got, talk by talk, and nothing of it on the disk. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TrialTalk } from '../../relay/app/trial-talk.ts';
import type { AgentId } from '../../shared/contract/chat.ts';
import { deps, line, patient } from '../agents/asking.ts';
import { type FakeSipPulse, startFakeSipPulse } from '../support/fake-sippulse.ts';

const KEY = 'sp-planted-0123456789';
let server: FakeSipPulse;

beforeEach(async () => {
  server = await startFakeSipPulse({ key: KEY });
});
afterEach(() => server.stop());

function trial() {
  const given = deps({ answerCharacters: 200 });
  const talk = new TrialTalk('agt_0000000000' as AgentId, given);
  const backEnd = { adapter: 'sippulse', settings: { agentId: 'agt_1', baseUrl: server.url } } as const;
  talk.configure(backEnd, { secret: KEY, price: null, knowledge: [] });
  return { talk, given };
}

test('a talk over several turns is one chat to the back end, and another talk is another', async () => {
  const { talk, given } = trial();
  await talk.ask('one', [line('contact', 'hi')], patient);
  await talk.ask('one', [line('contact', 'hi'), line('agent', 'hello'), line('contact', 'and now?')], patient);
  await talk.ask('two', [line('contact', 'hi')], patient);
  await talk.ask(null, [line('contact', 'hi')], patient);
  await talk.ask(null, [line('contact', 'hi')], patient);
  expect(server.threads.map(({ contents }) => contents)).toEqual([['hi', 'and now?'], ['hi'], ['hi'], ['hi']]);
  expect(new Set(server.threads.map(({ uid }) => uid)).size).toBe(4);
  expect(given.kept.size).toBe(0);
});

test('an answer comes as the messages that a contact would get, and what is repeated is not sent', async () => {
  const { talk } = trial();
  const paragraph = `${'palavra '.repeat(20).trim()}.`;
  server.reply(() => `${paragraph}\n\n${paragraph}`);
  expect(await talk.ask('one', [line('contact', 'hi')], patient)).toMatchObject({ type: 'answer', texts: [paragraph] });
  server.reply(() => '**hello**');
  const said = [line('contact', 'hi'), line('agent', '*hello*'), line('contact', 'hi')];
  expect(await talk.ask('one', said, patient)).toMatchObject({ type: 'silence', reason: 'same-answer' });
  server.reply(() => '');
  expect(await talk.ask('one', said, patient)).toMatchObject({ type: 'silence', reason: 'agent-silent' });
});

test('an answer that was shortened says so', async () => {
  const { talk } = trial();
  server.reply(() => Array.from({ length: 8 }, (_, at) => `${at} ${'palavra '.repeat(20).trim()}.`).join('\n\n'));
  const result = await talk.ask('one', [line('contact', 'hi')], patient);
  expect(result).toMatchObject({ type: 'answer', shortened: 'too-long' });
});
