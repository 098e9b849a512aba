/** The documents say what the code does. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeAdapters } from '../../relay/agents/agent.ts';

test('docs/agents.md names every back end, each of its settings, and no other', () => {
  const page = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8');
  const documented = page
    .split('\n## ')
    .slice(1)
    .map((section) => ({
      name: /^`(.+)`/.exec(section)?.[1],
      fields: [...section.matchAll(/^\| `(\w+)` \| (yes)? ?\|/gm)].map(([, name, required]) => ({
        name,
        required: required === 'yes',
      })),
    }));
  expect(documented).toEqual(
    describeAdapters().map(({ name, fields }) => ({
      name,
      fields: fields.map(({ name: field, required }) => ({ name: field, required })),
    })),
  );
});
