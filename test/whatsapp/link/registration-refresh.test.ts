/** WhatsApp asks for another secret while a device is linked: the code is drawn anew, and only the new one links. */
import { beforeEach, describe, expect, test } from 'vitest';
import { diskFull } from '../../../relay/store/store.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { RefreshChild } from '../../simulator/server/linking.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { node, SERVER_JID } from '../../simulator/wire/stanza.ts';
import { type Bench, type BenchOptions, type ShownCode, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
});

const shownBy = ({ session, codes }: Bench): ShownCode | null =>
  session.report.qr === null ? null : (codes.at(-1) ?? null);

async function showing(options: BenchOptions = {}): Promise<{ readonly bench: Bench; readonly code: ShownCode }> {
  const bench = await startBench(whatsapp, options);
  await bench.session.link();
  await whatsapp.until(() => shownBy(bench) !== null, 'a code was shown');
  return { bench, code: must(shownBy(bench)) };
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('there is none');
  return value;
}

const fieldsOf = ({ text }: ShownCode): readonly string[] => text.split(',');

async function redrawn(bench: Bench, renewals: number): Promise<ShownCode> {
  await whatsapp.until(() => shownBy(bench)?.renewals === renewals, 'the code was drawn anew');
  return must(shownBy(bench));
}

const acks = () => whatsapp.recorded.fromUnlinked.filter(({ tag }) => tag === 'ack');

const online = (bench: Bench) => whatsapp.until(() => bench.session.report.status === 'connected', 'it was online');

/** Every code that was shown, without the copies of one report after the other. */
const codesOf = (bench: Bench): readonly string[] => [...new Set(bench.codes.map(({ text }) => text))];

describe.each<RefreshChild>(['companion_reg_refresh', 'pair-device-rotate-qr'])('with %s', (child) => {
  test('the same reference is drawn with another secret, in the time that it had, and links', async () => {
    const { bench, code } = await showing();
    ana.refreshes = 1;
    ana.refreshChild = child;
    await expect(ana.scan(code.text)).rejects.toThrow('another secret');
    const anew = await redrawn(bench, 1);
    expect(anew).toMatchObject({ number: 1, of: 10, expiresAt: code.expiresAt, kind: 'picture' });
    const [ref, noise, identity, secret, platform] = fieldsOf(anew);
    expect([ref, noise, identity, platform]).toEqual([0, 1, 2, 4].map((at) => fieldsOf(code)[at]));
    expect(Buffer.from(secret ?? '', 'base64')).toHaveLength(32);
    expect(secret).not.toBe(fieldsOf(code)[3]);
    await expect(ana.scan(code.text)).rejects.toThrow('retired');
    await ana.scan(anew.text);
    await online(bench);
    expect(ana.companions()).toHaveLength(1);
    expect(bench.logged()).not.toContain(secret);
  });
});

test('it is acknowledged as WhatsApp wants it, after the secret is on the disk and before the code is drawn', async () => {
  const { bench, code } = await showing();
  const events: string[] = [];
  const { links } = bench.store;
  const write = links.write.bind(links);
  links.write = async (...given) => {
    await write(...given);
    events.push('written');
  };
  ana.refreshes = 1;
  await expect(ana.scan(code.text)).rejects.toThrow('another secret');
  const anew = await redrawn(bench, 1);
  expect(events).toEqual(['written']);
  await whatsapp.until(() => acks().length > 0, 'it was acknowledged');
  expect(acks()).toMatchObject([
    {
      tag: 'ack',
      attrs: { class: 'notification', type: 'companion_reg_refresh', to: expect.stringContaining('s.whatsapp.net') },
    },
  ]);
  const [link] = await links.list();
  const stored = JSON.parse((link && (await links.credentials(link.id))) ?? '{}') as { advSecretKey?: string };
  expect(stored.advSecretKey).toBe(fieldsOf(anew)[3]);
});

test('a disk that cannot be written: nothing is acknowledged, no code is drawn, and the attempt ends for that', async () => {
  const { bench, code } = await showing();
  const { links } = bench.store;
  links.write = async () => {
    throw diskFull(new Error('no space'));
  };
  ana.refreshes = 1;
  await expect(ana.scan(code.text)).rejects.toThrow('another secret');
  await whatsapp.until(() => bench.session.report.status === 'offline', 'it ended');
  expect(bench.session.report.cause).toBe('disk');
  expect(acks()).toEqual([]);
  expect(codesOf(bench)).toEqual([code.text]);
});

test('it comes twice: a third code is the one that links', async () => {
  const { bench, code } = await showing();
  ana.refreshes = 2;
  await expect(ana.scan(code.text)).rejects.toThrow('another secret');
  const second = await redrawn(bench, 1);
  await expect(ana.scan(second.text)).rejects.toThrow('another secret');
  const third = await redrawn(bench, 2);
  await ana.scan(third.text);
  await online(bench);
  expect(new Set([code, second, third].map((each) => fieldsOf(each)[3])).size).toBe(3);
  expect(new Set([code, second, third].map((each) => fieldsOf(each)[0])).size).toBe(1);
});

test('twice in one breath: each is acknowledged, and the last secret is the one on the screen', async () => {
  const { bench } = await showing();
  const [connection] = whatsapp.server.linking.waiting;
  whatsapp.server.linking.refresh(must(connection));
  whatsapp.server.linking.refresh(must(connection), 'pair-device-rotate-qr');
  const { text } = await redrawn(bench, 2);
  await whatsapp.until(() => acks().length === 2, 'both were acknowledged');
  await ana.scan(text);
  await online(bench);
});

test('the code before is dead with its secret: its socket is closed, and no reference was shown twice under one secret', async () => {
  const { bench, code } = await showing({ settings: { qrSeconds: 0.4, qrGraceSeconds: 30 } });
  await whatsapp.until(() => shownBy(bench)?.number === 2, 'the second code was shown');
  ana.refreshes = 1;
  // On the socket of the code before: the phone was a little late.
  await expect(ana.scan(code.text)).rejects.toThrow('another secret');
  const anew = await redrawn(bench, 1);
  await whatsapp.until(() => whatsapp.server.linking.waiting.length === 1, 'its socket was closed');
  await whatsapp.until(() => acks().length === 1, 'it was acknowledged');
  await ana.scan(must(shownBy(bench)).text);
  await online(bench);
  expect(fieldsOf(anew)[0]).not.toBe(fieldsOf(code)[0]);
  const drawn = codesOf(bench).map((text) =>
    text
      .split(',')
      .filter((_field, at) => at === 0 || at === 3)
      .join(),
  );
  expect(new Set(drawn).size).toBe(drawn.length);
});

test('on the socket of the code on the screen: the one before, of the same secret, is closed as well', async () => {
  const { bench } = await showing({ settings: { qrSeconds: 0.4, qrGraceSeconds: 30 } });
  await whatsapp.until(() => shownBy(bench)?.number === 2, 'the second code was shown');
  ana.refreshes = 1;
  await expect(ana.scan(must(shownBy(bench)).text)).rejects.toThrow('another secret');
  await redrawn(bench, 1);
  await whatsapp.until(() => whatsapp.server.linking.waiting.length === 1, 'one socket is left');
});

test('it is not counted among the ten codes', async () => {
  const { bench } = await showing({ settings: { qrSeconds: 0.3, qrGraceSeconds: 0.05, qrCodes: 3 } });
  const [connection] = whatsapp.server.linking.waiting;
  whatsapp.server.linking.refresh(must(connection));
  await redrawn(bench, 1);
  await whatsapp.until(() => bench.session.report.cause === 'qr-expired', 'the attempt ended');
  expect(new Set(bench.reports.flatMap(({ qr }) => qr?.number ?? []))).toEqual(new Set([1, 2, 3]));
});

test('a scan of the former code that slips through is refused, leaves no half link, and the code on the screen still links', async () => {
  const { bench, code } = await showing();
  const [connection] = whatsapp.server.linking.waiting;
  // Asked for without a scan: this WhatsApp still takes the former secret.
  whatsapp.server.linking.refresh(must(connection));
  const anew = await redrawn(bench, 1);
  await expect(ana.scan(code.text)).rejects.toThrow('refused what the phone had signed');
  expect(ana.companions()).toEqual([]);
  expect(shownBy(bench)?.text).toBe(anew.text);
  await ana.scan(anew.text);
  await online(bench);
});

test('before a passkey is asked for: the proof is made of the secret that was scanned', async () => {
  ana.needsPasskey = true;
  ana.refreshes = 1;
  const { bench, code } = await showing();
  await expect(ana.scan(code.text)).rejects.toThrow('another secret');
  const linked = ana.scan((await redrawn(bench, 1)).text);
  await answerPasskey(bench);
  await linked;
  await online(bench);
  // No code to compare: the proof told the phone enough.
  expect(ana.comparedCodes).toEqual([]);
});

test('after a passkey was asked for: the ceremony goes on, and links', async () => {
  ana.needsPasskey = true;
  const { bench, code } = await showing();
  const linked = ana.scan(code.text);
  await whatsapp.until(() => bench.session.report.phase === 'passkey-asked', 'the owner was asked');
  whatsapp.server.linking.refresh(must(whatsapp.server.linking.waiting[0]));
  await whatsapp.until(() => acks().some(({ attrs }) => attrs.type === 'companion_reg_refresh'), 'it was acknowledged');
  expect(bench.session.report.phase).toBe('passkey-asked');
  await answerPasskey(bench);
  await linked;
  await online(bench);
});

test('after the phone has the secret of the passkey ceremony: that one stays', async () => {
  ana.needsPasskey = true;
  ana.silentFrom = 'pairing';
  const { bench, code } = await showing();
  void ana.scan(code.text).catch(() => undefined);
  await answerPasskey(bench);
  await whatsapp.until(() => bench.session.report.phase === 'passkey-finishing', 'the phone has it');
  const [link] = await bench.store.links.list();
  const secret = async () =>
    (JSON.parse((link && (await bench.store.links.credentials(link.id))) ?? '{}') as { advSecretKey?: string })
      .advSecretKey;
  const before = await secret();
  whatsapp.server.linking.refresh(must(whatsapp.server.linking.waiting[0]));
  await whatsapp.until(() => acks().some(({ attrs }) => attrs.type === 'companion_reg_refresh'), 'it was acknowledged');
  expect(await secret()).toBe(before);
});

async function answerPasskey(bench: Bench): Promise<void> {
  await whatsapp.until(() => bench.session.report.phase === 'passkey-asked', 'the owner was asked');
  const begin = await bench.session.passkey.begin(null);
  if (begin.type !== 'begun') throw new Error(begin.type);
  await bench.session.passkey.answer(begin.attempt, ana.passkey?.assert(begin.options.challenge));
}

test('the relay ends in the middle of it: nothing is left, and the next attempt links', async () => {
  const home = temporaryDirectory();
  const { bench, code } = await showing({ home });
  ana.refreshes = 1;
  await expect(ana.scan(code.text)).rejects.toThrow('another secret');
  await bench.stop();
  const again = await startBench(whatsapp, { home });
  expect(again.session.report).toMatchObject({ status: 'offline', cause: 'not-linked' });
  expect(await again.store.links.list()).toEqual([]);
  await again.session.link();
  await whatsapp.until(() => shownBy(again) !== null, 'a code was shown');
  await ana.scan(must(shownBy(again)).text);
  await online(again);
  expect(ana.companions()).toHaveLength(1);
});

test('a drop in the middle of it: the next code has the new secret, and links', async () => {
  const { bench, code } = await showing();
  ana.refreshes = 1;
  await expect(ana.scan(code.text)).rejects.toThrow('another secret');
  await redrawn(bench, 1);
  whatsapp.cut();
  await whatsapp.until(() => shownBy(bench)?.number === 2, 'another code was shown');
  expect(fieldsOf(must(shownBy(bench)))[3]).not.toBe(fieldsOf(code)[3]);
  await ana.scan(must(shownBy(bench)).text);
  await online(bench);
});

test('a notification of that type that asks for nothing is acknowledged, and changes nothing; so is one of a type that nothing here knows', async () => {
  const { bench, code } = await showing();
  const connection = must(whatsapp.server.linking.waiting[0]);
  for (const type of ['companion_reg_refresh', 'link_code_companion_reg'])
    connection.send(node('notification', { id: type, from: SERVER_JID, type }, [node('something_else')]));
  connection.send(node('notification', { id: 'x', from: SERVER_JID, type: 'mex' }, [node('update', { op_name: 'X' })]));
  await whatsapp.until(() => acks().length === 3, 'all were acknowledged');
  expect(shownBy(bench)).toEqual(code);
});

test('an account that Meta hosts is linked by scanning, too', async () => {
  ana.hosted = true;
  const { bench, code } = await showing();
  await ana.scan(code.text);
  await online(bench);
});
