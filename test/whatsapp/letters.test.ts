/** Linking by eight letters that are typed into the phone, where nothing can be scanned. */
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type Bench, startBench } from '../support/linked-session.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
});

async function lettersOf(bench: Bench): Promise<string> {
  await whatsapp.until(() => bench.session.report.qr?.kind === 'letters', 'letters were shown');
  return bench.session.report.qr?.text ?? '';
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
  await whatsapp.until(
    () => bench.session.report.qr !== null && bench.session.report.qr.text !== letters,
    'other letters were shown',
  );
  expect(bench.session.report.qr).toMatchObject({ kind: 'letters', number: 2 });
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
  expect(bench.session.report.qr?.text).toBe(letters);
  await whatsapp.until(() => whatsapp.server.connectionsOf().length === 1, 'one socket is left');
  await ana.enterCode(letters);
  await online(bench);
});

test('letters that WhatsApp refuses are not asked for again, and it is said so', async () => {
  whatsapp.server.linking.refusesLetters = true;
  const bench = await startBench(whatsapp);
  await bench.session.link(null, ana.number);
  await whatsapp.until(() => bench.session.report.cause === 'letters-refused', 'it was said');
  expect(whatsapp.recorded.connections.count).toBe(1);
});
