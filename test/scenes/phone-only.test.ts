/** What only the owner's phone can show: nobody is asked about it, the owner sees that it was left, and the agent knows of it later. */
import { expect, test } from 'vitest';
import { image, viewOnce } from '../simulator/people/message-content.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';

test('a view-once picture is left to the owner with its reason, and the agent is told of it with the next question', async () => {
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  const model = await startFakeOpenAi();
  const relay = await startRelayBench(whatsapp, { settings: { gatherSeconds: 0 } });
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: model.baseUrl, model: 'small' },
  });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  const picture = viewOnce(image(whatsapp.media.keep('Image', Buffer.from('once'))));
  await caio.send(ana, picture, { unavailable: 'view_once' });
  const skips = async () => (await relay.client.ask<{ skips: { reason: string }[] }>('skips.list')).skips;
  await expect.poll(async () => (await skips()).map(({ reason }) => reason)).toEqual(['only-on-phone']);
  expect(model.chats).toEqual([]);
  await caio.write(ana, 'viu?');
  await whatsapp.until(() => caio.received.length === 1, 'the answer arrived');
  expect(JSON.stringify(model.chats)).toContain('[phone-only]');
  expect(await skips()).toHaveLength(1);
});
