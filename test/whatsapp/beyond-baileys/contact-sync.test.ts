/** The address book, read whole and known to be whole; what the relay makes of it is tested with who is answered. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../simulator/people/person.ts';
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

test('stock Baileys reads no address book where the recent history is not wanted', async () => {
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  const client = stockClient(whatsapp, { shouldSyncHistoryMessage: ({ syncType }) => Number(syncType ?? 0) !== 3 });
  onTestFinished(() => client.end());
  const names: string[] = [];
  const linking = linkStock(whatsapp, client, ana);
  await linking;
  client.socket.ev.on('contacts.upsert', (contacts) => names.push(...contacts.flatMap(({ name }) => name ?? [])));
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'the phone has shared its keys');
  // Whatever is asked of itself is asked by now.
  await client.socket.fetchPrivacySettings(true);
  expect(names).toEqual([]);
});

test('it is known once it was read whole, with and without anybody in it', async () => {
  for (const saved of [true, false]) {
    const owner = whatsapp.account({ number: saved ? '5511999990002' : '5511999990003' });
    if (saved) whatsapp.saveContact(owner, caio, 'Caio da Silva');
    const bench = await startBench(whatsapp, { agentId: saved ? 'agt_A' : 'agt_B' });
    await linkTo(whatsapp, bench, owner);
    await expect.poll(() => bench.session.addressBook.known).toBe(true);
    expect(bench.session.addressBook.isSaved(`${caio.user.lid}@lid` as never, null)).toBe(saved);
    expect(bench.session.addressBook.isSaved(`${caio.number}@s.whatsapp.net` as never, null)).toBe(saved);
    await bench.stop();
  }
});

test('people who are known without a number are saved where the owner gave them a name, and not for their username alone', async () => {
  const dora = whatsapp.contact({ number: '5511988880002', name: 'Dora' });
  const eva = whatsapp.contact({ number: '5511988880003', name: 'Eva' });
  whatsapp.saveLidContact(ana, caio, { fullName: 'Caio do futebol', username: 'caio.s' });
  whatsapp.saveLidContact(ana, dora, { username: 'dora' });
  whatsapp.saveLidContact(ana, eva, { firstName: 'Eva' });
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await expect.poll(() => bench.session.addressBook.known).toBe(true);
  const saved = ({ user }: Person) => bench.session.addressBook.isSaved(`${user.lid}@lid` as never, null);
  expect([caio, dora, eva].map(saved)).toEqual([true, false, true]);
  whatsapp.saveLidContact(ana, eva, null);
  await expect.poll(() => saved(eva)).toBe(false);
  expect(saved(caio)).toBe(true);
});

test('people who were saved under their number alone are saved by it, and by their LID once a message tells both', async () => {
  whatsapp.saveNumber(ana, caio, 'Caio');
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await expect.poll(() => bench.session.addressBook.known).toBe(true);
  const { addressBook } = bench.session;
  const [byNumber, byLid] = [`${caio.number}@s.whatsapp.net`, `${caio.user.lid}@lid`];
  expect(addressBook.isSaved(byNumber as never, null)).toBe(true);
  expect(addressBook.isSaved(byLid as never, caio.number)).toBe(true);
  expect(addressBook.isSaved('999999@lid' as never, '5511988887777')).toBe(false);
});

test('neither name nor number of anybody is written: only that they are saved', async () => {
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await expect.poll(() => bench.session.addressBook.known).toBe(true);
  const [link] = await bench.store.links.list();
  const kept = link ? await bench.store.links.savedPeople(link.id) : null;
  expect(kept).toHaveLength(2);
  expect(kept?.join()).not.toContain(caio.number);
  expect(bench.logged()).not.toContain('da Silva');
});
