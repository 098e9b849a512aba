/** Whether what waited at WhatsApp has been handed over: told once, when it is true, or when nothing more can be hoped for. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { expect, test } from 'vitest';
import { messageNameOf } from '../../relay/whatsapp/journal-entry.ts';
import { OfflineQueue } from '../../relay/whatsapp/offline-queue.ts';
import { ManualClock } from '../support/manual-clock.ts';

const stanza = (id: string, attrs: Record<string, string> = { offline: '0' }): BinaryNode => ({
  tag: 'message',
  attrs: { id, from: '77@lid', ...attrs },
});

function start() {
  const clock = new ManualClock(0);
  let told = 0;
  const queue = new OfflineQueue(clock, () => {
    told += 1;
  });
  return { clock, queue, told: () => told, handOver: (id: string) => queue.handedOver([messageNameOf(stanza(id))]) };
}

test('when the connection is open, WhatsApp has sent all of it, and Baileys has handed it over, in whatever order', () => {
  const orders = [
    ['opened', 'announced', 'handOver'],
    ['announced', 'opened', 'handOver'],
    ['handOver', 'announced', 'opened'],
    ['announced', 'handOver', 'opened'],
  ] as const;
  for (const order of orders) {
    const { queue, told, handOver } = start();
    queue.saw(stanza('1'));
    for (const [at, step] of order.entries()) {
      expect(told(), `${order} ${at}`).toBe(0);
      if (step === 'handOver') handOver('1');
      else queue[step]();
    }
    expect(told(), `${order}`).toBe(1);
  }
});

test('a live message is not waited for, and with nothing in the queue nothing is', () => {
  const { queue, told } = start();
  queue.saw(stanza('1', {}));
  queue.opened();
  queue.announced();
  expect(told()).toBe(1);
});

test('what Baileys hands nobody is waited for two seconds after the last that it did', async () => {
  const { queue, clock, told, handOver } = start();
  for (const id of ['1', '2', '3']) queue.saw(stanza(id));
  queue.opened();
  queue.announced();
  await clock.advance(1_500);
  handOver('1');
  await clock.advance(1_500);
  handOver('2');
  await clock.advance(1_900);
  expect(told()).toBe(0);
  await clock.advance(100);
  expect(told()).toBe(1);
});

test('a WhatsApp that never says that this was all is waited for half a minute; an ended socket says nothing', async () => {
  const one = start();
  one.queue.opened();
  await one.clock.advance(29_000);
  expect(one.told()).toBe(0);
  await one.clock.advance(60_000);
  expect(one.told()).toBe(1);
  const other = start();
  other.queue.opened();
  other.queue.stop();
  other.queue.announced();
  await other.clock.advance(60_000);
  expect(other.told()).toBe(0);
});
