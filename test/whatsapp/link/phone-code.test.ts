/** Linking by eight letters that are typed into the phone, where nothing can be scanned. */
import { beforeEach, expect, test } from 'vitest';
import type { Cause } from '../../../shared/contract/status.ts';
import type { Person } from '../../simulator/people/person.ts';
import { linkCodeIn } from '../../simulator/server/code-linking.ts';
import type { HelloAnswer } from '../../simulator/server/linking.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { bytesOf, type Stanza } from '../../simulator/wire/stanza.ts';
import { type Bench, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
});

function hellos(): readonly Stanza[] {
  return whatsapp.recorded.fromUnlinked.flatMap((stanza) => {
    const reg = linkCodeIn(stanza);
    return reg?.attrs.stage === 'companion_hello' ? [reg] : [];
  });
}

const acknowledged = (type: string) =>
  whatsapp.until(
    () => whatsapp.recorded.fromUnlinked.some(({ tag, attrs }) => tag === 'ack' && attrs.type === type),
    `${type} was acknowledged`,
  );

async function lettersOf(bench: Bench): Promise<string> {
  await whatsapp.until(() => bench.session.report.qr?.kind === 'phone-code', 'letters were shown');
  return bench.session.code ?? '';
}

async function showing(home?: string): Promise<{ readonly bench: Bench; readonly letters: string }> {
  const bench = await startBench(whatsapp, home === undefined ? {} : { home });
  await bench.session.link(null, ana.number);
  return { bench, letters: await lettersOf(bench) };
}

const online = (bench: Bench) => whatsapp.until(() => bench.session.report.status === 'connected', 'it was online');

test('the letters that are shown link the device, which is online after its restart', async () => {
  const { bench, letters } = await showing();
  expect(letters).toMatch(/^[1-9A-Z]{4}-[1-9A-Z]{4}$/);
  expect(bench.session.report).toMatchObject({ status: 'connecting', phase: 'showing-code', qr: { number: 1 } });
  await ana.enterCode(letters);
  await online(bench);
  expect(ana.companions()).toHaveLength(1);
  expect(bench.logged()).not.toContain(letters.replace('-', ''));
});

test('other letters link nothing', async () => {
  const { letters } = await showing();
  const wrong = letters.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
  await expect(ana.enterCode(wrong)).rejects.toThrow('not the one that the device shows');
  expect(ana.companions()).toEqual([]);
});

test('followed by a passkey, where WhatsApp asks for one', async () => {
  ana.needsPasskey = true;
  const { bench, letters } = await showing();
  const linked = ana.enterCode(letters);
  await whatsapp.until(() => bench.session.report.phase === 'passkey-asked', 'the owner was asked');
  const begin = await bench.session.passkey.begin(null);
  if (begin.type !== 'begun') throw new Error(begin.type);
  await bench.session.passkey.answer(begin.attempt, ana.passkey?.assert(begin.options.challenge));
  await linked;
  await online(bench);
});

test('a drop in between leaves no half link: other letters are shown, and they work', async () => {
  const { bench, letters } = await showing();
  whatsapp.cut();
  await whatsapp.until(() => bench.session.code !== null && bench.session.code !== letters, 'other letters were shown');
  expect(bench.session.report.qr).toMatchObject({ kind: 'phone-code', number: 2 });
  await ana.enterCode(await lettersOf(bench));
  await online(bench);
  expect(whatsapp.recorded.logins).toHaveLength(1);
});

test('the relay ends in between: it starts as one that was never linked', async () => {
  const home = temporaryDirectory();
  const { bench } = await showing(home);
  await bench.stop();
  const again = await startBench(whatsapp, { home });
  expect(again.session.report).toMatchObject({ status: 'offline', cause: 'not-linked' });
  expect(whatsapp.recorded.logins).toEqual([]);
});

test('a code to scan that is on show gives way to letters, and the attempt is the same', async () => {
  const bench = await startBench(whatsapp);
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr?.kind === 'picture', 'a code was shown');
  await bench.session.link(null, ana.number);
  const letters = await lettersOf(bench);
  // Another window that joins changes nothing.
  await bench.session.link();
  expect(bench.session.code).toBe(letters);
  await whatsapp.until(() => whatsapp.server.connectionsOf().length === 1, 'one socket is left');
  await ana.enterCode(letters);
  await online(bench);
});

test.each<[HelloAnswer, Cause]>([
  [{ code: '400', text: 'bad-request' }, 'phone-code-refused'],
  [{ code: '403', text: 'forbidden' }, 'phone-code-refused'],
  [{ code: '428', text: 'precondition-required' }, 'phone-code-too-early'],
  [{ code: '429', text: 'rate-overlimit' }, 'phone-code-too-often'],
  [{ code: '452', text: 'feature-not-available' }, 'phone-code-not-offered'],
  ['silent', 'phone-code-silent'],
])('answered with %j, letters are not asked for again, and the cause is told: %s', async (answer, cause) => {
  whatsapp.server.linking.helloAnswer = answer;
  const bench = await startBench(whatsapp, { settings: { querySeconds: 0.3 } });
  await bench.session.link(null, ana.number);
  await whatsapp.until(() => bench.session.report.cause === cause, 'it was said');
  expect(bench.session.report.status).toBe('offline');
  expect(whatsapp.recorded.connections.count).toBe(1);
  expect(hellos()).toHaveLength(1);
  await expect.poll(() => bench.store.links.list()).toEqual([]);
});

test('a system that WhatsApp knows and a browser of its list are named; the registration says Recado', async () => {
  await showing();
  const [hello] = hellos();
  const display = hello && bytesOf(hello, 'companion_platform_display')?.toString();
  expect(display).toMatch(/^Chrome \((Windows|Mac OS|Linux)\)$/);
  expect(hello && bytesOf(hello, 'companion_platform_id')?.toString()).toBe('1');
  expect(whatsapp.recorded.registrations.map(({ os }) => os)).toEqual(['Recado']);
});

test('letters are asked for only after the references have come, however long they take', async () => {
  whatsapp.server.linking.pairDeviceDelayMs = 200;
  const { bench, letters } = await showing();
  await ana.enterCode(letters);
  await online(bench);
});

test('WhatsApp wants others: they are asked for at once, and the former ones link nothing', async () => {
  const { bench, letters } = await showing();
  whatsapp.server.linking.refreshCode(ana.number, false);
  await whatsapp.until(() => bench.session.report.qr?.number === 2, 'other letters were shown');
  const others = await lettersOf(bench);
  expect(others).not.toBe(letters);
  await whatsapp.until(() => whatsapp.server.connectionsOf().length === 1, 'one socket is left');
  await expect(ana.enterCode(letters)).rejects.toThrow('not the one that the device shows');
  await acknowledged('link_code_companion_reg');
});

test('WhatsApp wants a person to ask for others: nothing is asked until one does', async () => {
  const { bench } = await showing();
  whatsapp.server.linking.refreshCode(ana.number, true);
  await whatsapp.until(() => bench.session.report.phase === 'code-worn', 'it was said');
  expect(bench.session.report).toMatchObject({ status: 'connecting', qr: null });
  await acknowledged('link_code_companion_reg');
  // The socket may be gone by the time that somebody comes.
  whatsapp.cut();
  await whatsapp.until(() => whatsapp.server.connectionsOf().length === 0, 'it was cut');
  expect(hellos()).toHaveLength(1);
  bench.session.newCode();
  await ana.enterCode(await lettersOf(bench));
  await online(bench);
  expect(hellos()).toHaveLength(2);
});

test('another window asks for letters of the same number meanwhile: one request, one code', async () => {
  const bench = await startBench(whatsapp);
  await Promise.all([bench.session.link(null, ana.number), bench.session.link(null, ana.number)]);
  await lettersOf(bench);
  await bench.session.link(null, ana.number);
  bench.session.newCode();
  expect(hellos()).toHaveLength(1);
  expect(bench.session.report.qr).toMatchObject({ number: 1 });
});

test('another number is asked for while the first request is open: its late answer changes nothing', async () => {
  const bea = whatsapp.account({ number: '5511999990002', name: 'Bea' });
  whatsapp.faults.answerDelayMs = 100;
  const bench = await startBench(whatsapp);
  await bench.session.link(null, ana.number);
  await whatsapp.until(() => hellos().length === 1, 'the first was asked for');
  await bench.session.link(null, bea.number);
  await bea.enterCode(await lettersOf(bench));
  await online(bench);
  expect(bea.companions()).toHaveLength(1);
  expect(ana.companions()).toEqual([]);
});

test('after the phone has taken the letters WhatsApp asks for another secret: the one agreed on stays, and links', async () => {
  ana.refreshes = 1;
  const { bench, letters } = await showing();
  await ana.enterCode(letters);
  await online(bench);
  await acknowledged('companion_reg_refresh');
  expect(bench.reports.map(({ phase }) => phase)).toContain('code-typed');
});

test('a phone that takes the letters and then says nothing gets others after its time', async () => {
  const { bench, letters } = await showing();
  const wrong = letters.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
  await expect(ana.enterCode(wrong)).rejects.toThrow('not the one that the device shows');
  await whatsapp.until(() => bench.session.report.phase === 'code-typed', 'the phone was answered');
  bench.session.panelClosed();
  // The same letters may be tried again meanwhile.
  await ana.enterCode(letters);
  await online(bench);
});

test('an account that Meta hosts is linked: its proof covers a prefix', async () => {
  ana.hosted = true;
  const { bench, letters } = await showing();
  await ana.enterCode(letters);
  await online(bench);
});
