/** SIGKILL, at moments that nobody chose: whatever WhatsApp counts as delivered is in the store afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../../relay/clock.ts';
import { openStore } from '../../../relay/store/sqlite-store.ts';
import type { Store } from '../../../relay/store/store.ts';
import type { AgentId, ChatId } from '../../../shared/contract/chat.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type EncryptedCopy, encryptOnce } from '../../support/encrypted-copy.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const AGENT = 'agt_ONE' as AgentId;
const RECEIVER = path.join(import.meta.dirname, '../../support/receiver.ts');
const KILLS = 5;
const PEOPLE = 8;
const EACH = 50;

async function receiver(home: string, whatsapp: WhatsApp): Promise<ChildProcess> {
  const key = Buffer.from(whatsapp.rootKey).toString('hex');
  const child = spawn(process.execPath, [RECEIVER, home, whatsapp.url, key], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const online = child.stdout && once(child.stdout, 'data');
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the receiver ended by itself')));
  await Promise.race([online, ended]);
  ended.catch(() => undefined);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function linesOf(store: Store, people: readonly Person[]): Promise<(string | null)[][]> {
  const all = people.map(async ({ user }) => {
    const lines = await store.messages.lines(AGENT, `${user.lid}@lid` as ChatId, 1_000);
    return lines.map(({ message }) => message.text);
  });
  return Promise.all(all);
}

test('a relay killed again and again in a burst loses nothing that it confirmed, and keeps its identity (S19)', async () => {
  const whatsapp = await loopbackWhatsApp();
  onTestFinished(() => whatsapp.stop());
  const home = temporaryDirectory();
  const ana = whatsapp.account({ number: '5511999990001' });
  const linking = await startBench(whatsapp, { home });
  await linkTo(whatsapp, linking, ana);
  await linking.stop();

  const people = Array.from({ length: PEOPLE }, (_, at) => whatsapp.contact({ number: `551198888000${at}` }));
  const copies: EncryptedCopy[] = [];
  for (let turn = 0; turn < EACH; turn++) {
    for (const each of people) copies.push(await encryptOnce(each, ana, { conversation: String(turn) }));
  }
  // Some receipts leave in vain: after the kill WhatsApp sends again what it has no receipt of.
  whatsapp.faults.lostConfirmations = 0.3;
  const ids = copies.map(({ id }) => id);
  for (let round = 0; round < KILLS; round++) {
    const child = await receiver(home, whatsapp);
    for (const copy of copies.splice(0, (PEOPLE * EACH) / KILLS)) copy.deliver();
    // Not a wait for anything: the moment of the kill must be nobody's choice.
    await delay(20 + systemRandom.fraction() * 250);
    await kill(child);
  }
  whatsapp.faults.lostConfirmations = 0;
  const last = await receiver(home, whatsapp);
  const [device] = ana.user.companions;
  await whatsapp.until(() => device?.unconfirmed === 0, 'everything was confirmed');
  await kill(last);
  const receipts = (type: string) => whatsapp.recorded.receipts.filter((each) => each.device > 0 && each.type === type);
  // Whatever was decrypted is known: received again, and asked for a second time by nobody.
  const received = new Set(receipts('inactive').flatMap((each) => each.ids));
  expect(ids.filter((id) => !received.has(id))).toEqual([]);
  expect(receipts('retry')).toEqual([]);

  const store = await openStore(home, { random: systemRandom });
  onTestFinished(() => store.close());
  const takeIn: Parameters<typeof startBench>[1] = {
    store,
    inbound: {
      takeIn: async (batch) => {
        const kept = batch.map((message) => ({ type: 'keep', message, settled: null }) as const);
        await store.messages.receive(AGENT, kept, Date.now());
      },
    },
  };
  const after = await startBench(whatsapp, takeIn);
  await whatsapp.until(() => after.session.report.status === 'connected', 'the connection is back');
  const expected = Array.from({ length: EACH }, (_, at) => String(at));
  await expect
    .poll(async () => (await linesOf(store, people)).map((texts) => new Set(texts).size))
    .toEqual(people.map(() => EACH));
  for (const texts of await linesOf(store, people))
    expect(texts.toSorted((a, b) => Number(a) - Number(b))).toEqual(expected);
  expect(ana.companions()).toHaveLength(1);
});
