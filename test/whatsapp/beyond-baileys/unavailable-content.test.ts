/** Messages that came without their content: told of, counted, and asked for where the phone sends it. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { MissingContent } from '../../../relay/whatsapp/messages/missing-content.ts';
import type { MessageName } from '../../../relay/whatsapp/socket/journal-entry.ts';
import { image, viewOnce } from '../../simulator/people/message-content.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

const picture = () => viewOnce(image(whatsapp.media.keep('Image', Buffer.from('once'))));

test('stock Baileys hands over a view-once message without content, and of what it calls a fan-out nothing', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  const once = await caio.send(ana, picture(), { unavailable: 'view_once' });
  const other = await caio.send(ana, picture(), { unavailable: 'hosted_unavailable_fanout' });
  await caio.write(ana, 'fim');
  const found = (id: string) => client.messages.find(({ key }) => key.id === id);
  await whatsapp.until(
    () => client.messages.some(({ message }) => message?.conversation === 'fim'),
    'the last arrived',
  );
  expect(found(once.id)).toMatchObject({ key: { isViewOnce: true } });
  expect(found(once.id)?.message).toBeFalsy();
  expect(found(other.id)).toBeUndefined();
});

test('what the phone alone has of other kinds is told of too', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await caio.send(ana, picture(), { unavailable: 'hosted_unavailable_fanout' });
  await whatsapp.until(() => bench.taken.length === 1, 'it was told of');
  expect(bench.taken[0]).toMatchObject({ author: 'contact', kind: 'phone-only', text: null });
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was acknowledged');
});

test('a view-once message is told of as what only the phone can show, in its order, and is acknowledged', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'olha');
  await caio.send(ana, picture(), { unavailable: 'view_once' });
  await caio.write(ana, 'fim');
  await whatsapp.until(() => bench.taken.length === 3, 'all arrived');
  expect(bench.taken.map(({ author, kind, text }) => [author, kind, text])).toEqual([
    ['contact', 'text', 'olha'],
    ['contact', 'phone-only', null],
    ['contact', 'text', 'fim'],
  ]);
  expect(new Set(bench.taken.map(({ chatId }) => chatId)).size).toBe(1);
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'everything was acknowledged');
});

test("the owner's own view-once message is the owner's", async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await ana.send(caio, picture(), { unavailable: 'view_once' });
  await whatsapp.until(() => bench.taken.length === 1, 'it arrived');
  expect(bench.taken[0]).toMatchObject({ author: 'owner', kind: 'phone-only' });
});

test('a message without content and type is asked of the phone, and comes as what it is', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'oferta', { unavailable: 'untyped' });
  await whatsapp.until(() => bench.taken.length === 1, 'the phone sent it');
  expect(bench.taken[0]).toMatchObject({ author: 'contact', kind: 'text', text: 'oferta' });
});

test('what the phone does not send in time is told of without its content, and comes all the same later', async () => {
  const clock = new ManualClock(0);
  const missing = new MissingContent(clock);
  const told: string[] = [];
  missing.await('chat one' as MessageName, () => told.push('one'));
  missing.await('chat two' as MessageName, () => told.push('two'));
  missing.arrived('chat two' as MessageName);
  await clock.advance(14_999);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual(['one']);
  missing.await('chat three' as MessageName, () => told.push('three'));
  missing.stop();
  await clock.advance(60_000);
  expect(told).toEqual(['one']);
});
