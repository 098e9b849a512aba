/** One number, one link: an agent that is linked anew, and two relays that hold the same credentials. */
import { cpSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { testStore } from '../../support/store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const account = { number: '5511999990001' };

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

test('the same agent linked again to the same number: the old device is logged out (S10)', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account(account);
  const caio = whatsapp.contact({ number: '5511988880001' });
  await linkTo(whatsapp, bench, ana);
  const [former] = ana.companions();
  whatsapp.endWith('replaced', ana);
  await whatsapp.until(() => bench.session.report.cause === 'replaced', 'it was replaced');
  await linkTo(whatsapp, bench, ana);
  await whatsapp.until(() => ana.companions().length === 1, 'the old device was logged out');
  expect(ana.companions()[0]?.deviceId).not.toBe(former?.deviceId);
  await expect.poll(() => bench.store.links.list()).toMatchObject([{ state: 'active' }]);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the new link receives');
});

test('an attempt that ran out leaves the resting link as it was (S17)', async () => {
  const bench = await startBench(whatsapp, { settings: { qrSeconds: 0.1, qrGraceSeconds: 0.02, qrCodes: 2 } });
  const ana = whatsapp.account(account);
  await linkTo(whatsapp, bench, ana);
  whatsapp.endWith('replaced', ana);
  await whatsapp.until(() => bench.session.report.cause === 'replaced', 'it was replaced');
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr?.number === 2, 'the second code was shown');
  await whatsapp.until(() => bench.session.report.status === 'offline', 'the attempt ended');
  expect(bench.session.report.cause).toBe('replaced');
  bench.session.takeOver();
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the old link works');
  expect(ana.companions()).toHaveLength(1);
});

test('two relays with the same credentials do not fight for the number', async () => {
  const home = temporaryDirectory();
  const ana = whatsapp.account(account);
  const first = await startBench(whatsapp, { home });
  await linkTo(whatsapp, first, ana);
  await first.stop();
  const copy = temporaryDirectory();
  cpSync(home, copy, { recursive: true });
  const before = whatsapp.recorded.logins.length;
  const here = await startBench(whatsapp, { home });
  await whatsapp.until(() => here.session.report.status === 'connected', 'the first relay was online');
  const there = await startBench(whatsapp, { home: copy });
  await whatsapp.until(() => there.session.report.status === 'connected', 'the second relay was online');
  await whatsapp.until(() => here.session.report.cause === 'replaced', 'the first one noticed');
  expect(here.session.report).toMatchObject({ status: 'offline', retryAt: null });
  expect(there.session.report.status).toBe('connected');
  expect(whatsapp.recorded.logins).toHaveLength(before + 2);
});

test('a store that fails at the scan does not lose the device: it is the link as soon as the store works', async () => {
  const store = await testStore();
  let broken = true;
  const activate = store.links.activate.bind(store.links);
  store.links.activate = async (...link) => {
    if (broken) throw new Error('the disk is full');
    await activate(...link);
  };
  const bench = await startBench(whatsapp, { store });
  const ana = whatsapp.account(account);
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  await ana.scan(bench.session.code ?? '').catch(() => 'the device went away');
  await whatsapp.until(() => bench.session.report.phase === 'waiting', 'it was tried in vain');
  broken = false;
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the device is the link');
  expect(ana.companions()).toHaveLength(1);
  await bench.stop();
  await store.close();
});
