/** Programs on this computer that serve models: found where they listen, and nowhere else. */
import { expect, onTestFinished, test } from 'vitest';
import { PRESETS } from '../../relay/agents/presets.ts';
import { LocalServers } from '../../relay/app/local-servers.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import { deps, patient } from '../agents/asking.ts';
import { type FakeHttp, json, type Script, startFakeHttp } from '../support/fake-http.ts';

const [ollama, studio, jan] = PRESETS;

async function serve(script: Script): Promise<FakeHttp> {
  const server = await startFakeHttp(script);
  onTestFinished(() => server.stop());
  return server;
}

function at(preset: Preset | undefined, url: string): Preset {
  if (!preset) throw new Error('there is no such preset');
  return { ...preset, settings: { baseUrl: `${url}/v1` } };
}

test('what answers is told with its models, what wants a key says so, and what is not there is left out', async () => {
  const here = await serve(({ path }) =>
    path === '/api/tags' ? json({ models: [{ name: 'llama3.2', size: 2e9 }] }) : { status: 404, body: '' },
  );
  const closed = await serve(() => ({ status: 401, body: '{"error":{"message":"Invalid API key"}}' }));
  const gone = await serve(() => 'hang');
  await gone.stop();
  const servers = new LocalServers(deps(), [at(ollama, here.url), at(studio, gone.url), at(jan, closed.url)]);
  expect(await servers.find(patient)).toEqual([
    {
      preset: 'ollama',
      settings: { baseUrl: `${here.url}/v1` },
      wantsKey: false,
      models: [{ id: 'llama3.2', bytes: 2e9, loaded: false }],
    },
    { preset: 'jan', settings: { baseUrl: `${closed.url}/v1` }, wantsKey: true, models: [] },
  ]);
  // Nobody's key goes along.
  for (const { headers } of [...here.requests, ...closed.requests]) expect(headers.authorization).toBeUndefined();
});

test('only loopback is looked at', () => {
  const places = PRESETS.filter(({ shelf }) => shelf === 'computer');
  expect(places.length).toBe(3);
  for (const { settings } of places) expect(String(settings.baseUrl)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
});
