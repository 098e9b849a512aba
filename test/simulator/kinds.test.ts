/** Everything beside plain texts, against stock Baileys. */
import { type BinaryNode, downloadMediaMessage } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { routeMedia } from '../support/media-route.ts';
import { linkStock, type StockClient, stockClient } from '../support/stock-baileys.ts';
import * as content from './people/message-content.ts';
import type { Person } from './people/person.ts';
import { postInChannel, postOldStatus, postStatus, writeBroadcast } from './people/public-senders.ts';
import type { WhatsApp } from './whatsapp.ts';

let whatsapp: WhatsApp;
let client: StockClient;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  client = stockClient(whatsapp);
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

afterEach(async () => {
  client.end();
});

async function arrived(id: string) {
  await whatsapp.until(
    () => client.messages.some(({ key, message }) => key.id === id && message),
    'the message arrived',
  );
  const found = client.messages.find(({ key, message }) => key.id === id && message);
  if (!found) throw new Error('the message is gone');
  return found;
}

test('an image is decrypted from the media host', async () => {
  routeMedia(whatsapp);
  await linkStock(whatsapp, client, ana);
  const picture = Buffer.from('not really a picture');
  const { id } = await caio.send(ana, content.image(whatsapp.media.keep('Image', picture), 'olha'));
  const message = await arrived(id);
  expect(message.message?.imageMessage?.caption).toBe('olha');
  expect(await downloadMediaMessage(message, 'buffer', {})).toEqual(picture);
});

test('every kind of content arrives as what it is', async () => {
  await linkStock(whatsapp, client, ana);
  const file = (kind: 'Video' | 'Audio' | 'Document' | 'Image') => whatsapp.media.keep(kind, Buffer.from('content'));
  const first = { ...(await caio.write(ana, 'primeiro')), by: caio, to: ana };
  const kinds: [string, Parameters<Person['send']>[1], string?][] = [
    ['videoMessage', content.video(file('Video'))],
    ['audioMessage', content.voiceNote(file('Audio'))],
    ['audioMessage', content.audioFile(file('Audio'))],
    ['documentMessage', content.documentFile(file('Document'), 'a.pdf')],
    ['stickerMessage', content.sticker(file('Image'))],
    ['locationMessage', content.location('Praça')],
    ['contactMessage', content.contactCard('Davi')],
    ['pollCreationMessageV3', content.poll('Quando?', ['hoje', 'amanhã'])],
    ['reactionMessage', content.reaction(caio, first, '👍')],
    ['protocolMessage', content.edit(first, 'segundo'), '1'],
    ['protocolMessage', content.deletion(first), '7'],
    ['protocolMessage', content.disappearing(86_400)],
    ['ephemeralMessage', content.ephemeral({ conversation: 'some' })],
    ['viewOnceMessageV2', content.viewOnce(content.image(file('Image')))],
  ];
  for (const [kind, message, edit] of kinds) {
    const { id } = await caio.send(ana, message, edit ? { edit } : {});
    expect(Object.keys((await arrived(id)).message ?? {})).toContain(kind);
  }
});

test('contacts come as app-state patches, and go again', async () => {
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  const contacts: unknown[] = [];
  await linkStock(whatsapp, client, ana);
  client.socket.ev.on('contacts.upsert', (found) => contacts.push(...found));
  const has = (name: string): boolean => contacts.some((each) => JSON.stringify(each).includes(name));
  await whatsapp.until(() => has('Caio da Silva'), 'the contact arrived');
  const davi = whatsapp.contact({ number: '5511988880002', name: 'Davi' });
  whatsapp.saveContact(ana, davi, 'Davi Dois');
  await whatsapp.until(() => has('Davi Dois'), 'the second contact arrived');
  contacts.length = 0;
  whatsapp.saveContact(ana, davi, null);
  await whatsapp.until(() => contacts.length > 0, 'the removal arrived');
  expect(has('Davi')).toBe(false);
});

test('history tells chats, names and which LID is which number', async () => {
  whatsapp.remember(ana, [{ person: caio, texts: ['antes', 'ontem'] }]);
  const texts: string[] = [];
  await linkStock(whatsapp, client, ana);
  client.socket.ev.on('messaging-history.set', ({ messages }) => {
    texts.push(...messages.map(({ message }) => message?.conversation ?? ''));
  });
  await whatsapp.until(() => texts.length === 2, 'the history arrived');
  expect(texts).toEqual(['antes', 'ontem']);
  const { lidMapping } = client.socket.signalRepository;
  await expect.poll(() => lidMapping.getLIDForPN(`${caio.number}@s.whatsapp.net`)).toContain(caio.user.lid);
});

test('statuses, broadcast lists and channels reach a companion', async () => {
  await linkStock(whatsapp, client, ana);
  const ids = [
    await postOldStatus(caio, ana, 'status'),
    await writeBroadcast(caio, ana, 'oferta'),
    postInChannel(ana, 'notícia'),
  ];
  for (const { id } of ids) await arrived(id);
});

test('a status comes as a stanza of its own, and waits for an acknowledgement', async () => {
  await linkStock(whatsapp, client, ana);
  const statuses: BinaryNode[] = [];
  client.socket.ws.on('CB:status', (stanza: BinaryNode) => statuses.push(stanza));
  const { id } = await postStatus(caio, ana, 'status');
  await whatsapp.until(() => statuses.length === 1, 'the status arrived');
  expect(statuses[0]?.attrs).toMatchObject({ id, from: 'status@broadcast', participant: caio.phone.address('pn') });
  const [device] = ana.user.companions;
  await whatsapp.until(() => device?.unconfirmed === 1, 'it alone waits');
  if (statuses[0]) await client.socket.sendMessageAck(statuses[0]);
  await whatsapp.until(() => device?.unconfirmed === 0, 'it was acknowledged');
});

test('an account that needs a passkey is not linked, and the companion is asked', async () => {
  ana.needsPasskey = true;
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'a code was shown');
  let asked = false;
  client.socket.ws.on('CB:notification,type:passkey_prologue_request', () => {
    asked = true;
  });
  const scanned = expect(ana.scan(client.codes[0] ?? '')).rejects.toThrow('went away');
  await whatsapp.until(() => asked, 'the companion was asked');
  client.end();
  await scanned;
  expect(ana.companions()).toEqual([]);
});
