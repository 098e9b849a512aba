/** Codes on both clocks that WhatsApp has been seen to keep, and the ways an attempt ends. Times are a hundredth of the real ones. */
import { expect, test } from 'vitest';
import type { WhatsApp, WhatsAppOptions } from '../../simulator/whatsapp.ts';
import { startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';

let whatsapp: WhatsApp;

const CLOCKS: readonly [string, NonNullable<WhatsAppOptions['qr']>][] = [
  ['all good until the socket closes', { type: 'until-close', refs: 6 }],
  ['one after the other', { type: 'stepped', refs: 6, firstMs: 600, nextMs: 200 }],
];

test.each(CLOCKS)('%s: every code shown can be scanned, the ninth as well (S15, S16, S17)', async (_clock, qr) => {
  whatsapp = await loopbackWhatsApp({ qr });
  const bench = await startBench(whatsapp, { settings: { qrSeconds: 0.45, qrGraceSeconds: 0.05 } });
  const ana = whatsapp.account({ number: '5511999990001' });
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr?.number === 9, 'the ninth code was shown');
  await ana.scan(bench.session.code ?? '');
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was linked');
  expect(bench.reports.slice(1).every(({ status }) => status !== 'offline')).toBe(true);
});

test('a code that was just replaced on the screen still works', async () => {
  whatsapp = await loopbackWhatsApp();
  const bench = await startBench(whatsapp, { settings: { qrSeconds: 0.3, qrGraceSeconds: 5 } });
  const ana = whatsapp.account({ number: '5511999990001' });
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr?.number === 2, 'the second code was shown');
  const [first] = bench.codes;
  await ana.scan(first?.text ?? '');
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was linked');
});

test('a closed panel ends an attempt that nobody scanned, and nothing of it is left (S18)', async () => {
  whatsapp = await loopbackWhatsApp();
  const bench = await startBench(whatsapp, { settings: { panelGraceSeconds: 0.1 } });
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  bench.session.panelClosed();
  await whatsapp.until(() => bench.session.report.cause === 'link-cancelled', 'the attempt ended');
  await expect.poll(() => bench.store.links.list()).toEqual([]);
  await whatsapp.until(() => whatsapp.server.linking.waiting.length === 0, 'its socket was closed');
});

test('cancelled after the scan, the device is logged out again', async () => {
  whatsapp = await loopbackWhatsApp();
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  const scanned = ana.scan(bench.session.code ?? '');
  await whatsapp.until(() => bench.session.report.phase === 'finishing', 'the phone had scanned');
  bench.session.cancelLink();
  await scanned;
  await whatsapp.until(() => bench.session.report.status === 'offline', 'it was offline');
  await whatsapp.until(() => ana.companions().length === 0, 'the device was logged out');
  expect(bench.reports.map(({ status }) => status)).not.toContain('connected');
});
