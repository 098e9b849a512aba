/** The owner's phone keeps ringing: no presence but `unavailable` leaves, whatever WhatsApp sends. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

const LIBRARY = path.join(import.meta.dirname, '..', '..', '..', 'node_modules', '@whiskeysockets', 'baileys', 'lib');

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

const types = () => whatsapp.recorded.presences.map(({ type }) => type);

/** Everything after which stock Baileys shows itself. */
async function busy(): Promise<void> {
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'what came with the link is read');
  whatsapp.keepMessagesFor(ana, 86_400);
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was told');
  await caio.write(ana, 'oi');
  await ana.write(caio, 'olá');
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'they were read');
}

test('stock Baileys shows itself without being asked, and the phone gets no push', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  await busy();
  await whatsapp.until(() => types().includes('name'), 'it has shown itself');
  await caio.write(ana, 'e agora?');
  expect(whatsapp.recorded.pushesWithheld.length).toBeGreaterThan(0);
});

test('the relay never does: at logins, on notices of the account, with a name that becomes known, between messages', async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await busy();
  whatsapp.cut(ana);
  await whatsapp.until(() => whatsapp.recorded.logins.length === 2, 'it came back');
  await busy();
  expect(new Set(types())).toEqual(new Set(['unavailable']));
  expect(whatsapp.recorded.pushesWithheld).toEqual([]);
});

test('every place in Baileys that sends a presence is known: an update that adds one is looked at', () => {
  const found = globSync('**/*.js', { cwd: LIBRARY }).flatMap((file) => {
    const source = readFileSync(path.join(LIBRARY, file), 'utf8');
    const sends = source.match(/tag: 'presence'|sendPresenceUpdate\(/g) ?? [];
    return sends.map((send) => `${file}: ${send}`);
  });
  expect(found.sort()).toEqual([
    // At the open connection: `unavailable`, as it is set up here.
    'Socket/chats.js: sendPresenceUpdate(',
    // What is sent on command, and what asks to be told of somebody: neither is used here but for typing, which is no presence.
    "Socket/chats.js: tag: 'presence'",
    "Socket/chats.js: tag: 'presence'",
    // The name that becomes known: what `keepQuiet` is for.
    "Socket/socket.js: tag: 'presence'",
  ]);
});
