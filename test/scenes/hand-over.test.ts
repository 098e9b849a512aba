/** A number changes hands between agents without a scan: the link stays as it is, at WhatsApp nothing happens. */
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

let whatsapp: WhatsApp;
let relay: RelayBench;
let ana: Person;
let caio: Person;

const answering = (answer: string) => ({ rules: [{ words: ['oi'], answer }], greeting: '', away: '' });

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  relay = await startRelayBench(whatsapp);
  await relay.client.ask('agents.edit', { settings: answering('da primeira') });
  await relay.client.ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: answering('da loja') });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
});

test('the other agent answers with the same number, and the one that gave it is off', async () => {
  await caio.write(ana, 'oi');
  await whatsapp.until(() => caio.received.length === 1, 'the first answers');
  const { user } = ana;
  const device = user.companions[0]?.id;
  expect(await relay.client.ask('hand-over', { agent: 'Recado', to: 'Loja' })).toMatchObject({
    from: { name: 'Recado' },
    to: { name: 'Loja' },
  });
  await expect
    .poll(async () => (await relay.status('Loja')).link)
    .toMatchObject({
      status: 'connected',
      account: { number: ana.number },
    });
  expect(await relay.status('Recado')).toMatchObject({ on: false, link: { status: 'offline', account: null } });
  // What comes while nobody has said whom the new one answers is answered by nobody.
  await relay.client.ask('switch', { agent: 'Loja', on: true, scope: 'everyone' });
  await caio.write(ana, 'oi');
  await whatsapp.until(() => caio.received.length === 2, 'the other answers');
  expect(caio.received.map(({ text }) => text.split('\n').at(-1))).toEqual(['da primeira', 'da loja']);
  expect(user.companions.map(({ id }) => id)).toEqual([device]);
});

test('it holds over a restart', async () => {
  await relay.client.ask('hand-over', { agent: 'Recado', to: 'Loja' });
  await relay.stop();
  relay = await startRelayBench(whatsapp, { home: relay.home });
  await expect.poll(async () => (await relay.status('Loja')).link.status).toBe('connected');
  expect((await relay.status('Recado')).link.account).toBeNull();
});

test.each([
  ['Loja', 'Recado', 'not-linked'],
  ['Recado', 'Recado', 'already-linked'],
  ['Recado', 'Nobody', 'no-such-agent'],
])('%s cannot give its number to %s: %s', async (agent, to, code) => {
  await expect(relay.client.ask('hand-over', { agent, to })).rejects.toMatchObject({ code });
  expect((await relay.status('Recado')).link.status).toBe('connected');
});
