/**
 * A day of a busy account, with everything that WhatsApp does to a client in between: people who write, groups, statuses, channels, calls,
 * another companion, the owner who answers some themselves, confirmations that are lost, a connection that is cut, a relay that is killed.
 */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { plainText } from '../simulator/people/message-content.ts';
import type { Person } from '../simulator/people/person.ts';
import { call, postInChannel, postOldStatus, postStatus, writeBroadcast } from '../simulator/people/public-senders.ts';
import { localClient } from '../support/local-client.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayProcess } from '../support/relay-process.ts';
import { linkStock, stockClient } from '../support/stock-baileys.ts';

/** As many kills, and as many cuts. */
const BLOWS = Number(process.env.BUSY_DAY_BLOWS ?? 3);
const PEOPLE = 30;
/** So many of them the owner answers. */
const OWNERS = 6;
const GROUPS = 10;
const LOST = 0.1;
const MOST_MS = 45_000;
const ENVIRONMENT = {
  RECADO_BACKOFF_FIRST_SECONDS: '0.05',
  RECADO_DAILY_ANSWERS: '10000',
  RECADO_BRAKE_SHORT_ANSWERS: '1000',
  RECADO_BRAKE_LONG_ANSWERS: '1000',
  RECADO_BRAKE_HOUR_ANSWERS: '1000',
  RECADO_BRAKE_LOOP_TURNS: '1000',
  RECADO_CHAT_TOKENS_PERCENT: '100',
};

/** Nobody chooses when it strikes. */
const someTime = (): Promise<void> => pause(systemRandom.fraction() * 600);

test('nothing is lost, doubled, refused or said over the owner, and the phone keeps ringing', {
  timeout: 60_000 + BLOWS * 15_000,
}, async () => {
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const people = Array.from({ length: PEOPLE }, (_, at) =>
    whatsapp.contact({
      number: `5511988880${100 + at}`,
      name: `Pessoa ${at}`,
      addressing: at % 3 === 0 ? 'pn' : 'lid',
    }),
  );
  const [held, writers] = [people.slice(0, OWNERS), people.slice(OWNERS)];
  const groups = Array.from({ length: GROUPS }, (_, at) =>
    whatsapp.group(`Grupo ${at}`, [ana, ...people.slice(at, at + 6)]),
  );
  let relay = await startRelayProcess(whatsapp, { environment: ENVIRONMENT });
  await relay.link(ana);
  const rules = Array.from({ length: BLOWS }, (_, at) => ({ words: [`questão${at}fim`], answer: `resposta ${at}` }));
  const asked: string[] = [];
  const client = await localClient(path.join(relay.home, 'relay.sock'));
  await client.ask('agents.edit', { settings: { away: '', greeting: '', rules } });
  await client.ask('switch', { on: true, scope: 'everyone' });
  client.close();
  const [device] = ana.user.companions;
  const desktop = stockClient(whatsapp);
  onTestFinished(() => desktop.end());
  await linkStock(whatsapp, desktop, ana);
  for (const person of held) await ana.write(person, 'deixa comigo');

  const crowd = async (): Promise<void> => {
    for (const group of groups) {
      for (const member of group.members.slice(1, 4)) await group.write(member, plainText('bom dia'));
      await group.write(ana, plainText('bom dia a todos'));
    }
    for (const person of people.slice(0, 10)) await postStatus(person, ana, 'status');
    for (const person of people.slice(0, 3)) {
      await postOldStatus(person, ana, 'status');
      await writeBroadcast(person, ana, 'oferta');
      call(person, ana);
    }
    for (let post = 0; post < 10; post++) postInChannel(ana, `notícia ${post}`);
    for (const person of held) await ana.write(person, 'já respondo');
  };
  // The other companion has none of that.
  whatsapp.faults.lostConfirmations = LOST;
  for (let round = 0; round < BLOWS; round++) {
    const questions = people.map(async (person) => asked.push((await person.write(ana, `questão${round}fim`)).id));
    const all = [crowd(), ...questions];
    await someTime();
    relay.relay.child.kill('SIGKILL');
    await relay.relay.ended();
    relay = await startRelayProcess(whatsapp, { home: relay.home, environment: ENVIRONMENT });
    await someTime();
    whatsapp.cut(ana);
    await Promise.all(all);
    for (const writer of writers)
      await whatsapp.until(() => answersTo(writer).length > round, `the answer ${round} is there`, MOST_MS);
  }
  whatsapp.faults.lostConfirmations = 0;
  whatsapp.cut(ana);
  // What was confirmed in vain comes once more, too.
  await whatsapp.until(() => device?.online === true && device.waiting === 0, 'nothing is owed', MOST_MS);

  for (const writer of writers) expect(answersTo(writer)).toEqual(rules.map(({ answer }) => answer));
  for (const person of held) expect(answersTo(person)).toEqual([]);
  const ofRelay = ({ device: id, number }: { readonly device: number; readonly number: string }): boolean =>
    number === ana.number && id === device?.id;
  const { refused, presences, pushesWithheld, receipts } = whatsapp.recorded;
  expect(refused.filter(ofRelay)).toEqual([]);
  expect(receipts.filter((each) => ofRelay(each) && each.type === 'retry')).toEqual([]);
  // A copy of what was read before is received again, and not only done with.
  const received = new Set(receipts.flatMap((each) => (ofRelay(each) && each.type === 'inactive' ? each.ids : [])));
  expect(asked.filter((id) => !received.has(id))).toEqual([]);
  expect(new Set(presences.filter(ofRelay).map(({ type }) => type))).toEqual(new Set(['unavailable']));
  expect(pushesWithheld.filter(ofRelay)).toEqual([]);
  expect(device?.withheld).toBe(false);
});

/** What the agent said in the chat with this person, in order; what comes twice under its id is one message. */
function answersTo(person: Person): readonly string[] {
  const fromAgent = person.received.filter(({ chat }) => chat === '5511999990001');
  return fromAgent.flatMap(({ text }) => /resposta \d+$/.exec(text) ?? []);
}
