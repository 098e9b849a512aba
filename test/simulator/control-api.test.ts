/** The simulator as its own process, driven as a script would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { type Simulated, startRelayProcess } from '../support/relay-process.ts';

type Running = { readonly url: string; readonly rootKey: string; readonly controlUrl: string };

async function startSimulator(): Promise<Running & { stop(): Promise<number | null> }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk]: Buffer[] = await once(child.stdout, 'data');
  const running: Running = JSON.parse(String(chunk));
  return {
    ...running,
    stop: async () => {
      child.kill('SIGTERM');
      const [code]: (number | null)[] = await once(child, 'exit');
      return code ?? null;
    },
  };
}

test('a script can link a relay, write, read the answer, and see that nothing was unknown', async () => {
  const simulator = await startSimulator();
  const ask = async (route: string, body?: object): Promise<unknown> => {
    const response = await fetch(
      `${simulator.controlUrl}${route}`,
      body ? { method: 'POST', body: JSON.stringify(body) } : {},
    );
    return response.json();
  };
  await ask('/people', { number: '5511999990001', name: 'Ana' });
  await ask('/people', { number: '5511988880001', name: 'Caio' });
  const simulated: Simulated = {
    url: simulator.url,
    rootKey: Buffer.from(simulator.rootKey, 'hex'),
    until: async (condition: () => boolean) => expect.poll(condition, { timeout: 10_000 }).toBe(true),
  };
  const relay = await startRelayProcess(simulated);
  const link = relay.begin('link', '--json');
  await expect.poll(() => link.lines.find(({ event }) => event === 'qr'), { timeout: 10_000 }).toBeDefined();
  const code = link.lines.find(({ event }) => event === 'qr')?.text;
  expect(await ask('/people/5511999990001/scan', { code })).toEqual({ deviceId: 1 });
  expect((await link.ended()).code).toBe(0);
  await relay.recado('on', '--answer', 'everyone');
  await ask('/people/5511988880001/write', { to: '5511999990001', text: 'obrigado' });
  await expect
    .poll(() => ask('/people/5511988880001/received'), { timeout: 10_000 })
    .toMatchObject([{ from: '5511999990001', copies: 1 }]);
  for (const kind of ['image', 'voice', 'poll', 'disappearing']) {
    expect(await ask('/people/5511988880001/send', { to: '5511999990001', kind, text: 'legenda' })).toHaveProperty(
      'id',
    );
  }
  const { id } = v.parse(
    v.object({ id: v.string() }),
    await ask('/people/5511988880001/write', { to: '5511999990001', text: 'bom dia' }),
  );
  await ask('/people/5511988880001/send', { to: '5511999990001', kind: 'edit', of: id, text: 'boa noite' });
  await ask('/people/5511999990001/send', {
    to: '5511988880001',
    kind: 'reaction',
    of: id,
    by: '5511988880001',
    text: '👍',
  });
  await expect
    .poll(() => ask('/people/5511988880001/received'), { timeout: 10_000 })
    .toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'reactionMessage', fromDevice: 0 })]));
  const { address } = v.parse(
    v.object({ address: v.string() }),
    await ask('/groups', { subject: 'Família', members: ['5511999990001', '5511988880001'] }),
  );
  await ask(`/groups/${address}/write`, { from: '5511999990001', text: 'oi @Caio', mentions: ['5511988880001'] });
  await expect
    .poll(() => ask('/people/5511988880001/received'), { timeout: 10_000 })
    .toEqual(expect.arrayContaining([expect.objectContaining({ chat: address, text: 'oi @Caio' })]));
  await ask('/people/5511999990001/redeliver', {});
  expect(await ask('/people/5511988880001/send', { to: '5511999990001', kind: 'telegram' })).toHaveProperty('error');
  expect(await ask('/unknown-queries')).toEqual([]);
  expect(await ask('/people/5511900000000/received')).toEqual({
    error: 'nobody has this number: POST /people makes someone',
  });
  const page = await fetch(`${simulator.controlUrl}/people`, { headers: { origin: 'https://evil.example' } });
  expect(page.status).toBe(400);
  expect(await simulator.stop()).toBe(0);
});
