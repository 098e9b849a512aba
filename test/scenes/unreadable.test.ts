/** Messages that this device cannot read: the owner's hold their chat by their envelopes, the contacts' are told of, and answered should they come. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../shared/contract/chat.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

let whatsapp: WhatsApp;
let relay: RelayBench;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  relay = await startRelayBench(whatsapp, { settings: { gatherSeconds: 1 } });
  await relay.link('Recado', ana);
  const settings = { away: '', greeting: '', rules: [{ words: ['bolo'], answer: 'R$ 30' }] };
  await relay.client.ask('agents.edit', { settings });
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
});
afterEach(() => relay.stop());

const outcomes = async (): Promise<readonly Outcome[]> => {
  const page = await relay.client.ask<{ outcomes: { outcome: Outcome }[] }>('outcomes.list');
  return page.outcomes.map(({ outcome }) => outcome);
};
const held = async () => (await relay.status('Recado')).now.heldChats;
const answers = () => caio.received.filter(({ text }) => text?.includes('R$ 30'));

/** Until something that was asked would have been answered. */
async function answerOf(other: Person): Promise<void> {
  await other.write(ana, 'quanto custa o bolo?');
  await whatsapp.until(() => other.received.length > 0, 'somebody else is answered');
}

describe('the owner’s message that cannot be read', () => {
  test('holds its chat at once, and should it never be readable', async () => {
    await caio.write(ana, 'quanto custa o bolo?');
    ana.offline();
    await ana.write(caio, 'R$ 45', { unreadable: true });
    const other = whatsapp.contact({ number: '5511988880002', name: 'Davi' });
    await answerOf(other);
    expect(await held()).toBe(1);
    expect(answers()).toEqual([]);
    expect((await outcomes()).toSorted()).toEqual(['answered', 'owner-wrote']);
  });

  test('is read once its phone sends it again, and holds the chat as before', async () => {
    ana.offline();
    await ana.write(caio, 'R$ 45', { unreadable: true });
    await caio.write(ana, 'e o bolo?');
    const other = whatsapp.contact({ number: '5511988880002', name: 'Davi' });
    await answerOf(other);
    ana.online();
    await expect.poll(() => exported()).toContain('R$ 45');
    expect(await exported()).not.toContain('"unreadable"');
    expect(await held()).toBe(1);
    expect(answers()).toEqual([]);
  });

  test('holds nothing where it turns out to be a reaction', async () => {
    const { id } = await caio.write(ana, 'quanto custa o bolo?');
    const key = { remoteJid: caio.phone.address('lid'), fromMe: false, id };
    await ana.send(caio, { reactionMessage: { key, text: '👍', senderTimestampMs: 1 } });
    await whatsapp.until(() => answers().length === 1, 'the contact is answered');
    expect(await held()).toBe(0);
  });

  test('holds nothing where it was no more than a reaction that could not be read', async () => {
    const { id } = await caio.write(ana, 'quanto custa o bolo?');
    ana.offline();
    const key = { remoteJid: caio.phone.address('lid'), fromMe: false, id };
    await ana.send(caio, { reactionMessage: { key, text: '👍', senderTimestampMs: 1 } }, { unreadable: true });
    await expect.poll(held).toBe(1);
    await expect.poll(outcomes).toEqual(['owner-wrote']);
    ana.online();
    await whatsapp.until(() => answers().length === 1, 'the contact is answered');
    expect(await outcomes()).toEqual(['answered']);
  });
});

describe('a contact’s message that cannot be read', () => {
  test('is told of, and answered once it can be', async () => {
    caio.offline();
    await caio.write(ana, 'quanto custa o bolo?', { unreadable: true });
    await expect.poll(outcomes).toEqual(['unreadable']);
    const skips = await relay.client.ask<{ skips: { reason: string; messages: number }[] }>('skips.list');
    expect(skips.skips).toMatchObject([{ reason: 'unreadable', messages: 1 }]);
    expect((await relay.status('Recado')).today.messages).toBe(1);
    caio.online();
    await whatsapp.until(() => answers().length === 1, 'the contact is answered');
    await expect.poll(outcomes).toEqual(['answered']);
    expect((await relay.status('Recado')).today.messages).toBe(1);
  });

  test('leaves no sign where it was none', async () => {
    caio.offline();
    const key = { remoteJid: ana.phone.address('lid'), fromMe: true, id: '3A00' };
    await caio.send(ana, { reactionMessage: { key, text: '👍', senderTimestampMs: 1 } }, { unreadable: true });
    await expect.poll(outcomes).toEqual(['unreadable']);
    caio.online();
    await expect.poll(outcomes).toEqual([]);
    expect((await relay.status('Recado')).today.messages).toBe(0);
  });
});

async function exported(): Promise<string> {
  const { path } = await relay.client.ask<{ path: string }>('export');
  return readFileSync(path, 'utf8');
}
