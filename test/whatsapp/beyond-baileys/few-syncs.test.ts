/** App state and history as real accounts have them: blobs on the media host, several collections at once. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { routeMedia } from '../../support/media-route.ts';
import { linkStock, type StockClient, stockClient } from '../../support/stock-baileys.ts';

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;
let dora: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  dora = whatsapp.contact({ number: '5511988880002', name: 'Dora' });
});

async function startStock(): Promise<StockClient> {
  // Without history Baileys syncs nothing by itself: what it reads then was told to it.
  const client = stockClient(whatsapp, { shouldSyncHistoryMessage: () => false });
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  return client;
}

const owed = () => ana.user.companions[0]?.unconfirmed;
const syncs = () => whatsapp.recorded.appStateSyncs.map(({ collections }) => collections);

/** What a phone's owner does in a day, none of it in the address book. */
function tidyUp(): void {
  whatsapp.tellCollection(ana, 'regular_low');
  whatsapp.tellCollection(ana, 'regular_high');
  whatsapp.tellCollection(ana, 'regular');
}

test('stock Baileys syncs whatever the phone has changed', async () => {
  await startStock();
  await whatsapp.until(() => owed() === 0, 'what came with the link is done');
  const before = syncs().length;
  tidyUp();
  await whatsapp.until(() => owed() === 0, 'the notifications were acknowledged');
  expect(syncs().slice(before)).toEqual([['regular_low'], ['regular_high'], ['regular']]);
});

test('the relay reads the address book when that has changed, once, and the salt once, and nothing else, at a login neither', async () => {
  const bench = await startBench(whatsapp);
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  await linkTo(whatsapp, bench, ana);
  await expect.poll(() => bench.session.addressBook.known).toBe(true);
  await whatsapp.until(() => syncs().flat().includes('regular_high'), 'the salt was asked for');
  await whatsapp.until(() => owed() === 0, 'what came with the link is done');
  const atLink = syncs();
  expect(atLink.length).toBeLessThanOrEqual(3);
  tidyUp();
  await whatsapp.until(() => owed() === 0, 'the notifications were acknowledged');
  whatsapp.cut(ana);
  await whatsapp.until(() => bench.reports.at(-1)?.status === 'reconnecting', 'the line was lost');
  await whatsapp.until(() => bench.reports.at(-1)?.status === 'connected', 'it was back');
  expect(syncs()).toEqual(atLink);
  whatsapp.saveContact(ana, dora, 'Dora', ['regular_high']);
  await expect.poll(() => bench.session.addressBook.isSaved(`${dora.user.lid}@lid` as ChatId, dora.number)).toBe(true);
  expect(syncs().slice(atLink.length)).toEqual([['critical_unblock_low']]);
  expect(whatsapp.recorded.refused).toEqual([]);
});

test('the first app state is a snapshot on the media host, and the history a blob: both can be read', async () => {
  routeMedia(whatsapp);
  whatsapp.keepsBlobs = true;
  whatsapp.remember(ana, [{ person: caio, texts: ['antes'] }]);
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  whatsapp.saveContact(ana, dora, 'Dora');
  whatsapp.saveContact(ana, dora, null);
  const client = stockClient(whatsapp, { shouldSyncHistoryMessage: () => true });
  onTestFinished(() => client.end());
  const opened = client.opened();
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'a code was shown');
  const names: string[] = [];
  const pasts: string[] = [];
  await ana.scan(client.codes[0] ?? '');
  await whatsapp.until(() => client.closes.includes(515), 'it was told to restart');
  client.socket.ev.on('contacts.upsert', (contacts) => names.push(...contacts.flatMap(({ name }) => name ?? [])));
  client.socket.ev.on('messaging-history.set', ({ messages }) =>
    pasts.push(...messages.flatMap(({ message }) => message?.conversation ?? [])),
  );
  await opened;
  await client.socket.resyncAppState(['critical_unblock_low'], true);
  await whatsapp.until(() => names.includes('Caio da Silva') && pasts.includes('antes'), 'both were read');
  expect(names).not.toContain('Dora');
  expect(whatsapp.media.downloads.length).toBeGreaterThanOrEqual(2);
});

test('a relay links to an account whose state lies on the media host, and works where that host cannot be reached', async () => {
  whatsapp.keepsBlobs = true;
  whatsapp.remember(ana, [{ person: caio, texts: ['antes'] }]);
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the message arrived');
});

test('a business account is linked like any other', async () => {
  const loja = whatsapp.account({ number: '5511977770001', name: 'Loja', business: 'Loja da Ana' });
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, loja);
  await caio.write(loja, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the message arrived');
});
