/** A message to somebody who has given no token proves otherwise that it belongs to a chat. */
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { systemClock, systemRandom } from '../../../relay/clock.ts';
import { newMessageId } from '../../../relay/whatsapp/socket/sending.ts';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type Bench, type BenchOptions, linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { routeMedia } from '../../support/media-route.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

const DAY_MS = 24 * 3_600_000;
const byLid = (): ChatId => `${caio.user.lid}@lid` as ChatId;
const limits = { signal: new AbortController().signal };
const answer = (chatId = byLid()) => ({ chatId, messageId: newMessageId(systemRandom), text: 'olá' });
const proofs = () => whatsapp.recorded.sends.map(({ proof }) => proof);
const saltReadings = () =>
  whatsapp.recorded.appStateSyncs.filter(({ collections }) => collections[0] === 'regular_high');

async function linked(options: BenchOptions = {}): Promise<Bench> {
  const bench = await startBench(whatsapp, options);
  await linkTo(whatsapp, bench, ana);
  await kept(bench, ana.user.salt);
  return bench;
}

/** What the link's credentials on disk say of the salt. */
async function kept({ store }: Bench, salt: Buffer | null): Promise<void> {
  await expect
    .poll(async () => {
      const [link] = await store.links.list();
      const text = (link && (await store.links.credentials(link.id))) ?? '{}';
      return JSON.parse(text).additionalData?.nctSalt;
    })
    .toBe(salt?.toString('base64') ?? null);
}

test('stock Baileys sends a message to whoever has given no token without any proof', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  await client.socket.sendMessage(byLid(), { text: 'olá' });
  await whatsapp.until(() => caio.received.length === 1, 'it arrived');
  expect(proofs()).toEqual([null]);
});

test('the relay proves with the salt of its account that a message belongs to a chat, whichever address it goes to', async () => {
  caio.requireToken();
  const bench = await linked();
  expect(await bench.session.outgoing.send(answer(), limits)).toEqual({ type: 'acked' });
  expect(await bench.session.outgoing.send(answer(`${caio.number}@s.whatsapp.net` as ChatId), limits)).toEqual({
    type: 'acked',
  });
  expect(proofs()).toEqual(['cstoken', 'cstoken']);
  await whatsapp.until(() => caio.received.length === 2, 'both arrived');
});

test('whoever has given a token is shown that one alone', async () => {
  const bench = await linked();
  caio.giveToken(ana);
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'the token was taken');
  expect(await bench.session.outgoing.send(answer(), limits)).toEqual({ type: 'acked' });
  expect(proofs()).toEqual(['tctoken']);
});

test('the salt is read out of a snapshot, too, and outlives a restart without being read again', async () => {
  routeMedia(whatsapp);
  whatsapp.keepsBlobs = true;
  const bench = await linked();
  await bench.session.stop();
  const again = await startBench(whatsapp, { store: bench.store });
  await whatsapp.until(() => again.session.report.status === 'connected', 'it was online again');
  expect(await again.session.outgoing.send(answer(), limits)).toEqual({ type: 'acked' });
  expect(proofs()).toEqual(['cstoken']);
  expect(saltReadings()).toHaveLength(1);
});

test('an account without a salt is answered for all the same', async () => {
  whatsapp.changeSalt(ana, null);
  const bench = await linked();
  expect(await bench.session.outgoing.send(answer(), limits)).toEqual({ type: 'acked' });
  expect(proofs()).toEqual([null]);
});

test('another salt is read a day later at the earliest, since a muted chat is announced like one', async () => {
  let ahead = 0;
  const bench = await linked({ deps: { clock: { ...systemClock, now: () => systemClock.now() + ahead } } });
  const former = ana.user.salt;
  const settled = () => whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was acknowledged');
  whatsapp.changeSalt(ana, randomBytes(32));
  await settled();
  await kept(bench, former);
  ahead = DAY_MS;
  whatsapp.tellCollection(ana, 'regular_high');
  await kept(bench, ana.user.salt);
  whatsapp.tellCollection(ana, 'regular_high');
  await settled();
  expect(saltReadings()).toHaveLength(2);
  expect(await bench.session.outgoing.send(answer(), limits)).toEqual({ type: 'acked' });
  ahead = 2 * DAY_MS;
  whatsapp.changeSalt(ana, null);
  await kept(bench, null);
});

test('the salt is in no log', async () => {
  const bench = await linked();
  const salt = ana.user.salt ?? Buffer.alloc(0);
  expect(bench.logged()).not.toContain(salt.toString('base64'));
  expect(bench.logged()).not.toContain(salt.toString('hex'));
});
