/** Only WhatsApp's own server is spoken to: stock Baileys would take any. */
import { beforeEach, expect, test } from 'vitest';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import type { ChainFlaw } from '../../simulator/wire/certificate.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

test.each<ChainFlaw>(['corrupt-leaf', 'corrupt-intermediate', 'foreign-root', 'unbound'])(
  'a server whose certificate chain is %s gets no code and no credentials',
  async (flaw) => {
    const bench = await startBench(whatsapp);
    whatsapp.faults.chainFlaw = flaw;
    await bench.session.link();
    await whatsapp.until(() => bench.session.report.status === 'offline', 'the attempt ended');
    expect(bench.session.report.cause).toBe('server-not-trusted');
    expect(bench.reports.some(({ qr }) => qr !== null)).toBe(false);
  },
);

test('a linked number does not log in to a server that it cannot trust, and does when it can again', async () => {
  const bench = await startBench(whatsapp, { settings: { outdatedMinutes: 0.005 } });
  const ana = whatsapp.account({ number: '5511999990001' });
  await linkTo(whatsapp, bench, ana);
  const logins = whatsapp.recorded.logins.length;
  whatsapp.faults.chainFlaw = 'unbound';
  whatsapp.cut(ana);
  await whatsapp.until(() => bench.session.report.cause === 'server-not-trusted', 'the server was refused');
  expect(whatsapp.recorded.logins).toHaveLength(logins);
  expect(bench.session.report.status).toBe('reconnecting');
  whatsapp.faults.clear();
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
});
