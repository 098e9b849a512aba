/** Logging out for good: through crashes, restarts and a WhatsApp that does not answer. */
import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../../../relay/store/store.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { testStore } from '../../support/store.ts';

let whatsapp: WhatsApp;
let store: Store;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  store = await testStore();
  ana = whatsapp.account({ number: '5511999990001' });
});

test('an unfinished logout survives a restart, is shown as such, and is finished then (S28)', async () => {
  const before = await startBench(whatsapp, { store });
  await linkTo(whatsapp, before, ana);
  whatsapp.faults.ignoreQueries('md');
  await before.session.unlink();
  await before.stop();
  expect(ana.companions()).toHaveLength(1);

  const after = await startBench(whatsapp, { store });
  expect(after.session.report).toMatchObject({ status: 'offline', phase: 'unlinking', cause: 'unlinking' });
  whatsapp.faults.clear();
  whatsapp.cut();
  await whatsapp.until(() => after.session.report.cause === 'unlinked-here', 'the end was told');
  expect(ana.companions()).toEqual([]);
  expect(await store.links.list()).toEqual([]);
});

test('of a link that is logged out only what the logout needs is kept', async () => {
  const bench = await startBench(whatsapp, { store });
  const caio = whatsapp.contact({ number: '5511988880001' });
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  whatsapp.faults.ignoreQueries('md');
  const [link] = await store.links.list();
  if (!link) throw new Error('there is no link');
  const address = `${caio.user.lid}_1.0`;
  expect((await store.links.keys(link.id, 'session', [address])).size).toBe(1);
  await bench.session.unlink();
  expect((await store.links.keys(link.id, 'session', [address])).size).toBe(0);
  expect(await store.links.journal(link.id)).toEqual([]);
});

test('a device that is being logged out takes no message and asks for none again', async () => {
  const bench = await startBench(whatsapp, { store, settings: { querySeconds: 0.5 } });
  const caio = whatsapp.contact({ number: '5511988880001' });
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.ignoreQueries('md');
  await bench.session.unlink();
  const logins = whatsapp.recorded.logins.length;
  await caio.write(ana, 'ainda aí?');
  await whatsapp.until(() => whatsapp.recorded.logins.length > logins + 1, 'it was tried twice');
  whatsapp.faults.clear();
  await whatsapp.until(() => ana.companions().length === 0, 'the device was logged out');
  expect(bench.taken).toEqual([]);
  expect(caio.receipts.filter(({ type }) => type === 'retry')).toEqual([]);
});

test('a logout that WhatsApp never confirms is given up after its days, with a word to the owner', async () => {
  const bench = await startBench(whatsapp, { store, settings: { querySeconds: 0.2, unlinkDays: 1e-6 } });
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.ignoreQueries('md');
  await bench.session.unlink();
  await whatsapp.until(() => bench.session.report.cause === 'unlink-unconfirmed', 'it was given up');
  expect(bench.session.report.status).toBe('offline');
  expect(await store.links.list()).toEqual([]);
});

test('the number is free as soon as it is unlinked, whether WhatsApp has answered or not (S10)', async () => {
  const first = await startBench(whatsapp, { store });
  await linkTo(whatsapp, first, ana);
  whatsapp.faults.ignoreQueries('md');
  await first.session.unlink();
  const second = await startBench(whatsapp, { store, agentId: 'agt_TWO' });
  await linkTo(whatsapp, second, ana);
  expect(ana.companions()).toHaveLength(2);
  whatsapp.faults.clear();
  whatsapp.cut();
  await whatsapp.until(() => ana.companions().length === 1, 'the former device was logged out');
  await whatsapp.until(() => second.session.report.status === 'connected', 'the new one is online');
});

test('a logout under a ban is tried again as slowly as under a ban, not as on a lost connection', async () => {
  const bench = await startBench(whatsapp, { store, settings: { outdatedMinutes: 0.01 } });
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.refuseLogins('403');
  const connections = whatsapp.recorded.connections.count;
  await bench.session.unlink();
  await whatsapp.until(() => whatsapp.recorded.connections.count > connections, 'it was tried');
  const since = performance.now();
  await whatsapp.until(() => whatsapp.recorded.connections.count > connections + 1, 'it was tried again');
  expect(performance.now() - since).toBeGreaterThan(500);
  whatsapp.faults.clear();
  await whatsapp.until(() => ana.companions().length === 0, 'the device was logged out');
});

test('a relay that ends between scan and judgement keeps no half link: at the next start the device is logged out', async () => {
  const before = await startBench(whatsapp, {
    store,
    deps: {
      // The last thing that the relay does.
      claim: () => {
        void before.session.stop();
        return true;
      },
    },
  });
  await before.session.link();
  await whatsapp.until(() => before.session.report.qr !== null, 'a code was shown');
  await ana.scan(before.session.code ?? '').catch(() => 'the device went away');
  await before.stop();
  expect(await store.links.list()).toMatchObject([{ state: 'pairing' }]);

  const after = await startBench(whatsapp, { store });
  await expect.poll(() => store.links.list(), { timeout: 10_000 }).toEqual([]);
  expect(ana.companions()).toEqual([]);
  await linkTo(whatsapp, after, ana);
});

test('an attempt that nobody scanned is forgotten when the relay ends in it', async () => {
  const before = await startBench(whatsapp, { store });
  await before.session.link();
  await whatsapp.until(() => before.session.report.qr !== null, 'a code was shown');
  await before.stop();
  const after = await startBench(whatsapp, { store });
  expect(after.session.report).toMatchObject({ status: 'offline', cause: 'not-linked' });
  expect(await store.links.list()).toEqual([]);
});

test('a relay that ends while a refused number is logged out goes on with that, and the other agent hears nothing (S11)', async () => {
  const first = await startBench(whatsapp, { store });
  await linkTo(whatsapp, first, ana);
  whatsapp.faults.ignoreQueries('md');
  const claim = (): boolean => false;
  const second = await startBench(whatsapp, { store, agentId: 'agt_TWO', deps: { claim } });
  await second.session.link();
  await whatsapp.until(() => second.session.report.qr !== null, 'a code was shown');
  await ana.scan(second.session.code ?? '');
  await whatsapp.until(() => second.session.report.cause === 'number-in-use', 'the second agent was refused');
  await second.stop();
  expect(ana.companions()).toHaveLength(2);

  whatsapp.faults.clear();
  const again = await startBench(whatsapp, { store, agentId: 'agt_TWO', deps: { claim } });
  await whatsapp.until(() => ana.companions().length === 1, 'the second device was logged out');
  await expect.poll(() => store.links.list()).toMatchObject([{ agentId: 'agt_ONE', state: 'active' }]);
  expect(first.session.report.status).toBe('connected');
  expect(again.session.report.status).toBe('offline');
  expect(first.reports.map(({ status }) => status)).not.toContain('reconnecting');
});

test('unlinked in the moment after the scan, the device is logged out', async () => {
  const bench = await startBench(whatsapp, { store });
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  const scanned = ana.scan(bench.session.code ?? '');
  await whatsapp.until(() => bench.session.report.phase === 'finishing', 'the phone had scanned');
  await bench.session.unlink();
  await scanned.catch(() => 'the device went away');
  await whatsapp.until(() => bench.session.report.cause === 'unlinked-here', 'the end was told');
  expect(ana.companions()).toEqual([]);
  expect(await store.links.list()).toEqual([]);
});
