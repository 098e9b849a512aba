/** The agents that people already have: each is filled in as far as it can be, and nothing is sent anywhere by that alone. */

import * as v from 'valibot';
import { expect, test } from 'vitest';
import { describeAdapters, problemsWith, withAnyModel } from '../../relay/agents/agent.ts';
import { PRESETS } from '../../relay/agents/presets.ts';
import { PresetSchema } from '../../shared/contract/preset.ts';

test.each(PRESETS.map((preset) => [preset.id, preset] as const))(
  '%s fills in what its back end takes, and nothing wrong',
  (_, preset) => {
    expect(v.parse(PresetSchema, preset)).toEqual(preset);
    const { adapter, settings, key } = preset;
    const fields = describeAdapters().find(({ name }) => name === adapter)?.fields ?? [];
    const filled = Object.keys(settings);
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(filled));
    const problems = problemsWith(withAnyModel({ adapter, settings }), key === 'none' ? null : 'sk-1');
    // What a person has to say is missing, and nothing else is wrong.
    expect(problems.filter(({ field, problem }) => problem !== 'missing' || filled.includes(field))).toEqual([]);
    const address = String(settings.baseUrl ?? 'https://own.example');
    expect(address.startsWith('https://') || preset.shelf === 'computer').toBe(true);
    if (preset.keyPage !== null) expect(key).toBe('required');
  },
);

test('no two have one id', () => {
  expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
});
