/** The form of an agent: what the relay refuses is always said somewhere. */
import { expect, test } from 'vitest';
import { AgentFormModel } from '../../extension/options/agent-form-model.ts';
import type { Ask } from '../../extension/relay-connection/command-asking.ts';
import { describeAdapters } from '../../relay/agents/agent.ts';

/** A relay that refuses to add an agent, for these settings. */
async function refusedFor(...fields: readonly string[]) {
  const problems = fields.map((field) => ({ field, problem: 'missing' }));
  const ask = async ({ name }: { readonly name: string }) =>
    name === 'adapters'
      ? { ok: true, result: { adapters: describeAdapters() } }
      : { ok: false, fault: { code: 'bad-settings', problems } };
  const model = new AgentFormModel({ ask: ask as unknown as Ask, now: () => 0 });
  await model.add();
  model.change({ adapter: 'webhook', name: 'Loja' });
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
