/** Who is answered, driven from outside: the relay's own process, and the command line as a script would use it. */
import { expect, test } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayProcess } from '../support/relay-process.ts';

const MINUTE = 60_000;

test('off for a time, a schedule, why, unanswered, answer and release: each says what it did', async () => {
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  const relay = await startRelayProcess(whatsapp);
  const told = async (...args: string[]): Promise<readonly Record<string, unknown>[]> => {
    const { out } = await relay.recado(...args, '--json');
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  const rules = ['um', 'dois', 'velha'].map((word) => ({ words: [word], answer: `resposta ${word}` }));
  await relay.recado(
    'agents',
    'edit',
    '--set',
    `rules=${JSON.stringify(rules)}`,
    '--set',
    'away=',
    '--set',
    'greeting=',
  );
  await relay.link(ana);

  expect(await told('on')).toMatchObject([{ error: { code: 'who-is-answered' } }]);
  expect(await told('on', '--answer', 'everyone')).toMatchObject([{ on: true, scope: 'everyone' }]);
  await caio.write(ana, 'um');
  await whatsapp.until(() => caio.received.length === 1, 'he is answered');
  const [answered] = await told('why');
  expect(answered).toMatchObject({
    outcome: 'answered',
    reason: null,
    number: caio.number,
    chatId: expect.any(String),
  });
  expect(answered?.sentAt).toBeGreaterThan(Date.now() - MINUTE);

  // The owner writes: the chat is theirs, until it is given back.
  await ana.write(caio, 'sou eu');
  await expect.poll(async () => (await told('chats'))[0]?.heldUntil, { timeout: 10_000 }).toBeGreaterThan(Date.now());
  await caio.write(ana, 'dois');
  await expect.poll(async () => (await told('why', caio.number))[0]?.reason, { timeout: 10_000 }).toBe('owner-wrote');
  expect(await told('release', caio.number)).toMatchObject([{ released: true, heldUntil: null }]);
  expect(await told('release', caio.number)).toMatchObject([{ released: false }]);
  await whatsapp.until(
    () => caio.received.some(({ text }) => text.endsWith('resposta dois')),
    'what waited is answered',
  );
  await expect.poll(async () => (await told('why', caio.number))[0]?.outcome).toBe('answered');

  // What is too old waits for the owner's word.
  await caio.write(ana, 'velha', { sentAt: Date.now() - 20 * MINUTE });
  await expect.poll(async () => (await told('why'))[0]?.reason, { timeout: 10_000 }).toBe('too-old');
  expect(await told('unanswered')).toMatchObject([{ number: caio.number, reason: 'too-old', messages: 1 }]);
  expect(await told('answer', caio.number)).toMatchObject([{ messages: 1 }]);
  await whatsapp.until(() => caio.received.some(({ text }) => text.endsWith('resposta velha')), 'it is answered');
  expect(await told('unanswered')).toEqual([]);
  expect(await told('answer', caio.number)).toMatchObject([{ error: { code: 'nothing-unanswered' } }]);

  const before = Date.now();
  const [off] = await told('off', '--for', '1h');
  expect(off).toMatchObject({ on: false, droppedAnswers: 0 });
  expect(off?.backOnAt).toBeGreaterThanOrEqual(before + 60 * MINUTE);
  expect(await told('answer', caio.number)).toMatchObject([{ error: { code: 'may-not-answer' } }]);
  expect((await told('off', '--until', 'tomorrow'))[0]?.backOnAt).toBeGreaterThan(Date.now());

  expect(await told('schedule', '--set', 'daily 00:00-24:00')).toMatchObject([{ on: true, nextEdge: null }]);
  expect((await told('status'))[0]).toMatchObject({ on: true, switchedBy: 'schedule', backOnAt: null });
  expect(await told('schedule', '--clear')).toMatchObject([{ on: true, schedule: [], text: '' }]);
}, 120_000);
