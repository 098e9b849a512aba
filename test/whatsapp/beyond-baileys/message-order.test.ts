/** One sender's messages that cannot be decrypted hold up nobody else, and cost a bounded share. */
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { beginPace } from '../../support/machine-pace.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';
import { testStore } from '../../support/store.ts';

const FLOOD = 120;

let whatsapp: WhatsApp;
let ana: Person;
let mallory: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  mallory = whatsapp.contact({ number: '5511988880009', name: 'Mallory' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

async function flood(count = FLOOD): Promise<void> {
  for (let at = 0; at < count; at++) await mallory.write(ana, `lixo ${at}`, { unreadable: true });
}

/** Milliseconds until somebody else's message is here. */
async function waited(arrived: () => boolean): Promise<number> {
  const began = performance.now();
  await caio.write(ana, 'oi');
  await whatsapp.until(arrived, 'the other one’s message arrived');
  return performance.now() - began;
}

const requests = () => whatsapp.recorded.receipts.filter(({ type, device }) => type === 'retry' && device > 0).length;

test('stock Baileys lets one sender’s broken messages hold up everybody', async () => {
  const client = stockClient(whatsapp);
  await linkStock(whatsapp, client, ana);
  await flood(24);
  const arrived = () => client.messages.some(({ message }) => message?.conversation === 'oi');
  expect(await waited(arrived)).toBeGreaterThan(4_000);
  client.end();
});

test('somebody else is heard while a sender’s broken messages come by the hundred', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await flood();
  const pace = beginPace();
  const before = await waited(() => bench.taken.some(({ text }) => text === 'oi'));
  expect(before).toBeLessThan(pace.within(3_000));
  // Each broken one costs a try and a request, and there are few of them a minute.
  expect(requests()).toBeLessThan(20);
});

test('what of that sender can be read is read after the others’, in order, and at once when all can be read again', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  for (let at = 0; at < 6; at++) await mallory.write(ana, `lixo ${at}`, { unreadable: true });
  for (const text of ['um', 'dois', 'três']) await mallory.write(ana, text);
  await caio.write(ana, 'oi');
  const texts = () => bench.taken.flatMap(({ text }) => (text === null ? [] : [text]));
  await whatsapp.until(() => texts().includes('três'), 'all of it is read');
  expect(texts().indexOf('oi')).toBeLessThan(texts().indexOf('um'));
  expect(texts().filter((text) => text !== 'oi' && !text.startsWith('lixo'))).toEqual(['um', 'dois', 'três']);
});

test('from a queue, too: what is set aside does not keep the others from being answered', async () => {
  const store = await testStore();
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  const caughtUp: number[] = [];
  await bench.session.stop();
  await flood();
  await caio.write(ana, 'oi');
  const pace = beginPace();
  const again = await startBench(whatsapp, {
    store,
    inbound: { caughtUp: () => void caughtUp.push(performance.now()) },
  });
  await whatsapp.until(() => caughtUp.length > 0, 'it has caught up');
  expect(again.taken.some(({ text }) => text === 'oi')).toBe(true);
  expect(pace.elapsed()).toBeLessThan(pace.within(10_000));
});
