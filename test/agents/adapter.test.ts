/** What a back end says of its settings, and what is judged by that alone: with one that was made up. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type Adapter, addressesIn, defineAdapter } from '../../relay/agents/adapter.ts';
import { describeAdapters } from '../../relay/agents/agent.ts';
import { allowPrivateHttp, sentencesOr, textOr, urlText } from '../../relay/agents/setting-schemas.ts';
import type { Agent } from '../../relay/turn.ts';

const nobody = {} as Agent;
const key = { required: false, meaning: 'a key' };
const madeUp = {
  name: 'webhook',
  meaning: 'made up',
  countsTokens: false,
  readsFiles: false,
  create: () => nobody,
} as const;

describe('a back end whose address has a name of its own', () => {
  const adapter = defineAdapter({
    ...madeUp,
    key,
    entries: {
      platform: urlText('where it is'),
      mirror: v.optional(urlText('where it is, too'), 'https://mirror.test'),
      tone: sentencesOr('', 'how it speaks'),
      colour: textOr('blue', 'its colour'),
      allowPrivateHttp,
    },
  });
  const at = (settings: object) => addressesIn(adapter, { platform: 'https://one.test', ...settings });

  test('is known by what its fields are for', () => {
    expect(adapter.fields.map(({ name, role }) => [name, role])).toEqual([
      ['platform', 'address'],
      ['mirror', 'address'],
      ['tone', 'sentences'],
      ['colour', null],
      ['allowPrivateHttp', null],
      ['key', null],
    ]);
  });

  test.each([
    ['its address', { platform: 'https://two.test' }],
    ['its second address', { mirror: 'https://three.test' }],
  ])('is another place with another of %s: no stored key follows there', (_, change) => {
    expect(at(change)).not.toBe(at({}));
  });

  test.each([
    ['another colour', { colour: 'red' }],
    ['spaces around it', { platform: ' https://one.test ' }],
    ['its default written out', { mirror: 'https://mirror.test' }],
  ])('is the same place with %s', (_, change) => {
    expect(at(change)).toBe(at({}));
  });
});

test('a back end that takes a key and names no address cannot be made', () => {
  const make = (): Adapter => defineAdapter({ ...madeUp, key, entries: { host: textOr('', 'where it is') } });
  expect(make).toThrow('urlText');
  expect(() => defineAdapter({ ...madeUp, key: null, entries: { host: textOr('', 'where it is') } })).not.toThrow();
});

test('an address is judged whatever its field is called, and a key where it travels in a header', () => {
  const entries = { platform: urlText('where it is'), allowPrivateHttp };
  const adapter = defineAdapter({ ...madeUp, key, entries });
  const problems = (platform: string, secret: string | null = null) => adapter.problems({ platform }, secret);
  expect(problems('http://8.8.8.8')).toEqual([{ field: 'platform', problem: 'address-public-http' }]);
  expect(problems('http://10.0.0.1')).toEqual([{ field: 'platform', problem: 'address-private-http' }]);
  expect(adapter.problems({ platform: 'http://10.0.0.1', allowPrivateHttp: true }, null)).toEqual([]);
  expect(problems('https://example.test', 'two\nlines')).toEqual([{ field: 'key', problem: 'key-characters' }]);
  const signs = defineAdapter({ ...madeUp, key: { ...key, isHeader: () => false }, entries });
  expect(signs.problems({ platform: 'https://example.test' }, 'two\nlines')).toEqual([]);
});

test('every text that is written in sentences has a wide field, the greeting too', () => {
  const wide = describeAdapters().flatMap(({ fields }) => fields.filter(({ role }) => role === 'sentences'));
  expect(wide.map(({ name }) => name)).toEqual(['greeting', 'away', 'instructions', 'instructions', 'instructions']);
});
