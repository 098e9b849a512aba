/** What waited at WhatsApp: pulled to its end, and its end told once, when it is true, or when nothing more can be hoped for. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { expect, test } from 'vitest';
import { messageNameOf } from '../../../relay/whatsapp/socket/journal-entry.ts';
import { OfflineQueue } from '../../../relay/whatsapp/socket/offline-queue.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const stanza = (id: string, attrs: Record<string, string> = { offline: '0' }): BinaryNode => ({
  tag: 'message',
  attrs: { id, from: '77@lid', ...attrs },
});

const RECEIPT: BinaryNode = { tag: 'receipt', attrs: { id: '9', from: '77@lid', offline: '0' } };

function start() {
  const clock = new ManualClock(0);
  const told: string[] = [];
  const queue = new OfflineQueue({
    clock,
    ask: () => void told.push('ask'),
    left: (count) => void told.push(`left ${count}`),
    done: () => void told.push('done'),
    stuck: (whole) => void told.push(whole ? 'stuck at its end' : 'stuck'),
  });
  return { clock, queue, told, handOver: (id: string) => queue.handedOver([messageNameOf(stanza(id))]) };
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
    queue.arrived(stanza('1'));
    for (const [at, step] of order.entries()) {
      expect(told, `${order} ${at}`).toEqual([]);
      if (step === 'handOver') handOver('1');
      else queue[step]();
    }
    expect(told, `${order}`).toEqual(['done']);
  }
});

test('with nothing in the queue nothing is waited for', () => {
  const { queue, told } = start();
  queue.opened();
  queue.announced();
  expect(told).toEqual(['done']);
});

test('what Baileys hands nobody is waited for two seconds after the last that it did', async () => {
  const { queue, clock, told, handOver } = start();
  for (const id of ['1', '2', '3']) queue.arrived(stanza(id));
  queue.opened();
  queue.announced();
  await clock.advance(1_500);
  handOver('1');
  await clock.advance(1_500);
  handOver('2');
  await clock.advance(1_900);
  expect(told).toEqual([]);
  await clock.advance(100);
  expect(told).toEqual(['done']);
});

test('the first of each window has the next one asked for, a tenth of a second later, until the end is marked', async () => {
  const { queue, clock, told } = start();
  queue.opened();
  queue.previewed(250);
  expect(told.splice(0)).toEqual(['left 250']);
  for (const [window, left] of [
    [100, 150],
    [100, 50],
  ] as const) {
    for (let stanzas = 0; stanzas < window; stanzas++) queue.arrived(RECEIPT);
    expect(told).toEqual([]);
    await clock.advance(100);
    expect(told.splice(0)).toEqual([`left ${left}`, 'ask']);
  }
  for (let stanzas = 0; stanzas < 50; stanzas++) queue.arrived(RECEIPT);
  queue.announced();
  await clock.advance(60_000);
  expect(told).toEqual(['done']);
});

test('a window that does not come is asked for once more, and then the queue is stuck; nobody is told that it is done', async () => {
  const { queue, clock, told } = start();
  queue.opened();
  queue.previewed(250);
  queue.arrived(RECEIPT);
  await clock.advance(100);
  told.length = 0;
  await clock.advance(4_900);
  expect(told.splice(0)).toEqual(['left 249', 'ask']);
  await clock.advance(15_000);
  expect(told.splice(0)).toEqual(['stuck']);
  queue.announced();
  await clock.advance(60_000);
  expect(told).toEqual([]);
});

test('as long as something comes, a long queue is not stuck', async () => {
  const { queue, clock, told } = start();
  queue.opened();
  queue.previewed(1_000);
  for (let stanzas = 0; stanzas < 20; stanzas++) {
    queue.arrived(RECEIPT);
    await clock.advance(4_000);
  }
  expect(told).not.toContain('stuck');
  expect(told).not.toContain('done');
});

test('everything that was announced has come, and its end is not marked: asked once more, then told; it is not done', async () => {
  const { queue, clock, told } = start();
  queue.previewed(2);
  queue.opened();
  queue.arrived(RECEIPT);
  queue.arrived(RECEIPT);
  await clock.advance(4_000);
  told.length = 0;
  await clock.advance(1_000);
  expect(told.splice(0)).toEqual(['left 0', 'ask']);
  await clock.advance(15_000);
  expect(told).toEqual(['stuck at its end']);
});

test('a WhatsApp that says nothing of a queue is waited for half a minute; an ended socket says nothing', async () => {
  const one = start();
  one.queue.opened();
  await one.clock.advance(29_000);
  expect(one.told).toEqual([]);
  await one.clock.advance(60_000);
  expect(one.told).toEqual(['done']);
  const other = start();
  other.queue.opened();
  other.queue.stop();
  other.queue.announced();
  other.queue.previewed(3);
  other.queue.arrived(RECEIPT);
  await other.clock.advance(60_000);
  expect(other.told).toEqual([]);
});

test('a message that waits for its turn behind others of its sender is waited for: it came, and nobody has handled it yet', () => {
  const { queue, told, handOver } = start();
  queue.opened();
  for (const id of ['1', '2', '3']) queue.arrived(stanza(id));
  queue.announced();
  handOver('1');
  handOver('2');
  expect(told).toEqual([]);
  handOver('3');
  expect(told).toEqual(['done']);
});
