/** A day as a busy account has it: much that is not for us, beside three people who write. Nothing is withheld, and the three are answered. */
import { expect, test } from 'vitest';
import { edit, plainText, reaction } from '../simulator/people/message-content.ts';
import { call, postInChannel, postOldStatus, postStatus, writeBroadcast } from '../simulator/people/public-senders.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { linkStock, stockClient } from '../support/stock-baileys.ts';

const ROUNDS = 4;
const GROUP_MESSAGES = 30;
const STATUSES = 15;
const POSTS = 10;

test('among hundreds of group messages, statuses, channels, calls and device changes three people are answered, and nothing is refused or owed', async () => {
  const whatsapp = await loopbackWhatsApp();
  whatsapp.faults.ackPatienceMs = 5_000;
  // One that does not arrive ends the connection.
  whatsapp.faults.lostConfirmations = 0;
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const writers = ['Caio', 'Davi', 'Eva'].map((name, at) =>
    whatsapp.contact({ number: `551198888000${at}`, name, addressing: at === 2 ? 'pn' : 'lid' }),
  );
  const members = Array.from({ length: 5 }, (_, at) =>
    whatsapp.contact({ number: `551197777000${at}`, name: `Membro ${at}` }),
  );
  const [first, second] = writers;
  if (!first || !second) throw new Error('nobody writes');
  const groups = ['Família', 'Trabalho'].map((subject) => whatsapp.group(subject, [ana, ...members, first]));
  const relay = await startRelayBench(whatsapp);
  await relay.link('Recado', ana);
  await relay.client.ask('agents.edit', {
    settings: {
      away: '',
      greeting: '',
      rules: [1, 2, 3, 4].map((round) => ({ words: [`pergunta ${round}`], answer: `resposta ${round}` })),
    },
  });
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  const [device] = ana.user.companions;

  const crowd = async (round: number): Promise<void> => {
    for (let at = 0; at < GROUP_MESSAGES; at++) {
      const from = members[at % members.length] ?? first;
      const group = groups[at % 2];
      const { id } = (await group?.write(from, plainText(`${round}.${at}`))) ?? { id: '' };
      if (at % 10 === 0) await group?.write(from, reaction(from, { id, by: from, to: ana }, '👍'));
      if (at % 15 === 0) await group?.write(from, edit({ id, by: from, to: ana }, 'mudou'), { edit: '1' });
    }
    for (let at = 0; at < STATUSES; at++) await postStatus(members[at % 5] ?? first, ana, `status ${at}`);
    await postOldStatus(first, ana, 'status');
    await writeBroadcast(first, ana, 'oferta');
    for (let at = 0; at < POSTS; at++) postInChannel(ana, `notícia ${at}`);
    call(members[round % 5] ?? first, ana);
    whatsapp.saveContact(ana, members[round % 5] ?? first, `Nome ${round}`, ['regular_high']);
  };

  for (let round = 1; round <= ROUNDS; round++) {
    // Twice the connection is away while it all comes.
    if (round % 2 === 0) {
      whatsapp.faults.refuseLogins('503');
      whatsapp.cut(ana);
      await whatsapp.until(() => device?.online === false, 'it was away');
    }
    const all = crowd(round);
    for (const writer of writers) await writer.write(ana, `pergunta ${round}`);
    await all;
    whatsapp.faults.refusal = null;
    for (const writer of writers) {
      await whatsapp.until(() => writer.received.length >= round, `${writer.user.name} has answer ${round}`);
    }
    if (round === 1) {
      const desktop = stockClient(whatsapp);
      await linkStock(whatsapp, desktop, second);
      desktop.end();
    }
    if (round === 3) first.reinstall([ana]);
  }
  await whatsapp.until(() => device?.unconfirmed === 0, 'nothing is owed');
  expect(device?.withheld).toBe(false);
  expect(whatsapp.recorded.refused).toEqual([]);
  for (const writer of writers) {
    const answers = writer.received.filter(({ from }) => from === ana.number);
    expect(answers).toHaveLength(ROUNDS);
    expect(answers.every(({ copies, text }) => copies === 1 && /resposta \d$/.test(text))).toBe(true);
  }
  expect(await relay.status('Recado')).toMatchObject({ link: { status: 'connected' }, today: { answers: 3 * ROUNDS } });
});
