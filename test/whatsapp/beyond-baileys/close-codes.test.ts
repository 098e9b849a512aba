/** A removed device is known by what WhatsApp says of it, whatever code comes with it; and no code ends the process. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { node } from '../../simulator/wire/stanza.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

const REMOVED = [node('conflict', { type: 'device_removed' })];

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
});

test('stock Baileys takes a removed device without its code for a replaced one', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  whatsapp.endWithStanza(node('stream:error', {}, REMOVED), ana);
  await whatsapp.until(() => client.closes.length === 2, 'the connection ended');
  expect(client.closes).toEqual([515, 440]);
});

test.each([
  ['a removed device, with its code', node('stream:error', { code: '401' }, REMOVED), 'unlinked-on-phone'],
  ['a removed device without a code', node('stream:error', {}, REMOVED), 'unlinked-on-phone'],
  ['a forced logout', node('stream:error', { code: '516' }), 'unlinked-by-whatsapp'],
])('%s is the end of the link', async (_what, stanza, cause) => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  whatsapp.endWithStanza(stanza, ana);
  await whatsapp.until(() => bench.session.report.status === 'offline', 'the link ended');
  expect(bench.session.report).toMatchObject({ cause, account: null });
});

test('an end for a missing acknowledgement has no code, and the connection comes back', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  whatsapp.endWithStanza(node('stream:error', {}, [node('ack', { class: 'status', id: '3A1', type: 'text' })]), ana);
  await whatsapp.until(() => bench.reports.some(({ status }) => status === 'reconnecting'), 'it was told');
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it came back');
});

test('a locked account is told both that it may be blocked and that it may have moved, and its link is kept', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  whatsapp.faults.refuseLogins('403', { header: 'Account locked', subtext: 'Log in on the phone' });
  whatsapp.cut(ana);
  await whatsapp.until(() => bench.session.report.cause === 'banned', 'the cause was told');
  expect(bench.session.report.account).not.toBeNull();
});
