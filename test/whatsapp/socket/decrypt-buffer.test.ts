/**
 * Between the receipt that Baileys sends by itself and the inbox there is a gap; whatever falls into it comes back.
 * A relay that is killed there is played by an inbox that fails: nothing after the receipt happens.
 */
import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { ChatMessage } from '../../../relay/store/chat-message.ts';
import type { JournalEntry, LinkLedger } from '../../../relay/store/link-ledger.ts';
import { type Store, StoreError } from '../../../relay/store/store.ts';
import { plainText } from '../../simulator/people/message-content.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { encryptOnce } from '../../support/encrypted-copy.ts';
import { type Bench, linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { testStore } from '../../support/store.ts';

let whatsapp: WhatsApp;
let store: Store;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  // Receipts are counted.
  whatsapp.faults.lostConfirmations = 0;
  store = await testStore();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

async function journal(): Promise<readonly JournalEntry[]> {
  const [link] = await store.links.list();
  return link ? store.links.journal(link.id) : [];
}

function receipts(type: string, id: string): number {
  return whatsapp.recorded.receipts.filter((each) => each.device > 0 && each.type === type && each.ids.includes(id))
    .length;
}

/** The relay dies after the receipt of a message, before its inbox had it. */
async function killedBeforeInbox(message: { deliver(): void; readonly id: string }): Promise<void> {
  let dead = false;
  const takeIn = (): Promise<void> => {
    dead = true;
    return Promise.reject(new Error('killed'));
  };
  const bench = await startBench(whatsapp, { store, inbound: { takeIn } });
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the link was online');
  message.deliver();
  await whatsapp.until(() => dead && receipts('inactive', message.id) > 0, 'the receipt left, the inbox got nothing');
  await bench.stop();
}

async function linkedOnce(): Promise<void> {
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  await bench.stop();
}

function texts({ taken }: Bench): (string | null)[] {
  return taken.map(({ text }) => text);
}

test('a copy of a message that was taken in is confirmed again, and read once', async () => {
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  const message = await encryptOnce(caio, ana, { conversation: 'oi' });
  message.deliver();
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  await expect.poll(journal).toEqual([]);
  message.deliver();
  await whatsapp.until(() => receipts('inactive', message.id) === 2, 'the copy was confirmed');
  await caio.write(ana, 'tudo bem?');
  await whatsapp.until(() => bench.taken.length > 1, 'the next message was taken in');
  expect(texts(bench)).toEqual(['oi', 'tudo bem?']);
  expect(receipts('retry', message.id)).toBe(0);
});

test('a copy after a cut is known as well: the connection changed, the link did not', async () => {
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  const message = await encryptOnce(caio, ana, { conversation: 'oi' });
  message.deliver();
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  whatsapp.cut(ana);
  message.deliver();
  // The first receipt may have been lost with the connection: that is why there are copies.
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'the copy was confirmed');
  expect(receipts('inactive', message.id)).toBeGreaterThan(0);
  expect(texts(bench)).toEqual(['oi']);
  expect(receipts('retry', message.id)).toBe(0);
});

test.each([
  ['of a chat whose texts are kept', true],
  ['of a chat of which nothing is kept', false],
])(
  'after a restart a copy %s is confirmed, and not asked for again: WhatsApp had no receipt of it',
  async (_, keeps) => {
    const first = await startBench(whatsapp, { store, inbound: { keepsText: () => keeps } });
    await linkTo(whatsapp, first, ana);
    const group = whatsapp.group('Família', [ana, caio]);
    whatsapp.faults.lostConfirmations = 1;
    const one = await caio.write(ana, 'oi');
    await group.write(caio, plainText('no grupo'));
    const two = await caio.write(ana, 'tudo bem?');
    await whatsapp.until(() => first.taken.length === 2, 'the last one was taken in');
    await first.stop();
    expect(ana.user.companions[0]?.waiting).toBeGreaterThanOrEqual(3);

    whatsapp.faults.lostConfirmations = 0;
    const second = await startBench(whatsapp, { store, inbound: { keepsText: () => keeps } });
    await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'all were confirmed');
    await caio.write(ana, 'e agora?');
    await whatsapp.until(() => second.taken.length > 0, 'the next one was taken in');
    expect(texts(second)).toEqual(['e agora?']);
    // An acknowledgement alone would say that they were not received.
    expect([one, two].map(({ id }) => receipts('inactive', id))).toEqual([1, 1]);
    expect(whatsapp.recorded.receipts.filter(({ device, type }) => device > 0 && type === 'retry')).toEqual([]);
  },
);

test('what was decrypted is known as long as message ids are, and no longer than the link', async () => {
  const bench = await startBench(whatsapp, { store });
  await linkTo(whatsapp, bench, ana);
  const [link] = await store.links.list();
  if (!link) throw new Error('nothing is linked');
  const message = await encryptOnce(caio, ana, { conversation: 'oi' });
  message.deliver();
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  await bench.stop();
  const hash = createHash('sha256').update(message.ciphertext).digest('hex');
  expect(await store.links.wasDecrypted(link.id, hash)).toBe(true);
  const keep = { textsMs: 1, sentMs: 1, idsMs: 60_000 };
  await store.prune(Date.now(), keep);
  expect(await store.links.wasDecrypted(link.id, hash)).toBe(true);
  await store.prune(Date.now() + 120_000, keep);
  expect(await store.links.wasDecrypted(link.id, hash)).toBe(false);
});

test('a kill between the receipt and the inbox loses nothing (S19)', async () => {
  await linkedOnce();
  const message = await encryptOnce(caio, ana, { conversation: 'preciso de ajuda' });
  await killedBeforeInbox(message);
  expect(await journal()).toHaveLength(1);

  const after = await startBench(whatsapp, { store });
  await whatsapp.until(() => after.taken.length === 1, 'the message was taken in after all');
  expect(after.taken[0]).toMatchObject({
    messageId: message.id,
    text: 'preciso de ajuda',
    chatId: `${caio.user.lid}@lid`,
    number: caio.number,
    senderName: 'Caio',
    live: false,
  });
  await expect.poll(journal).toEqual([]);
});

test('a copy of what a kill left behind is answered from the journal, not asked for again', async () => {
  await linkedOnce();
  const message = await encryptOnce(caio, ana, { conversation: 'preciso de ajuda' });
  await killedBeforeInbox(message);
  message.deliver();
  const after = await startBench(whatsapp, { store });
  await whatsapp.until(() => receipts('inactive', message.id) === 2, 'the copy was confirmed');
  expect(new Set(texts(after))).toEqual(new Set(['preciso de ajuda']));
  expect(new Set(after.taken.map(({ messageId }) => messageId))).toEqual(new Set([message.id]));
  expect(receipts('retry', message.id)).toBe(0);
  await expect.poll(journal).toEqual([]);
});

test("the owner's words survive the same kill as the owner's (S21)", async () => {
  await linkedOnce();
  const copy = {
    deviceSentMessage: { destinationJid: caio.phone.address('lid'), message: { conversation: 'já vou' } },
  };
  const [device] = ana.user.companions;
  if (!device) throw new Error('nobody is linked');
  const enc = await ana.encryptFor(device, copy);
  const chat = caio.phone.address('lid');
  const stanza = { tag: 'message', attrs: { id: '3AOWN', to: chat, type: 'text', t: '1760000000' } };
  const deliver = (): void => whatsapp.server.router.deliver(ana.phone, device, chat, stanza, enc);
  let dead = false;
  const takeIn = (): Promise<void> => {
    dead = true;
    return Promise.reject(new Error('killed'));
  };
  const before = await startBench(whatsapp, { store, inbound: { takeIn } });
  await whatsapp.until(() => before.session.report.status === 'connected', 'the link was online');
  deliver();
  await whatsapp.until(() => dead, 'the inbox got nothing');
  await before.stop();
  const after = await startBench(whatsapp, { store });
  await whatsapp.until(() => after.taken.length === 1, 'the message was taken in after all');
  expect(after.taken[0]).toMatchObject({ author: 'owner', text: 'já vou', chatId: `${caio.user.lid}@lid` });
});

test('the text is in the journal before the inbox sees it, and nowhere on disk where nothing may be kept (S25)', async () => {
  const seen: number[] = [];
  let keeps = true;
  const takeIn = async (batch: readonly ChatMessage[]): Promise<void> => {
    for (const _ of batch) seen.push((await journal()).length);
  };
  const bench = await startBench(whatsapp, { store, inbound: { takeIn, keepsText: () => keeps } });
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'um');
  await whatsapp.until(() => seen.length === 1, 'the first message was taken in');
  keeps = false;
  await caio.write(ana, 'dois');
  await whatsapp.until(() => seen.length === 2, 'the second message was taken in');
  expect(seen).toEqual([1, 0]);
});

test('two senders who choose the same id do not strike out each other', async () => {
  await linkedOnce();
  const mallory = whatsapp.contact({ number: '5511977770001' });
  const message = await encryptOnce(caio, ana, { conversation: 'meu' }, '3ASAME');
  await killedBeforeInbox(message);
  const other = await encryptOnce(mallory, ana, { conversation: 'outro' }, '3ASAME');
  const after = await startBench(whatsapp, { store });
  other.deliver();
  await whatsapp.until(() => after.taken.length === 2, 'both were taken in');
  expect(new Set(texts(after))).toEqual(new Set(['meu', 'outro']));
});

test('a store that cannot write leaves the message at WhatsApp until it can', async () => {
  await linkedOnce();
  let refused = 0;
  const links: LinkLedger = Object.create(store.links, {
    stage: {
      value: (...[id, step]: Parameters<LinkLedger['stage']>) => {
        if (!step.journal?.length || refused > 1) return store.links.stage(id, step);
        refused += 1;
        return Promise.reject(new StoreError('disk-full', 'The disk is full.', 'Make room.'));
      },
    },
  });
  // What is not replaced must still be called on the real ledger: it has private fields.
  for (const name of [
    'list',
    'create',
    'write',
    'staged',
    'activate',
    'startUnlinking',
    'destroy',
    'credentials',
    'keys',
    'journal',
    'wasDecrypted',
    'clearJournal',
    'tryDisk',
  ] as const) {
    Object.defineProperty(links, name, { value: store.links[name].bind(store.links) });
  }
  const bench = await startBench(whatsapp, { store, deps: { links } });
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the link was online');
  const { id } = await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length > 0, 'the message was taken in');
  expect(texts(bench)).toEqual(['oi']);
  expect(refused).toBe(2);
  expect(receipts('retry', id)).toBe(0);
});
