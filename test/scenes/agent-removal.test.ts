/** An agent that goes while others look, and what is said where a name is taken or a disk fails. */
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { keep } from '../support/ledger-entries.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { AGENT, withAgent } from '../support/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const MESSAGES = 6_000;

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

test('while the texts of a removed agent are erased, the status of all is still told', async () => {
  const home = path.join(temporaryDirectory(), 'home');
  const store = await openStore(home, { random: systemRandom });
  await withAgent(store);
  await withAgent(store, 'agt_TWO' as typeof AGENT);
  for (let at = 0; at < MESSAGES; at += 500)
    await store.messages.receive(
      AGENT,
      Array.from({ length: 500 }, (_value, index) => keep(`${at + index}`)),
      1_000,
    );
  await store.close();
  const relay = await startRelayBench(whatsapp, { home });
  let removed = false;
  const removing = relay.client.ask('agents.remove', { agent: AGENT }).then(() => {
    removed = true;
  });
  let looks = 0;
  while (!removed) {
    const { agents } = await relay.client.ask<{ agents: { name: string }[] }>('status');
    expect(agents.map(({ name }) => name)).toContain('agt_TWO');
    looks += 1;
  }
  await removing;
  expect(looks).toBeGreaterThan(5);
  expect(await relay.client.ask('status')).toMatchObject({ agents: [{ name: 'agt_TWO' }] });
  await expect(relay.client.ask('agents.remove', { agent: AGENT })).rejects.toMatchObject({ code: 'no-such-agent' });
});

test('a name that is taken is told as that, in whatever letters it is written', async () => {
  const relay = await startRelayBench(whatsapp);
  const add = relay.client.ask('agents.add', { name: 'RECADO', adapter: 'built-in', settings: {} });
  await expect(add).rejects.toMatchObject({ code: 'name-taken' });
});
