/** What is not for us is acknowledged plainly, so that nothing behind it is withheld. Stock Baileys does neither. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { plainText } from '../../simulator/people/message-content.ts';
import type { Person } from '../../simulator/people/person.ts';
import { postInChannel, postOldStatus, postStatus, writeBroadcast } from '../../simulator/people/public-senders.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

/** Stanzas that the account's device has not confirmed. */
const owed = () => ana.user.companions[0]?.unconfirmed ?? -1;

/** One message each of a status, a status as it came before, a list, a channel and a group. */
async function writePublicly(): Promise<void> {
  await postStatus(caio, ana, 'status');
  await postOldStatus(caio, ana, 'status');
  await writeBroadcast(caio, ana, 'oferta');
  postInChannel(ana, 'notícia');
  await whatsapp.group('Família', [ana, caio]).write(caio, plainText('no grupo'));
}

async function startStock(config: Parameters<typeof stockClient>[1] = {}) {
  const client = stockClient(whatsapp, config);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  await whatsapp.until(() => owed() === 0, 'what came with the link was confirmed');
  return client;
}

test('stock Baileys leaves a status unacknowledged, and its connection is ended for that, again and again', async () => {
  whatsapp.faults.ackPatienceMs = 200;
  const client = await startStock();
  await postStatus(caio, ana, 'status');
  await whatsapp.until(() => client.closes.length === 2, 'the connection was ended');
  expect(client.closes).toEqual([515, 500]);
  client.connect();
  await whatsapp.until(() => client.closes.length === 3, 'it was ended again');
  expect(owed()).toBe(1);
});

test('stock Baileys refuses what it is told to ignore, and what stands behind it is withheld', async () => {
  const client = await startStock({ shouldIgnoreJid: (jid) => jid.endsWith('@broadcast') });
  client.end();
  await whatsapp.until(() => ana.companions()[0]?.online === false, 'it was away');
  await postOldStatus(caio, ana, 'status');
  await whatsapp.until(() => owed() === 1, 'it waits');
  client.connect();
  await whatsapp.until(() => whatsapp.recorded.refused.length > 0, 'it was refused');
  expect(whatsapp.recorded.refused).toMatchObject([{ class: 'message', error: '500' }]);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => owed() >= 2, 'the message is withheld');
  expect(client.messages.filter(({ message }) => message?.conversation === 'oi')).toEqual([]);
  whatsapp.recorded.refused.length = 0;
});

test('the relay owes nothing for statuses, lists, channels and groups, and refuses none of them', async () => {
  whatsapp.faults.ackPatienceMs = 300;
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await writePublicly();
  await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the message arrived');
  await whatsapp.until(() => owed() === 0, 'everything was acknowledged');
  expect(bench.reports.at(-1)).toMatchObject({ status: 'connected' });
});

test('what waited while it was away is acknowledged plainly too, and the message behind it arrives', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.refuseLogins('503');
  whatsapp.cut(ana);
  await whatsapp.until(() => ana.companions()[0]?.online === false, 'it was away');
  await writePublicly();
  await caio.write(ana, 'oi');
  whatsapp.faults.clear();
  await whatsapp.until(() => bench.taken.length === 1, 'the message arrived');
  await whatsapp.until(() => owed() === 0, 'everything was acknowledged');
});
