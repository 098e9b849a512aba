/** WhatsApp's own limits on new chats: asked for at the login and after a refusal, and heard when WhatsApp tells. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

const HOUR_S = 3_600;
const LATER = Math.floor(Date.now() / 1_000) + 24 * HOUR_S;

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

async function linked() {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  return bench;
}

const answer = (text: string) => ({
  chatId: caio.phone.address('lid') as ChatId,
  messageId: `3EB0${Buffer.from(text.padEnd(9)).toString('hex').toUpperCase()}`,
  text,
});

test('stock Baileys asks for no lock, neither at the login nor after a refusal', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  whatsapp.timeLock(ana, { untilSeconds: LATER, type: 'DEFAULT' }, { silently: true });
  await linkStock(whatsapp, client, ana);
  const locks: unknown[] = [];
  client.socket.ev.on('connection.update', ({ reachoutTimeLock: lock }) => lock && locks.push(lock));
  whatsapp.faults.refuseAcks('463');
  const refused = new Promise((resolve) => client.socket.ev.on('messages.update', resolve));
  await client.socket.sendMessage(caio.phone.address('lid'), { text: 'oi' });
  await refused;
  // A query of ours comes after whatever Baileys asked.
  await client.socket.fetchPrivacySettings(true);
  expect(locks).toEqual([]);
});

test('a lock that stands already is known from the login on', async () => {
  whatsapp.timeLock(ana, { untilSeconds: LATER, type: 'DEFAULT' }, { silently: true });
  const bench = await linked();
  await whatsapp.until(() => bench.session.report.restrictedUntil !== null, 'the lock was told');
  expect(bench.session.report).toMatchObject({ status: 'connected', restrictedUntil: LATER * 1_000 });
});

test('a lock that WhatsApp announces is told, and so is its end', async () => {
  const bench = await linked();
  whatsapp.timeLock(ana, { untilSeconds: LATER, type: 'WEB_COMPANION_ONLY' });
  await whatsapp.until(() => bench.session.report.restrictedUntil === LATER * 1_000, 'the lock was told');
  whatsapp.timeLock(ana, null);
  await whatsapp.until(() => bench.session.report.restrictedUntil === null, 'its end was told');
});

test('a refusal with 463 is final, and what it means is asked for', async () => {
  const bench = await linked();
  whatsapp.timeLock(ana, { untilSeconds: LATER, type: 'DEFAULT' }, { silently: true });
  whatsapp.faults.refuseAcks('463');
  expect(await bench.session.outgoing.send(answer('oi'), { signal: new AbortController().signal })).toEqual({
    type: 'refused',
    code: 463,
  });
  await whatsapp.until(() => bench.session.report.restrictedUntil === LATER * 1_000, 'the lock was told');
});

test('a quota that is used up is told, and so is a new one', async () => {
  const bench = await linked();
  whatsapp.quota(ana, { total: 20, used: 20, capped: true, cycleEndsSeconds: LATER });
  await whatsapp.until(() => bench.session.report.restrictedUntil === LATER * 1_000, 'the quota was told');
  whatsapp.quota(ana, { total: 20, used: 0, capped: false, cycleEndsSeconds: LATER });
  await whatsapp.until(() => bench.session.report.restrictedUntil === null, 'the new quota was told');
});

test('a refusal with 475 is final, and the quota behind it is asked for', async () => {
  const bench = await linked();
  whatsapp.quota(ana, { total: 20, used: 20, capped: true, cycleEndsSeconds: LATER }, { silently: true });
  whatsapp.faults.refuseAcks('475');
  expect(await bench.session.outgoing.send(answer('oi'), { signal: new AbortController().signal })).toEqual({
    type: 'refused',
    code: 475,
  });
  await whatsapp.until(() => bench.session.report.restrictedUntil === LATER * 1_000, 'the quota was told');
});

test('of a lock and a quota the later end counts', async () => {
  const bench = await linked();
  whatsapp.timeLock(ana, { untilSeconds: LATER, type: 'DEFAULT' });
  whatsapp.quota(ana, { total: 20, used: 20, capped: true, cycleEndsSeconds: LATER + HOUR_S });
  await whatsapp.until(() => bench.session.report.restrictedUntil === (LATER + HOUR_S) * 1_000, 'both were told');
  whatsapp.quota(ana, { total: 20, used: 0, capped: false, cycleEndsSeconds: LATER + HOUR_S });
  await whatsapp.until(() => bench.session.report.restrictedUntil === LATER * 1_000, 'the lock is left');
});

test('who asks for a token gets it from the day on which they gave one, also after a restart; without any they cannot be written to', async () => {
  whatsapp.changeSalt(ana, null);
  const bench = await linked();
  caio.requireToken();
  const limits = { signal: new AbortController().signal };
  expect(await bench.session.outgoing.send(answer('um'), limits)).toEqual({ type: 'refused', code: 463 });
  caio.giveToken(ana);
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'the token was taken');
  expect(await bench.session.outgoing.send(answer('dois'), limits)).toEqual({ type: 'acked' });
  await bench.session.stop();
  const again = await startBench(whatsapp, { store: bench.store });
  await whatsapp.until(() => again.session.report.status === 'connected', 'it was online again');
  expect(await again.session.outgoing.send(answer('três'), limits)).toEqual({ type: 'acked' });
  await whatsapp.until(() => caio.received.length === 2, 'both arrived');
});
