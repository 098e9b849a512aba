/**
 * A day with two agents, two numbers and three contacts, once for each back end: bursts, the owner's own words,
 * the switch, a cut line, a restart, and both ways to unlink. Every contact gets exactly one answer to each burst.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { BACK_ENDS, type BackEndBench } from '../support/back-ends.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

async function addAgent(relay: RelayBench, name: string, backEnd: BackEndBench): Promise<void> {
  const { adapter, settings, key } = backEnd;
  await relay.client.ask('agents.add', { name, adapter, settings, ...(key === null ? {} : { key }) });
}

async function writeBurst(from: Person, to: Person, texts: readonly string[]): Promise<void> {
  for (const text of texts) await from.write(to, text);
}

/** Waits for one more answer than before. */
async function answered(person: Person, count: number): Promise<void> {
  await whatsapp.until(() => person.received.length >= count, `answer ${count} arrived`);
}

/** Nothing is on its way that a broken line would have to repeat. */
async function confirmed(relay: RelayBench, agent: string): Promise<void> {
  await expect.poll(async () => (await relay.status(agent)).sending).toBe(0);
}

describe.each(Object.keys(BACK_ENDS) as (keyof typeof BACK_ENDS)[])('with %s', (adapter) => {
  test('two agents answer three contacts, each burst once, in order, and nobody else (S1, S4, S7, S10, S19–S22, S24–S26, S28, S29)', async () => {
    const backEnd = await BACK_ENDS[adapter]();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    const bia = whatsapp.account({ number: '5511999990002', name: 'Bia' });
    const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
    const davi = whatsapp.contact({ number: '5511988880002', name: 'Davi' });
    const eva = whatsapp.contact({ number: '5511988880003', name: 'Eva', addressing: 'pn' });
    const stranger = whatsapp.contact({ number: '5511988880004', name: 'Stranger' });

    let relay = await startRelayBench(whatsapp);
    await addAgent(relay, 'Vendas', backEnd);
    await addAgent(relay, 'Suporte', backEnd);
    await relay.link('Vendas', ana);
    await relay.link('Suporte', bia);
    expect(await relay.status('Vendas')).toMatchObject({
      on: false,
      link: { status: 'connected', account: { number: ana.number } },
    });
    await relay.client.ask('switch', { agent: 'Vendas', on: true, scope: 'everyone' });
    await relay.client.ask('switch', { agent: 'Suporte', on: true, scope: 'everyone' });

    // Bursts in several chats at once.
    await Promise.all([
      writeBurst(caio, ana, ['uma pergunta', 'mais uma pergunta', 'e esta pergunta']),
      writeBurst(davi, ana, ['pergunta do Davi', 'outra pergunta']),
      writeBurst(eva, bia, ['pergunta da Eva']),
    ]);
    await Promise.all([answered(caio, 1), answered(davi, 1), answered(eva, 1)]);

    // The owner answers by hand; the agent reads it with the next question.
    await ana.write(caio, 'aqui é a Ana em pessoa');
    await whatsapp.until(() => caio.received.length === 2, "the owner's words arrived");
    await expect.poll(async () => (await relay.status('Vendas')).now.heldChats).toBe(1);
    await relay.client.ask('chats.release', { agent: 'Vendas', chat: caio.number });
    await caio.write(ana, 'obrigado, outra pergunta');
    await answered(caio, 3);
    if (backEnd.told() !== null) expect(backEnd.told()).toContain('aqui é a Ana em pessoa');

    // Off is off, and on again answers only what comes then.
    await relay.client.ask('switch', { agent: 'Vendas', on: false });
    await davi.write(ana, 'pergunta ao vento');
    await expect.poll(async () => (await relay.status('Vendas')).ignoredWhileOff).toBe(1);
    expect((await relay.status('Vendas')).link.status).toBe('connected');
    await relay.client.ask('switch', { agent: 'Vendas', on: true });
    await davi.write(ana, 'nova pergunta');
    await answered(davi, 2);

    // A cut: what was written meanwhile is answered once the connection is back.
    await confirmed(relay, 'Vendas');
    whatsapp.cut(ana);
    await writeBurst(caio, ana, ['pergunta durante o corte', 'ainda uma pergunta']);
    await answered(caio, 4);

    // A restart: the same.
    await confirmed(relay, 'Vendas');
    await relay.stop();
    await eva.write(bia, 'pergunta à noite');
    relay = await startRelayBench(whatsapp, { home: relay.home });
    await answered(eva, 2);

    // Unlinked on the phone, and here.
    await confirmed(relay, 'Suporte');
    ana.unlink();
    await expect
      .poll(async () => (await relay.status('Vendas')).link)
      .toMatchObject({ status: 'offline', cause: 'unlinked-on-phone' });
    await relay.client.ask('unlink', { agent: 'Suporte' });
    expect((await relay.status('Suporte')).link).toMatchObject({ status: 'offline', cause: 'unlinked-here' });
    expect([...ana.companions(), ...bia.companions()]).toEqual([]);
    await caio.write(ana, 'alguém? uma pergunta');
    await relay.stop();

    // One answer to each burst, each once, none undecryptable, and nothing for anyone who did not write.
    expect(caio.received.map(({ from }) => from)).toEqual(Array(4).fill(ana.number));
    expect(davi.received.map(({ from }) => from)).toEqual(Array(2).fill(ana.number));
    expect(eva.received.map(({ from }) => from)).toEqual(Array(2).fill(bia.number));
    const answers = [caio, davi, eva].flatMap(({ received }) => received.filter(({ fromDevice }) => fromDevice > 0));
    expect(answers).toHaveLength(7);
    for (const { text, copies } of answers) {
      expect(text).toContain('resposta');
      expect(copies).toBe(1);
    }
    for (const person of [caio, davi, eva]) {
      const numbers = person.received
        .map(({ text }) => Number(/resposta (\d+)/.exec(text)?.[1]))
        .filter((each) => each > 0);
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    }
    expect(stranger.received).toEqual([]);
    expect([...caio.undecryptable, ...davi.undecryptable, ...eva.undecryptable]).toEqual([]);
    if (backEnd.told() !== null) {
      expect(backEnd.told()).not.toContain('pergunta ao vento');
      expect(backEnd.told()).not.toContain('alguém?');
    }
    await backEnd.stop();
  });
});
