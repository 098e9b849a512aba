import { expect, test } from 'vitest';
import { FakeRelayApi } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { run } from './command-bench.ts';

const KEY = 'sk-planted-7f3a';
const ADD = ['agents', 'add', 'Sales', '--adapter', 'openai-compatible', '--set', 'model=x'];

async function bench(...names: readonly string[]) {
  const relay = new FakeRelayApi(...names);
  const { home } = await openLocalServer(relay);
  return { relay, recado: (argv: readonly string[], given: object = {}) => run(argv, { home, ...given }) };
}

const keysOf = (relay: FakeRelayApi) => relay.acts.filter(([act]) => act === 'addAgent').map(([, , , key]) => key);

test('a key comes from a hidden question, standard input or the environment, and is never shown', async () => {
  const { relay, recado } = await bench();
  const asked = await recado([...ADD, '--ask-key'], { person: true, answers: [KEY] });
  const piped = await recado([...ADD, '--key-stdin'], { input: `${KEY}\n` });
  const named = await recado([...ADD, '--key-env', 'MY_KEY'], { environment: { MY_KEY: KEY } });
  const listed = await recado(['agents', 'list', '--json']);
  expect(keysOf(relay)).toEqual([KEY, KEY, KEY]);
  expect(asked.terminal.questions).toMatchObject([{ hidden: true }]);
  for (const { code, everything } of [asked, piped, named, listed]) {
    expect(code).toBe(0);
    expect(everything).not.toContain(KEY);
  }
});

test('a person who adds an agent that may have a key is asked for it; Enter means none', async () => {
  const { relay, recado } = await bench();
  await recado(ADD, { person: true, answers: [''] });
  await recado(ADD, { person: true, answers: [KEY] });
  await recado(ADD);
  await recado([...ADD, '--json'], { person: true, answers: [KEY] });
  expect(keysOf(relay)).toEqual([null, KEY, null, null]);
});

test.each([
  ['--key', KEY],
  [`--key=${KEY}`],
  ['--set', `key=${KEY}`],
  [`--api-key=${KEY}`],
  ['--key-env', ''],
  ['--set', KEY],
])('a key is not taken as an argument (%s …), and what was typed is not repeated', async (...args) => {
  const { relay, recado } = await bench();
  for (const json of [[], ['--json']]) {
    const { code, everything } = await recado([...ADD, ...args, ...json]);
    expect(code).toBe(2);
    expect(everything).not.toContain(KEY);
  }
  expect(relay.acts).toEqual([]);
});

test('a key from two places, or from an empty one, is an error', async () => {
  const { relay, recado } = await bench('Sales');
  for (const args of [
    ['--key-stdin', '--ask-key'],
    ['--key-stdin'],
    ['--key-env', 'NOT_THERE'],
    ['--key-env', 'constructor'],
  ]) {
    expect((await recado([...ADD, ...args], { input: ' \n' })).code, args.join(' ')).toBe(2);
  }
  expect((await recado(['agents', 'edit', '--remove-key', '--key-stdin'], { input: KEY })).code).toBe(2);
  expect(relay.acts).toEqual([]);
});

test('a stored key is replaced or removed only when that is said', async () => {
  const { relay, recado } = await bench('Sales');
  await recado(['agents', 'edit', '--name', 'Shop']);
  await recado(['agents', 'edit', '--remove-key']);
  await recado(['agents', 'edit', '--key-stdin'], { input: KEY });
  expect(relay.acts.map(([, , change]) => change)).toEqual([{ name: 'Shop' }, { key: null }, { key: KEY }]);
});
