/** One agent's link from the first code to the logout, against the simulated WhatsApp. */
import { beforeEach, expect, test } from 'vitest';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

const never = { signal: new AbortController().signal };

test('links by QR code, shows the number, receives a text and sends an answer back (S1, S14, S19)', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await linkTo(whatsapp, bench, ana);
  expect(bench.session.report.account?.number).toBe('5511999990001');

  const { id } = await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  expect(bench.taken[0]).toMatchObject({
    messageId: id,
    author: 'contact',
    text: 'oi',
    number: '5511988880001',
    senderName: 'Caio',
  });

  const chatId = bench.taken[0]?.chatId ?? ('' as ChatId);
  const sent = await bench.session.outgoing.send({ chatId, messageId: '3EB0AAAAAAAAAAAAAAAAAA', text: 'olá' }, never);
  expect(sent).toEqual({ type: 'acked' });
  await whatsapp.until(() => caio.received.length === 1, 'Caio got the answer');
  expect(caio.received[0]).toMatchObject({ id: '3EB0AAAAAAAAAAAAAAAAAA', text: 'olá' });
  await whatsapp.until(() => whatsapp.recorded.presences.at(-1)?.type === 'unavailable', 'it was shown as away');
  expect(whatsapp.recorded.presences.map(({ type }) => type)).not.toContain('available');
});

test('the owner writing from the phone arrives as the owner (S20, S21)', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: '5511988880001' });
  await linkTo(whatsapp, bench, ana);
  await ana.write(caio, 'deixa comigo');
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  expect(bench.taken[0]).toMatchObject({ author: 'owner', text: 'deixa comigo', chatId: `${caio.user.lid}@lid` });
});

test('comes back after a cut and takes in what was written meanwhile', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: '5511988880001' });
  await linkTo(whatsapp, bench, ana);
  whatsapp.cut(ana);
  await caio.write(ana, 'um');
  await caio.write(ana, 'dois');
  await whatsapp.until(() => bench.taken.length === 2, 'both messages were taken in');
  expect(bench.taken.map(({ text }) => text)).toEqual(['um', 'dois']);
  expect(bench.reports.map(({ status }) => status)).toContain('reconnecting');
});

test('unlinking logs the device out at WhatsApp and destroys the credentials (S28)', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  await linkTo(whatsapp, bench, ana);
  await bench.session.unlink();
  expect(bench.session.report.status).toBe('offline');
  await whatsapp.until(() => bench.session.report.cause === 'unlinked-here', 'WhatsApp confirmed');
  expect(ana.companions()).toEqual([]);
  expect(await bench.store.links.list()).toEqual([]);
});

test('unlinking on the phone ends offline by itself, and nothing of the link is left (S29)', async () => {
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  await linkTo(whatsapp, bench, ana);
  ana.unlink();
  await whatsapp.until(() => bench.session.report.status === 'offline', 'the link noticed');
  expect(bench.session.report.cause).toBe('unlinked-on-phone');
  await whatsapp.until(() => bench.logged().length >= 0, 'the store settled');
  await expect.poll(() => bench.store.links.list()).toEqual([]);
});

test('a number that another agent holds is not linked twice: the new device is logged out again (S10, S11)', async () => {
  const first = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: '5511988880001' });
  await linkTo(whatsapp, first, ana);
  const [kept] = ana.companions();
  const second = await startBench(whatsapp, { agentId: 'agt_TWO', deps: { claim: () => false } });
  await second.session.link();
  await whatsapp.until(() => second.session.report.qr !== null, 'a code was shown');
  await ana.scan(second.session.code ?? '');
  await whatsapp.until(() => second.session.report.cause === 'number-in-use', 'the second agent was refused');
  await whatsapp.until(() => ana.companions().length === 1, 'the second device was logged out');
  expect(ana.companions()[0]?.deviceId).toBe(kept?.deviceId);
  await caio.write(ana, 'ainda aí?');
  await whatsapp.until(() => first.taken.length === 1, 'the first agent still receives');
  expect(second.taken).toEqual([]);
});

test('shows ten codes, each from a socket of its own, then ends as expired (S15, S16, S17, S18)', async () => {
  const bench = await startBench(whatsapp, { settings: { qrSeconds: 0.15, qrGraceSeconds: 0.05 } });
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.cause === 'qr-expired', 'the attempt ended');
  const { codes } = bench;
  expect([...new Set(codes.map(({ number }) => number))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(new Set(codes.map(({ text }) => text)).size).toBe(10);
  expect(bench.reports.slice(1, -1).every(({ status }) => status === 'connecting')).toBe(true);
  expect(await bench.store.links.list()).toEqual([]);
  const ana = whatsapp.account({ number: '5511999990001' });
  await linkTo(whatsapp, bench, ana);
});
