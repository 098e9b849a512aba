/** The form of an agent: what the relay refuses is always said somewhere. */
import { expect, test } from 'vitest';
import { AgentFormModel } from '../../extension/options/agent-form-model.ts';
import type { Ask } from '../../extension/relay-connection/command-asking.ts';
import { describeAdapters } from '../../relay/agents/agent.ts';
import { PRESETS } from '../../relay/agents/presets.ts';
import type { Preset } from '../../shared/contract/preset.ts';

function webhookPreset(): Preset {
  const preset = PRESETS.find(({ id }) => id === 'webhook');
  if (!preset) throw new Error('there is no such preset');
  return preset;
}

const CHOICE: Readonly<Record<string, object>> = { presets: { presets: PRESETS }, 'agents.find': { found: [] } };

/** A relay that refuses to add an agent, for these settings. */
async function refusedFor(...fields: readonly string[]) {
  const problems = fields.map((field) => ({ field, problem: 'missing' }));
  const ask = async ({ name }: { readonly name: string }) =>
    CHOICE[name] !== undefined
      ? { ok: true, result: CHOICE[name] }
      : name === 'adapters'
        ? { ok: true, result: { adapters: describeAdapters() } }
        : { ok: false, fault: { code: 'bad-settings', problems } };
  const model = new AgentFormModel({ ask: ask as unknown as Ask, now: () => 0, pressOver: async () => undefined });
  await model.add();
  model.choose(webhookPreset(), 'Loja');
  model.changeValue('url', 'https://example.com');
  await model.save('oi');
  return model.form.value;
}

test('under the field where it has one', async () => {
  expect(await refusedFor('url')).toMatchObject({ wrong: { url: 'missing' }, outcome: null, phase: 'typing' });
});

test.each([['settings'], ['url', 'settings'], []])('beside the buttons where it has none: %j', async (...fields) => {
  expect(await refusedFor(...fields)).toMatchObject({ outcome: { type: 'refused' }, phase: 'typing' });
});

/** A relay whose agent says this when it is tried. */
async function tried(result: object | null) {
  const asked: string[] = [];
  const ask = async ({ name }: { readonly name: string }) => {
    asked.push(name);
    if (name === 'adapters') return { ok: true, result: { adapters: describeAdapters() } };
    if (CHOICE[name] !== undefined) return { ok: true, result: CHOICE[name] };
    if (name !== 'agents.try') return { ok: true, result: { id: 'agt_ONE', name: 'Loja' } };
    return result === null ? { ok: false, fault: { code: 'not-delivered' } } : { ok: true, result };
  };
  const model = new AgentFormModel({ ask: ask as unknown as Ask, now: () => 0, pressOver: async () => undefined });
  await model.add();
  model.choose(webhookPreset(), 'Loja');
  model.changeValue('url', 'https://example.com');
  await model.save('oi');
  return { model, asked };
}

test('what answers is saved after it has answered', async () => {
  const { model, asked } = await tried({ type: 'answer', texts: ['Olá!'], usage: null, shortened: null });
  expect(asked).toEqual(['adapters', 'presets', 'agents.find', 'agents.try', 'agents.add']);
  expect(model.form.value).toBeNull();
  expect(model.saved.value).toMatchObject({ name: 'Loja', isNew: true, texts: ['Olá!'] });
});

test.each([
  ['fails', { type: 'fault', fault: 'unreachable', detail: 'HTTP 500', usage: null }, 'failing'],
  ['could not be tried', null, 'untested'],
])('what %s is not saved, unless a person says so', async (_, result, type) => {
  const { model, asked } = await tried(result);
  expect(asked).toEqual(['adapters', 'presets', 'agents.find', 'agents.try']);
  expect(model.form.value).toMatchObject({
    outcome: { type },
    phase: 'typing',
    values: { webhook: { url: 'https://example.com' } },
  });
  await model.saveAnyway();
  expect(asked.at(-1)).toBe('agents.add');
  expect(model.form.value).toBeNull();
  expect(model.saved.value).toBeNull();
});
