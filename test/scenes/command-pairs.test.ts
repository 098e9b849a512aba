/** Two commands at once: what they leave is what one after the other would have left, and what each was told is true of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LinkReport } from '../../shared/contract/status.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';

/** So many pairs, each on a relay of its own. */
const PAIRS = Number(process.env.COMMAND_PAIRS ?? 12);
const NAMES = ['Recado', 'Loja', 'Aulas'] as const;
type Name = (typeof NAMES)[number];
type Agents = Readonly<Partial<Record<string, { readonly linked: boolean; readonly on: boolean }>>>;
/** What a command makes of the agents; a text is why it does nothing. */
type Step = { readonly command: string; readonly params: object; readonly apply: (agents: Agents) => Agents | string };

const name = fc.constantFrom(...NAMES);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, name).map(([from, to]) => handOver(from, to)),
  name.map(unlink),
  name.map(remove),
  fc.tuple(name, fc.boolean()).map(([agent, on]) => flip(agent, on)),
  fc.constant<Step>({
    command: 'forget',
    params: { all: true },
    apply: () => ({ Recado: { linked: false, on: false } }),
  }),
  fc.constant<Step>({
    command: 'agents.add',
    params: { name: 'Quarto', adapter: 'built-in', settings: {} },
    apply: (agents) => (agents.Quarto ? 'name-taken' : { ...agents, Quarto: { linked: false, on: false } }),
  }),
  name.map<Step>((agent) => ({
    command: 'agents.edit',
    params: { agent, settings: { greeting: '' } },
    apply: (agents) => (agents[agent] ? agents : 'no-such-agent'),
  })),
);

function handOver(from: Name, to: Name): Step {
  return {
    command: 'hand-over',
    params: { agent: from, to },
    apply: (agents) => {
      const [giving, taking] = [agents[from], agents[to]];
      if (!giving || !taking) return 'no-such-agent';
      if (!giving.linked) return 'not-linked';
      if (taking.linked) return 'already-linked';
      return { ...agents, [from]: { linked: false, on: false }, [to]: { ...taking, linked: true } };
    },
  };
}

function unlink(agent: Name): Step {
  return {
    command: 'unlink',
    params: { agent },
    apply: (agents) => {
      if (!agents[agent]) return 'no-such-agent';
      return agents[agent].linked ? { ...agents, [agent]: { linked: false, on: false } } : 'not-linked';
    },
  };
}

function remove(agent: Name): Step {
  return {
    command: 'agents.remove',
    params: { agent },
    apply: (agents) => {
      if (!agents[agent]) return 'no-such-agent';
      const { [agent]: _gone, ...rest } = agents;
      return Object.keys(rest).length === 0 ? 'last-agent' : rest;
    },
  };
}

function flip(agent: Name, on: boolean): Step {
  return {
    command: 'switch',
    params: { agent, on, ...(on ? { scope: 'everyone' } : {}) },
    apply: (agents) => (agents[agent] ? { ...agents, [agent]: { ...agents[agent], on } } : 'no-such-agent'),
  };
}

type Told = 'done' | 'refused';
type End = { readonly agents: Agents; readonly told: readonly Told[] };

function inOrder(before: Agents, order: readonly { readonly step: Step; readonly at: number }[]): End {
  const told: Told[] = [];
  let agents = before;
  for (const { step, at } of order) {
    const after = step.apply(agents);
    told[at] = typeof after === 'string' ? 'refused' : 'done';
    if (typeof after !== 'string') agents = after;
  }
  return { agents, told };
}

test('over random pairs', { timeout: 60_000 + PAIRS * 10_000 }, async () => {
  const whatsapp = await loopbackWhatsApp();
  let accounts = 0;
  await fc.assert(
    fc.asyncProperty(aStep, aStep, async (one, other) => {
      accounts += 1;
      const digits = String(accounts).padStart(4, '0');
      const ana = whatsapp.account({ number: `551199999${digits}`, name: 'Ana' });
      const caio = whatsapp.contact({ number: `551198888${digits}`, name: 'Caio' });
      const relay = await startRelayBench(whatsapp);
      const { client } = relay;
      for (const each of NAMES.slice(1))
        await client.ask('agents.add', { name: each, adapter: 'built-in', settings: {} });
      await relay.link('Recado', ana);
      await client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
      const before: Agents = {
        Recado: { linked: true, on: true },
        Loja: { linked: false, on: false },
        Aulas: { linked: false, on: false },
      };
      const told = await Promise.all(
        [one, other].map((step) =>
          client.ask(step.command, step.params).then(
            (): Told => 'done',
            (): Told => 'refused',
          ),
        ),
      );
      type Status = { agents: { name: string; on: boolean; link: LinkReport }[] };
      const listed = async (): Promise<Agents> => {
        const { agents } = await client.ask<Status>('status');
        return Object.fromEntries(
          agents.map(({ name: each, on, link }) => [each, { linked: link.account !== null, on }]),
        );
      };
      const steps = [one, other].map((step, at) => ({ step, at }));
      const ends = [inOrder(before, steps), inOrder(before, steps.toReversed())];
      // Whoever was meant may be erased before the command comes to it, and another one has the name.
      for (const { step, at } of steps)
        if (step.command === 'forget')
          ends.push({
            agents: inOrder(before, [{ step, at }]).agents,
            told: at === 0 ? ['done', 'refused'] : ['refused', 'done'],
          });
      const found: End = { agents: await listed(), told };
      expect(ends, JSON.stringify([one, other])).toContainEqual(found);
      // The device is there where an agent has the number, and nowhere else.
      const holder = Object.entries(found.agents).find(([, agent]) => agent?.linked);
      await whatsapp.until(() => ana.companions().length === (holder ? 1 : 0), 'the device is there, or gone');
      if (holder?.[1]?.on) {
        // What is fetched later and is of the second of a switch counts as sent before it.
        const second = Math.floor(Date.now() / 1000);
        await whatsapp.until(() => Date.now() / 1000 >= second + 1, 'the second is over');
        await caio.write(ana, 'obrigado');
        await whatsapp.until(() => caio.received.length > 0, 'who is connected and on answers');
      }
      await relay.stop();
    }),
    { numRuns: PAIRS, endOnFailure: true },
  );
});
