/** App state and history as real accounts have them: blobs on the media host, several collections at once. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { syncEveryCollection } from '../../../relay/whatsapp/beyond-baileys/synced-collections.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { routeMedia } from '../../support/media-route.ts';
import { silentLog } from '../../support/silent-log.ts';
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

/** Names that the address book has told of, as Baileys hands them over. */
function listen(client: StockClient): string[] {
  const names: string[] = [];
  client.socket.ev.on('contacts.upsert', (contacts) => names.push(...contacts.flatMap(({ name }) => name ?? [])));
  return names;
}

async function startStock(): Promise<StockClient> {
  // Without history Baileys syncs nothing by itself: what it reads then was told to it.
  const client = stockClient(whatsapp, { shouldSyncHistoryMessage: () => false });
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  return client;
}

test('stock Baileys misses what came with another collection than the first', async () => {
  const client = await startStock();
  const names = listen(client);
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  await whatsapp.until(() => names.includes('Caio da Silva'), 'the first collection was read');
  whatsapp.saveContact(ana, dora, 'Dora', ['regular_high']);
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'the notification was acknowledged');
  await client.socket.fetchPrivacySettings(true);
  expect(names).not.toContain('Dora');
});

test('every collection that a notification names is taken up', async () => {
  const client = await startStock();
  const names = listen(client);
  syncEveryCollection(client.socket, silentLog());
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  whatsapp.saveContact(ana, dora, 'Dora', ['regular_high']);
  await whatsapp.until(() => names.includes('Caio da Silva') && names.includes('Dora'), 'both were read');
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
