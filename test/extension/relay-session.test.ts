/** A page's session with its relay, over the relay's real server: the switch waits for the truth, and a click is never swallowed. */
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import type { ConnectionState } from '../../extension/relay-connection/connection-state.ts';
import { pairOver } from '../../extension/relay-connection/pairing.ts';
import { RelayConnection } from '../../extension/relay-connection/relay-connection.ts';
import { RelaySession } from '../../extension/relay-connection/relay-session.ts';
import { systemClock } from '../../relay/clock.ts';
import { setScope } from '../../shared/contract/commands/link-commands.ts';
import { addAgent, removeAgent, status } from '../../shared/contract/commands/setup-commands.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type ServerBench, startServerBench } from '../support/server-bench.ts';
import { after, CHROME } from '../support/wire-client.ts';

function dial(url: string): WebSocket {
  return new NodeSocket(url, { origin: CHROME }) as unknown as WebSocket;
}

async function startSession() {
  const bench: ServerBench = await startServerBench();
  const clock = new ManualClock(0);
  const states: ConnectionState['type'][] = [];
  let connection: RelayConnection | null = null;
  const session = new RelaySession({
    connect: (changed) => {
      connection = new RelayConnection({
        origin: CHROME,
        dial,
        now: () => systemClock.now(),
        after: (ms, task) => {
          const timer = systemClock.after(ms, task);
          return () => timer.cancel();
        },
        changed,
      });
      return connection;
    },
    pair: (typed, port) => pairOver(typed, { port, origin: CHROME, name: 'Chrome', dial, after }),
    after: (ms, task) => {
      const timer = clock.after(ms, task);
      return () => timer.cancel();
    },
    changed: ({ type }) => states.push(type),
  });
  onTestFinished(() => connection?.stop());
  await session.pair(bench.codes.issue().text, bench.port);
  await expect.poll(() => session.state.value.type).toBe('ready');
  const agent = bench.relay.idOf('Sales');
  return { ...bench, session, states, clock, agent };
}

test('it pairs with what was typed, and says what was wrong with it', async () => {
  const { session, port } = await startSession();
  expect(session.pairing.value).toBeNull();
  expect(session.port.value).toBe(port);
  await session.pair('nonsense', port);
  expect(session.pairing.value).toBe('not-a-code');
});

test('the switch is under way until the relay has answered, and says how many answers were dropped', async () => {
  const { session, relay, agent } = await startSession();
  relay.droppedAnswers = 3;
  const done = session.switchTo(agent, false);
  expect(session.switching.value).toEqual({ agent, on: false, phase: 'asked' });
  await done;
  expect(session.switching.value).toBeNull();
  expect(session.dropped.value).toEqual({ agent, count: 3 });
  relay.droppedAnswers = 0;
  await session.switchTo(agent, true, { scope: 'everyone' });
  expect(session.dropped.value).toBeNull();
  expect(relay.acts.filter(([act]) => act === 'switchTo')).toEqual([
    ['switchTo', agent, false],
    ['switchTo', agent, true, 'everyone'],
  ]);
});

test('a switch that is not confirmed within three seconds is said not to be, until the relay speaks again', async () => {
  const { session, relay, clock, agent } = await startSession();
  relay.switchWaits = new Promise(() => undefined);
  const done = session.switchTo(agent, false);
  await expect.poll(() => relay.acted('switchTo')).toBe(1);
  await clock.advance(2_999);
  expect(session.switching.value?.phase).toBe('asked');
  await clock.advance(1);
  await done;
  expect(session.switching.value).toEqual({ agent, on: false, phase: 'failed' });
  relay.set('Sales', { name: 'Renamed' });
  relay.relayChanges.tell();
  await expect.poll(() => session.switching.value).toBeNull();
});

test('what the relay refuses is kept for the agent whose click it was, until something is done for it', async () => {
  const { session, agent } = await startSession();
  await session.switchTo(agent, true);
  expect(session.fault.value).toMatchObject({ agent, fault: { code: 'who-is-answered' } });
  expect(await session.act(setScope, { agent, scope: 'listed' })).toBe(true);
  expect(session.fault.value).toBeNull();
  expect(await session.act(removeAgent, { agent: 'agt_gone' })).toBe(false);
  expect(session.fault.value).toMatchObject({ agent: 'agt_gone', fault: { code: 'no-such-agent' } });
});

test('a request that the relay would close the connection for is not sent', async () => {
  const { session } = await startSession();
  const rules = 'x'.repeat(20_000);
  const reply = await session.ask(addAgent, { name: 'B', adapter: 'built-in', settings: { rules } });
  expect(reply).toEqual({ ok: false, fault: { code: 'too-long' } });
  expect(await session.ask(status, {})).toMatchObject({ ok: true });
});

test('a click that finds no connection is said to be lost', async () => {
  const { session, stop, agent } = await startSession();
  await stop();
  await expect.poll(() => session.state.value.type).not.toBe('ready');
  await session.switchTo(agent, false);
  expect(session.fault.value).toEqual({ agent, fault: { code: 'not-delivered' } });
});
