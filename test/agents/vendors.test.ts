/** Each preset against a server with its vendor's habits: the list, a chat, a stream, what it refuses and how long it wants to be left alone. */
import { afterEach, expect, test } from 'vitest';
import { createAgent } from '../../relay/agents/agent.ts';
import { PRESETS } from '../../relay/agents/presets.ts';
import type { Agent } from '../../relay/turn.ts';
import { suggestedModel, talkingModels } from '../../shared/rules/model-choice.ts';
import { type FakeHttp, type FakeReply, json, startFakeHttp } from '../support/fake-http.ts';
import { VENDORS, type Vendor } from '../support/fake-vendors.ts';
import { deps, patient, turn } from './asking.ts';

const KEY = 'sk-planted-0123456789';
let server: FakeHttp | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** The preset's agent, its address on a server of the vendor's habits that answers questions with `reply`. */
async function agentOf({ base, key, pages }: Vendor, reply: FakeReply = { status: 500 }): Promise<Agent> {
  server = await startFakeHttp(({ method, path, headers }) => {
    if (key === 'wanted' && headers.authorization !== `Bearer ${KEY}`) return json({ error: 'no key' }, 401);
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (method === 'GET') return page === undefined ? json({ detail: 'Not Found' }, 404) : json(page);
    return path === `${base}/chat/completions` ? reply : json({ detail: 'Not Found' }, 404);
  });
  const backEnd = {
    adapter: 'openai-compatible',
    settings: { baseUrl: `${server.url}${base}`, model: 'm' },
  } as const;
  return createAgent(backEnd, key === 'wanted' ? KEY : null, deps());
}

const SPEAKS = PRESETS.filter(({ adapter, settings }) => adapter === 'openai-compatible' && settings.baseUrl);
const vendorOf = (id: string): Vendor => {
  const vendor = VENDORS[id];
  if (!vendor) throw new Error(`nobody plays ${id}`);
  return vendor;
};

test('every preset with an address is played', () => {
  expect(new Set(SPEAKS.map(({ id }) => id))).toEqual(new Set(Object.keys(VENDORS)));
  for (const { id, settings } of SPEAKS)
    expect(new URL(String(settings.baseUrl)).pathname.replace(/\/$/, '')).toBe(vendorOf(id).base);
});

test.each(SPEAKS.map(({ id }) => id))('%s lists its models, and the likeliest is suggested', async (id) => {
  const vendor = vendorOf(id);
  const offered = await (await agentOf(vendor)).models?.(patient);
  const models = offered?.type === 'models' ? offered.models : [];
  expect(models).toHaveLength(vendor.listed);
  expect(suggestedModel(models)?.id).toBe(vendor.suggested);
  expect(talkingModels(models).every(({ id: name }) => !/embed|whisper|guard/.test(name))).toBe(true);
});

test.each(
  SPEAKS.flatMap(({ id }) =>
    vendorOf(id).chats.map((reply, at) => [id, at === 0 ? 'whole' : 'as a stream', reply] as const),
  ),
)('%s answers %s, with what it spent and without what it thought', async (id, _how, reply) => {
  const result = await (await agentOf(vendorOf(id), reply)).answer(turn('When?'), patient);
  expect(result).toEqual({ type: 'answer', texts: ['Nine.'], usage: { inputTokens: 12, outputTokens: 34 } });
});

test.each(
  SPEAKS.flatMap(({ id }) => vendorOf(id).refusals.map(([reply, fault, wait]) => [id, fault, reply, wait] as const)),
)('%s says %s', async (id, fault, reply, wait) => {
  const result = await (await agentOf(vendorOf(id), reply)).answer(turn('When?'), patient);
  expect(result).toMatchObject({ type: 'fault', fault, ...(wait === undefined ? {} : { retryAfterMs: wait }) });
});
