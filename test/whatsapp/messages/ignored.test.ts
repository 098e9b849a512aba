/** What is no message to answer, from senders who are no partners: none of it reaches the inbox. */
import { beforeEach, expect, test } from 'vitest';
import * as content from '../../simulator/people/message-content.ts';
import { postInChannel, postStatus, writeBroadcast } from '../../simulator/people/public-senders.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

test('statuses, broadcasts, channels, groups, reactions, edits, deletions and notices are ignored; texts and honest placeholders are not (S4)', async () => {
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  whatsapp.remember(ana, [{ person: caio, texts: ['antes'] }]);
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  const first = { ...(await caio.write(ana, 'um')), by: caio, to: ana };
  await postStatus(caio, ana, 'status');
  await writeBroadcast(caio, ana, 'oferta');
  postInChannel(ana, 'notícia');
  await whatsapp.group('Família', [ana, caio]).write(caio, content.plainText('no grupo'));
  await caio.send(ana, content.reaction(caio, first, '👍'));
  await caio.send(ana, content.edit(first, 'dois'), { edit: '1' });
  await caio.send(ana, content.deletion(first), { edit: '7' });
  await caio.send(ana, content.disappearing(86_400));
  await caio.send(ana, content.voiceNote(whatsapp.media.keep('Audio', Buffer.from('voice'))));
  await caio.send(ana, content.ephemeral(content.image(whatsapp.media.keep('Image', Buffer.from('picture')), 'olha')));
  await caio.write(ana, 'fim');
  await whatsapp.until(() => bench.taken.some(({ text }) => text === 'fim'), 'the last message arrived');
  expect(bench.taken.map(({ kind, text }) => [kind, text])).toEqual([
    ['text', 'um'],
    ['voice', null],
    ['image', 'olha'],
    ['text', 'fim'],
  ]);
  expect(whatsapp.media.downloads).toEqual([]);
});

test('several devices of one number: another program of the owner sees and sends, and is the owner here (S20, S21)', async () => {
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: '5511988880001' });
  const bench = await startBench(whatsapp);
  const other = await startBench(whatsapp, { agentId: 'agt_OTHER' });
  await linkTo(whatsapp, bench, ana);
  await linkTo(whatsapp, other, ana);
  expect(ana.companions()).toHaveLength(2);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1 && other.taken.length === 1, 'both received it');
  const chatId = other.taken[0]?.chatId;
  if (!chatId) throw new Error('no chat');
  await other.session.outgoing.send(
    { chatId, messageId: '3EB0BBBBBBBBBBBBBBBBBB', text: 'sou eu' },
    { signal: new AbortController().signal },
  );
  await whatsapp.until(() => bench.taken.length === 2, "the owner's word arrived");
  expect(bench.taken[1]).toMatchObject({ author: 'owner', text: 'sou eu', chatId });
});
