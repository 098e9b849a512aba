/** The connection itself, and whatever stands in between: silence, a proxy's answer, an end in bad company. */
import { beforeEach, expect, test } from 'vitest';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { node } from '../../simulator/wire/stanza.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { beginPace } from '../../support/machine-pace.ts';
import { startProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

const account = { number: '5511999990001' };

let whatsapp: WhatsApp;
let proxy: TcpProxy;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  proxy = await startProxy(whatsapp.url);
});

test('a line on which not even a goodbye is answered is left within seconds, and comes back (S27)', async () => {
  const bench = await startBench(whatsapp, { url: proxy.url, settings: { keepAliveSeconds: 0.2 } });
  const ana = whatsapp.account(account);
  const caio = whatsapp.contact({ number: '5511988880001' });
  await linkTo(whatsapp, bench, ana);
  proxy.fallSilent();
  const pace = beginPace();
  await caio.write(ana, 'alô?');
  await whatsapp.until(() => bench.session.report.status === 'reconnecting', 'the silence was noticed');
  // Baileys adds five seconds to the interval; then comes one second for the goodbye.
  expect(pace.elapsed()).toBeLessThan(pace.within(9_000));
  proxy.passAgain();
  await whatsapp.until(() => bench.taken.length === 1, 'what was written meanwhile was taken in');
});

test('a session on a silent line stops within three seconds', async () => {
  const bench = await startBench(whatsapp, { url: proxy.url });
  await linkTo(whatsapp, bench, whatsapp.account(account));
  proxy.fallSilent();
  const pace = beginPace();
  await bench.stop();
  expect(pace.elapsed()).toBeLessThan(pace.within(3_000));
});

test.each([401, 403, 407, 500])('a proxy that answers %i does not cost the link (S27)', async (status) => {
  const bench = await startBench(whatsapp, { url: proxy.url });
  const ana = whatsapp.account(account);
  await linkTo(whatsapp, bench, ana);
  proxy.answerWith(status);
  proxy.cut();
  await whatsapp.until(() => bench.session.report.cause === 'unreachable', 'it was called unreachable');
  expect(bench.session.report.status).toBe('reconnecting');
  expect(await bench.store.links.list()).toMatchObject([{ state: 'active' }]);
  proxy.answerWith(null);
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
});

test.each([
  ['failure', { reason: '0' }],
  ['failure', { reason: '302' }],
  ['failure', { reason: 'perhaps' }],
  ['stream:error', { code: '200' }],
  ['stream:error', { code: 'perhaps' }],
])('a %s with %o ends the socket, not the relay', async (tag, attrs) => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account(account);
  await linkTo(whatsapp, bench, ana);
  whatsapp.endWithStanza(node(tag, attrs), ana);
  await whatsapp.until(() => bench.reports.some(({ status }) => status === 'reconnecting'), 'the line was lost');
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
  expect(bench.reports.map(({ cause }) => cause)).toContain('whatsapp-unavailable');
});

test('tries again more and more slowly while nothing answers, and never opens two sockets', async () => {
  const bench = await startBench(whatsapp, { settings: { stableSeconds: 60 } });
  const ana = whatsapp.account(account);
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.refuseLogins('503');
  whatsapp.cut(ana);
  await whatsapp.until(
    () => bench.reports.filter(({ phase }) => phase === 'waiting').length >= 5,
    'it had waited five times',
  );
  const waits = bench.reports.flatMap(({ phase, retryAt }) => (phase === 'waiting' && retryAt ? [retryAt] : []));
  const gaps = waits.slice(1).map((at, index) => at - (waits[index] ?? 0));
  expect(gaps.at(-1)).toBeGreaterThan(gaps[0] ?? 0);
  expect(whatsapp.server.connectionsOf().length).toBeLessThanOrEqual(1);
  whatsapp.faults.clear();
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
});
