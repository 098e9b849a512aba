/** What becomes of an answer: WhatsApp's word, or none. The id is the same however often it is sent. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../../relay/clock.ts';
import { guardConsole } from '../../../relay/whatsapp/beyond-baileys/console-guard.ts';
import { Acknowledgements, newMessageId } from '../../../relay/whatsapp/socket/sending.ts';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type Bench, type BenchOptions, linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { AGENT, testStore, withAgent } from '../../support/store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001' });
  caio = whatsapp.contact({ number: '5511988880001' });
});

const never = { signal: new AbortController().signal };

/** Linked, and Caio has written: nobody is answered who did not. */
async function linked(options: BenchOptions = {}): Promise<Bench> {
  const bench = await startBench(whatsapp, options);
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  return bench;
}

function answer(messageId = newMessageId(systemRandom), text = 'olá') {
  return { chatId: `${caio.user.lid}@lid` as ChatId, messageId, text };
}

test('ids are formed like those of WhatsApp’s web client, and never twice the same', () => {
  const ids = Array.from({ length: 1_000 }, () => newMessageId(systemRandom));
  expect(ids.every((id) => /^3EB0[0-9A-F]{18}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(1_000);
});

test('an answer that WhatsApp has is acked, and the connection says at once that nobody is there', async () => {
  const bench = await linked();
  const sent = answer();
  expect(await bench.session.outgoing.send(sent, never)).toEqual({ type: 'acked' });
  await whatsapp.until(() => caio.received.length === 1, 'Caio got it');
  expect(caio.received[0]).toMatchObject({ id: sent.messageId, text: 'olá', copies: 1 });
  await whatsapp.until(() => whatsapp.recorded.presences.at(-1)?.type === 'unavailable', 'the presence was told');
  expect(whatsapp.recorded.presences.map(({ type }) => type)).not.toContain('available');
  expect(whatsapp.recorded.typing).toEqual([]);
  expect(whatsapp.recorded.receipts.some(({ type }) => type === 'read')).toBe(false);
});

test('links in an answer are not looked up', async () => {
  const bench = await linked();
  await bench.session.outgoing.send(answer(undefined, 'veja http://127.0.0.1:9/segredo'), never);
  await whatsapp.until(() => caio.received.length === 1, 'Caio got it');
  expect(caio.received[0]?.content.extendedTextMessage?.matchedText ?? '').toBe('');
});

test.each(['463', '479', '500'])('a refusal with %s is told as that number', async (code) => {
  const bench = await linked();
  whatsapp.faults.refuseAcks(code);
  expect(await bench.session.outgoing.send(answer(), never)).toEqual({ type: 'refused', code: Number(code) });
});

test('without an acknowledgement an answer is unconfirmed when time is up, and the second copy has the same id', async () => {
  const bench = await linked({ settings: { ackSeconds: 0.2 } });
  whatsapp.faults.withholdAcks = true;
  const sent = answer();
  expect(await bench.session.outgoing.send(sent, never)).toEqual({ type: 'unconfirmed' });
  whatsapp.faults.clear();
  expect(await bench.session.outgoing.send(sent, never)).toEqual({ type: 'acked' });
  await whatsapp.until(() => caio.received[0]?.copies === 2, 'both copies arrived');
  expect(caio.received).toHaveLength(1);
});

test('a connection that is cut leaves an answer unconfirmed at once', async () => {
  const bench = await linked();
  whatsapp.faults.withholdAcks = true;
  const result = bench.session.outgoing.send(answer(), never);
  await whatsapp.until(() => whatsapp.recorded.sends.length === 1, 'the answer left');
  whatsapp.cut(ana);
  expect(await result).toEqual({ type: 'unconfirmed' });
});

test('a connection that is cut during a look-up of devices leaves nothing behind: it is as if there had been none', async () => {
  const bench = await linked();
  const duda = whatsapp.contact({ number: '5511977770001' });
  whatsapp.faults.ignoreQueries('usync', 'encrypt');
  const result = bench.session.outgoing.send({ ...answer(), chatId: `${duda.user.lid}@lid` as ChatId }, never);
  await expect.poll(() => bench.session.report.status).toBe('connected');
  whatsapp.cut(ana);
  expect(await result).toEqual({ type: 'offline' });
  expect(whatsapp.recorded.sends).toEqual([]);
});

test('without a line nothing is sent and no attempt is made', async () => {
  const bench = await linked({ settings: { backoffFirstSeconds: 30 } });
  whatsapp.cut(ana);
  await whatsapp.until(() => bench.session.report.status === 'reconnecting', 'the line was lost');
  expect(await bench.session.outgoing.send(answer(), never)).toEqual({ type: 'offline' });
  expect(whatsapp.recorded.sends).toEqual([]);
});

test('who gives up gets an answer at once', async () => {
  const bench = await linked();
  whatsapp.faults.withholdAcks = true;
  const owner = new AbortController();
  const result = bench.session.outgoing.send(answer(), { signal: owner.signal });
  await whatsapp.until(() => whatsapp.recorded.sends.length === 1, 'the answer left');
  owner.abort();
  expect(await result).toEqual({ type: 'unconfirmed' });
  expect(await bench.session.outgoing.send(answer(), { signal: owner.signal })).toEqual({ type: 'withdrawn' });
});

/**
 * Caio's phone lost its session with us while it was away: it cannot read what waits for it, and asks for it once more.
 * By then the connection is another one, and what Baileys remembers of its own sends is gone with the old one.
 */
async function sentToWhomCannotRead(bench: Bench, sent: ReturnType<typeof answer>): Promise<void> {
  // libsignal prints the sessions it closes.
  onTestFinished(guardConsole(pino({ level: 'silent' })));
  caio.offline();
  expect(await bench.session.outgoing.send(sent, never)).toEqual({ type: 'acked' });
  const [device] = ana.user.companions;
  if (device) caio.keys.forgetSession(device);
  whatsapp.cut(ana);
  await whatsapp.until(() => bench.session.report.status === 'reconnecting', 'the line was lost');
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
  caio.online();
}

test('a phone that could not read an answer gets it again from the store, under the same id (S25)', async () => {
  const sent = answer();
  const bench = await linked({ deps: { sentAnswer: async (id) => (id === sent.messageId ? sent : null) } });
  await sentToWhomCannotRead(bench, sent);
  await whatsapp.until(() => caio.received.length === 1, 'Caio could read the second copy');
  expect(caio.undecryptable).toEqual([sent.messageId]);
  expect(caio.received[0]).toMatchObject({ id: sent.messageId, text: 'olá', copies: 1 });
});

test('an answer that the store has forgotten is not sent again empty', async () => {
  const asked: string[] = [];
  const sentAnswer = async (id: string): Promise<null> => {
    asked.push(id);
    return null;
  };
  const bench = await linked({ deps: { sentAnswer } });
  const sent = answer();
  await sentToWhomCannotRead(bench, sent);
  await whatsapp.until(() => asked.length > 0, 'the store was asked');
  expect(await bench.session.outgoing.send(answer(), never)).toEqual({ type: 'acked' });
  await whatsapp.until(() => caio.received.length === 1, 'the next answer can be read');
  expect(caio.received.map(({ id }) => id)).not.toContain(sent.messageId);
  expect(asked).toEqual([sent.messageId]);
});

test('an older wait for an id cannot end a newer one', async () => {
  const acknowledgements = new Acknowledgements();
  const first = acknowledgements.wait('A');
  const second = acknowledgements.wait('A');
  expect(await first.result).toEqual({ type: 'unconfirmed' });
  first.giveUp();
  acknowledgements.heard({ id: 'B', error: '500' });
  acknowledgements.heard({ id: 'A' });
  expect(await second.result).toEqual({ type: 'acked' });
  acknowledgements.close();
  acknowledgements.close();
  expect(await acknowledgements.wait('A').result).toEqual({ type: 'unconfirmed' });
});

test('a refusal without a number is a refusal', async () => {
  const acknowledgements = new Acknowledgements();
  const { result } = acknowledgements.wait('A');
  acknowledgements.heard({ id: 'A', error: 'forbidden' });
  expect(await result).toEqual({ type: 'refused', code: 0 });
});

test('a relay that is killed as an answer leaves uses no message key twice: the next answer can be read at once', async () => {
  const home = temporaryDirectory();
  const copy = temporaryDirectory();
  const store = await withAgent(await testStore(home), AGENT, Date.now());
  const { links } = store;
  const write = links.write.bind(links);
  const arrived = (): boolean => whatsapp.recorded.sends.some(({ id }) => id === first.messageId);
  let copied = false;
  const copyFiles = (): void => {
    copied ||= true;
    for (const end of ['', '-wal'])
      copyFileSync(path.join(home, `recado.sqlite${end}`), path.join(copy, `recado.sqlite${end}`));
  };
  // A disk that is slower than the network: where bytes leave before they may, they have arrived before this is written.
  links.write = async (id, step) => {
    for (let turn = 0; turn < 300 && step.keys?.some(({ type }) => type === 'session') && !arrived(); turn++)
      await nextTurn();
    if (arrived() && !copied) copyFiles();
    return write(id, step);
  };
  const bench = await linked({ store });
  const first = answer(undefined, 'um');
  expect(await bench.session.outgoing.send(first, never)).toEqual({ type: 'acked' });
  if (!copied) copyFiles();
  await bench.stop();

  const again = await startBench(whatsapp, { home: copy });
  await whatsapp.until(() => again.session.report.status === 'connected', 'the connection is back');
  expect(await again.session.outgoing.send(answer(undefined, 'dois'), never)).toEqual({ type: 'acked' });
  await whatsapp.until(() => caio.received.length === 2, 'Caio got both');
  expect(caio.received.map(({ text }) => text)).toEqual(['um', 'dois']);
  expect(whatsapp.recorded.receipts.filter(({ type }) => type === 'retry')).toEqual([]);
});
