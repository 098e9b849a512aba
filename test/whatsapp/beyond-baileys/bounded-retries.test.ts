/** What cannot be decrypted is asked for again a few times, and acknowledged plainly. Stock Baileys does neither. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

const COPIES = 8;

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  whatsapp.faults.withholdAfterRefusal = false;
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

const owed = () => ana.user.companions[0]?.unconfirmed ?? -1;

/** Eight copies of a message that cannot be decrypted; says how often it was asked for again. */
async function writeUnreadable(): Promise<() => number> {
  await whatsapp.until(() => owed() === 0, 'what came with the link was confirmed');
  caio.offline();
  const { id } = await caio.write(ana, 'oi', { unreadable: true });
  const isRequest = ({ device, type, ids }: (typeof whatsapp.recorded.receipts)[number]) =>
    device > 0 && type === 'retry' && ids.includes(id);
  const requests = () => whatsapp.recorded.receipts.filter(isRequest).length;
  await whatsapp.until(() => requests() === 1 && owed() === 0, 'it was asked for again');
  for (let copy = 2; copy <= COPIES; copy++) {
    whatsapp.redeliver(ana);
    await whatsapp.until(() => owed() === 0, `copy ${copy} was acknowledged`);
  }
  return requests;
}

test('stock Baileys begins to count anew at its bound, and refuses each copy', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  const requests = await writeUnreadable();
  await whatsapp.until(() => whatsapp.recorded.refused.length === COPIES, 'all were refused');
  expect(requests()).toBe(7);
});

test('the relay asks five times, also over a cut, and refuses none', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  const requests = await writeUnreadable();
  expect(requests()).toBe(5);
  whatsapp.cut(ana);
  await whatsapp.until(
    () => ana.companions()[0]?.online === true && bench.reports.at(-1)?.status === 'connected',
    'it is back',
  );
  whatsapp.redeliver(ana);
  await whatsapp.until(() => owed() === 0, 'it was acknowledged');
  expect(requests()).toBe(5);
  expect(whatsapp.recorded.refused).toEqual([]);
});
