/** A chat whose messages disappear: answers carry its timer, follow it when it changes, and keep it when they are sent again. */
import { beforeEach, expect, test } from 'vitest';
import { disappearing, disappearingText } from '../simulator/people/message-content.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

const DAY_S = 86_400;
const WEEK_S = 7 * DAY_S;

let whatsapp: WhatsApp;
let relay: RelayBench;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  relay = await startRelayBench(whatsapp, { settings: { gatherSeconds: 0 } });
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await relay.link('Recado', ana);
  await relay.client.ask('agents.edit', {
    settings: {
      away: '',
      greeting: '',
      rules: ['oi', 'bom', 'dia'].map((word) => ({ words: [word], answer: `olá, ${word}` })),
    },
  });
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
});

async function answered(count: number): Promise<readonly number[]> {
  await whatsapp.until(() => caio.received.length === count, 'the answer arrived');
  return caio.received.map(({ disappearsAfter }) => disappearsAfter);
}

test('an answer disappears when the chat does, and stays where it stays', async () => {
  await caio.send(ana, disappearingText('oi', WEEK_S));
  expect(await answered(1)).toEqual([WEEK_S]);
  await caio.send(ana, disappearingText('bom', DAY_S));
  expect(await answered(2)).toEqual([WEEK_S, DAY_S]);
  await caio.send(ana, disappearing(0));
  await caio.write(ana, 'dia');
  expect(await answered(3)).toEqual([WEEK_S, DAY_S, 0]);
});

test('a timer that changes after the question is followed by its answer', async () => {
  whatsapp.faults.ignoreQueries('usync');
  await caio.send(ana, disappearingText('oi', WEEK_S));
  await expect.poll(async () => (await relay.status('Recado')).sending).toBe(1);
  await caio.send(ana, disappearing(DAY_S));
  whatsapp.cut(ana);
  await whatsapp.until(() => ana.companions()[0]?.online === false, 'the connection broke');
  whatsapp.faults.clear();
  expect(await answered(1)).toEqual([DAY_S]);
});

test('an answer that a phone asks for once more carries the timer too', async () => {
  await caio.send(ana, disappearingText('oi', WEEK_S));
  await answered(1);
  caio.asksAgain = true;
  await caio.send(ana, disappearingText('bom', WEEK_S));
  expect(await answered(2)).toEqual([WEEK_S, WEEK_S]);
});
