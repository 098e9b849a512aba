/** Every way in which WhatsApp ends a connection, as it sends it, and what follows here. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cause, LinkStatus } from '../../../shared/contract/status.ts';
import type { Ending } from '../../simulator/server/faults.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

const account = { number: '5511999990001' };

describe('a connection that WhatsApp ends comes back by itself (S27)', () => {
  test.each<[Ending, Cause | null]>([
    ['restart', null],
    ['missedAck', 'whatsapp-unavailable'],
    ['streamError503', 'whatsapp-unavailable'],
    ['xmlNotWellFormed', 'whatsapp-unavailable'],
    ['streamEnd', 'connection-lost'],
  ])('%s', async (ending, cause) => {
    const bench = await startBench(whatsapp);
    const ana = whatsapp.account(account);
    await linkTo(whatsapp, bench, ana);
    const before = whatsapp.recorded.logins.length;
    whatsapp.endWith(ending, ana);
    await whatsapp.until(() => whatsapp.recorded.logins.length > before, 'it logged in again');
    await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
    if (cause) expect(bench.reports.map((report) => report.cause)).toContain(cause);
  });

  test('a server that falls silent is noticed', async () => {
    const bench = await startBench(whatsapp, { settings: { keepAliveSeconds: 0.2 } });
    const ana = whatsapp.account(account);
    await linkTo(whatsapp, bench, ana);
    whatsapp.silence(ana);
    await whatsapp.until(() => bench.session.report.status === 'reconnecting', 'the silence was noticed');
    await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
  });

  test('a server that accepts and says nothing is left after the time it may take', async () => {
    const bench = await startBench(whatsapp, { settings: { connectSeconds: 0.4 } });
    const ana = whatsapp.account(account);
    await linkTo(whatsapp, bench, ana);
    whatsapp.faults.deafFromStart = true;
    whatsapp.cut(ana);
    await whatsapp.until(() => bench.session.report.cause === 'unreachable', 'it was called unreachable');
    whatsapp.faults.clear();
    await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
  });
});

describe('a line that WhatsApp refuses rests, and keeps its credentials (S27)', () => {
  test.each<[string, string | null, LinkStatus, Cause]>([
    ['a temporary ban', '402', 'offline', 'banned-until'],
    ['a ban', '403', 'offline', 'banned'],
    ['a ban of this kind of program', '406', 'offline', 'banned'],
    ['a program it does not like', '409', 'offline', 'relay-outdated'],
    ['a program that is out of date', '405', 'reconnecting', 'relay-outdated'],
    ['no reason at all', null, 'reconnecting', 'whatsapp-unavailable'],
    ['a pause', '503', 'reconnecting', 'whatsapp-unavailable'],
    ['a reason that nobody knows', '499', 'reconnecting', 'whatsapp-unavailable'],
  ])('%s', async (_what, reason, status, cause) => {
    const bench = await startBench(whatsapp);
    const ana = whatsapp.account(account);
    await linkTo(whatsapp, bench, ana);
    whatsapp.faults.refuseLogins(reason, { expire: 3_600 });
    whatsapp.cut(ana);
    await whatsapp.until(() => bench.session.report.cause === cause, 'the cause was told');
    expect(bench.session.report.status).toBe(status);
    if (cause === 'banned-until') expect(bench.session.report.until).toBeGreaterThan(Date.now() + 3_500_000);
    expect(await bench.store.links.list()).toMatchObject([{ state: 'active' }]);
    expect(ana.companions()).toHaveLength(1);
  });

  test('linked devices that are not turned on', async () => {
    const bench = await startBench(whatsapp);
    const ana = whatsapp.account(account);
    await linkTo(whatsapp, bench, ana);
    whatsapp.endWith('downgrade', ana);
    await whatsapp.until(() => bench.session.report.cause === 'multi-device-off', 'the cause was told');
    expect(bench.session.report.status).toBe('offline');
  });

  test('another program in its place: it waits for a person, and takes over when told', async () => {
    const bench = await startBench(whatsapp);
    const ana = whatsapp.account(account);
    await linkTo(whatsapp, bench, ana);
    const logins = whatsapp.recorded.logins.length;
    whatsapp.endWith('replaced', ana);
    await whatsapp.until(() => bench.session.report.cause === 'replaced', 'the cause was told');
    expect(bench.session.report.status).toBe('offline');
    expect(whatsapp.recorded.logins).toHaveLength(logins);
    bench.session.takeOver();
    await whatsapp.until(() => bench.session.report.status === 'connected', 'it took over');
  });
});

test('a device that was removed while the relay was away is noticed at the next login (S29)', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account(account);
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.deafFromStart = true;
  whatsapp.cut(ana);
  ana.unlink();
  whatsapp.faults.clear();
  await whatsapp.until(() => bench.session.report.cause === 'unlinked-on-phone', 'it was noticed');
  await expect.poll(() => bench.store.links.list()).toEqual([]);
});

test('unlinking without a connection is offline at once, and logs out as soon as there is one (S28)', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account(account);
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.deafFromStart = true;
  whatsapp.cut(ana);
  await whatsapp.until(() => bench.session.report.status === 'reconnecting', 'the line was lost');
  await bench.session.unlink();
  expect(bench.session.report).toMatchObject({ status: 'offline', cause: 'unlinking' });
  expect(await bench.store.links.list()).toMatchObject([{ state: 'unlinking' }]);
  expect(ana.companions()).toHaveLength(1);
  whatsapp.faults.clear();
  whatsapp.cut();
  await whatsapp.until(() => ana.companions().length === 0, 'the device was logged out');
  await whatsapp.until(() => bench.session.report.cause === 'unlinked-here', 'the end was told');
  expect(await bench.store.links.list()).toEqual([]);
});

test('a logout that WhatsApp does not answer is tried again', async () => {
  const bench = await startBench(whatsapp, { settings: { querySeconds: 0.3 } });
  const ana = whatsapp.account(account);
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.ignoreQueries('md');
  await bench.session.unlink();
  const before = whatsapp.recorded.logins.length;
  await whatsapp.until(() => whatsapp.recorded.logins.length > before + 1, 'it was tried twice');
  expect(ana.companions()).toHaveLength(1);
  whatsapp.faults.clear();
  await whatsapp.until(() => ana.companions().length === 0, 'the device was logged out');
});
