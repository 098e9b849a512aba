/** Nothing leaves before what it rests on is on the disk, and nothing waits for the disk that need not. Stock Baileys does one or the other. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { LinkLedger } from '../../../relay/store/link-ledger.ts';
import { type Store, StoreError } from '../../../relay/store/store.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type EncryptedCopy, encryptOnce } from '../../support/encrypted-copy.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';
import { testStore } from '../../support/store.ts';

const MESSAGES = 40;

let whatsapp: WhatsApp;
let store: Store;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  // Receipts are counted.
  whatsapp.faults.lostConfirmations = 0;
  store = await testStore();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

async function copies(count: number): Promise<EncryptedCopy[]> {
  const made: EncryptedCopy[] = [];
  for (let at = 0; at < count; at++) made.push(await encryptOnce(caio, ana, { conversation: String(at) }));
  return made;
}

/** Messages of those that the linked device has confirmed. */
function confirmed(of: readonly EncryptedCopy[]): number {
  const ids = new Set(whatsapp.recorded.receipts.filter(({ device }) => device > 0).flatMap(({ ids: some }) => some));
  return of.filter(({ id }) => ids.has(id)).length;
}

/** Puts another way to stage in place of the store's. */
function restage(stage: (works: LinkLedger['stage'], staged: LinkLedger['staged']) => Partial<LinkLedger>): void {
  const { links } = store;
  Object.assign(links, stage(links.stage.bind(links), links.staged.bind(links)));
}

test('stock Baileys reads no message while its store writes the one before', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  const first = await caio.write(ana, 'the session begins');
  await whatsapp.until(() => client.messages.some(({ key }) => key.id === first.id), 'the session has begun');
  const held = Promise.withResolvers<void>();
  const { keys } = client.auth;
  const set = keys.set.bind(keys);
  let writes = 0;
  keys.set = async (data) => {
    if (data.session) {
      writes += 1;
      await held.promise;
    }
    await set(data);
  };
  const both = await copies(2);
  for (const copy of both) copy.deliver();
  await whatsapp.until(() => writes === 1, 'the first is being written');
  // An answer that comes behind both.
  const ping = {
    tag: 'iq',
    attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' },
    content: [{ tag: 'ping', attrs: {} }],
  };
  await client.socket.query(ping);
  expect(writes).toBe(1);
  held.resolve();
  await whatsapp.until(() => confirmed(both) === 2, 'both were confirmed');
});

test('messages that come together are written together, each once', async () => {
  const durables = new Set<Promise<void>>();
  let steps = 0;
  restage((works) => ({
    stage: async (id, step) => {
      const staged = await works(id, step);
      if (step.journal?.length) {
        steps += 1;
        durables.add(staged.durable);
      }
      return staged;
    },
  }));
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  const all = await copies(MESSAGES);
  for (const copy of all) copy.deliver();
  await whatsapp.until(() => confirmed(all) === MESSAGES, 'all were confirmed');
  await whatsapp.until(() => bench.taken.length === MESSAGES, 'all were taken in');
  expect(steps).toBe(MESSAGES);
  expect(durables.size).toBeLessThan(MESSAGES / 2);
  expect(bench.taken.map(({ text }) => text)).toEqual(all.map((_copy, at) => String(at)));
});

test('nothing of a message is confirmed before it is on the disk, and then all of it, in order', async () => {
  const disk = Promise.withResolvers<void>();
  let holding = false;
  restage((works, staged) => ({
    stage: async (id, step) => {
      const { durable } = await works(id, step);
      return { durable: holding ? Promise.all([durable, disk.promise]).then(() => undefined) : durable };
    },
    staged: () => (holding ? disk.promise : staged()),
  }));
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  const [device] = ana.user.companions;
  await whatsapp.until(() => device?.unconfirmed === 0, 'the line is quiet');
  holding = true;
  const both = await copies(2);
  for (const copy of both) copy.deliver();
  await whatsapp.until(() => bench.taken.length === 2, 'both were read');
  expect(confirmed(both)).toBe(0);
  expect(device?.unconfirmed).toBe(2);
  holding = false;
  disk.resolve();
  await whatsapp.until(() => device?.unconfirmed === 0, 'both were confirmed');
  const ids = new Set(both.map(({ id }) => id));
  const order = whatsapp.recorded.receipts.flatMap((receipt) => receipt.ids).filter((id) => ids.has(id));
  expect([...new Set(order)]).toEqual(both.map(({ id }) => id));
});

test('what could not be written was never confirmed: it comes again, and is read once', async () => {
  let lost = 0;
  let pending: Promise<void> | null = null;
  restage((works, staged) => ({
    stage: async (id, step) => {
      if (!step.journal?.length || lost > 1) return works(id, step);
      lost += 1;
      // Taken, and then the disk does not have it.
      const failing = Promise.withResolvers<void>();
      pending = failing.promise;
      setImmediate(() => {
        pending = null;
        failing.reject(new StoreError('disk-full', 'The disk is full.', 'Free some space.'));
      });
      return { durable: failing.promise };
    },
    staged: () => pending ?? staged(),
  }));
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  const { id } = await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length > 0, 'it was taken in');
  const [device] = ana.user.companions;
  await whatsapp.until(() => device?.unconfirmed === 0, 'it was confirmed');
  expect(bench.taken.map(({ text }) => text)).toEqual(['oi']);
  expect(lost).toBe(2);
  expect(whatsapp.recorded.receipts.filter((each) => each.type === 'retry' && each.ids.includes(id))).toEqual([]);
});
