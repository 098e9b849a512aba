/** The commands' contract: each is done by the relay, its replies have the shape that clients read, and nothing else leaves. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { CommandContext } from '../../relay/api/command.ts';
import { COMMANDS, LOCAL_COMMANDS } from '../../relay/api/commands.ts';
import * as chats from '../../shared/commands/chat-commands.ts';
import type { Command } from '../../shared/commands/command.ts';
import * as links from '../../shared/commands/link-commands.ts';
import * as passkeys from '../../shared/commands/passkey-commands.ts';
import * as schedules from '../../shared/commands/schedule-command.ts';
import * as setup from '../../shared/commands/setup-commands.ts';
import { FakeRelayApi, showing } from '../support/fake-relay-api.ts';

const ALL: readonly Command[] = [
  ...Object.values(links),
  ...Object.values(chats),
  ...Object.values(passkeys),
  ...Object.values(schedules),
  ...Object.values(setup),
];

function contextOf(relay: FakeRelayApi): CommandContext<unknown> {
  return { relay, client: null, signal: new AbortController().signal, emit: () => undefined };
}

function run(name: string, params: object, relay: FakeRelayApi): Promise<unknown> {
  const handler = LOCAL_COMMANDS.get(name);
  if (!handler) throw new Error(`nothing does ${name}`);
  return handler.run(params, contextOf(relay));
}

test('the relay does every command of the contract and no other; a code for a browser, and what helps a helper, are given out locally alone', () => {
  const names = ALL.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(LOCAL_COMMANDS.keys())).toEqual(new Set(names));
  expect(new Set(COMMANDS.keys())).toEqual(
    new Set(names.filter((name) => name !== 'pair' && name !== 'linking-trace')),
  );
});

test.each(ALL.map((command) => [command.name, command] as const))(
  '%s takes no parameter that it does not know',
  async (name) => {
    await expect(run(name, { unheardOf: 1 }, new FakeRelayApi('Sales'))).rejects.toMatchObject({ code: 'bad-request' });
  },
);

test('a name on the prototype of an object is no command', () => {
  for (const name of ['constructor', '__proto__', 'toString']) expect(LOCAL_COMMANDS.get(name)).toBeUndefined();
});

test('what an agent keeps of a code on show leaves with no reply: not with its status, nor when it is edited meanwhile', async () => {
  const relay = new FakeRelayApi('Sales');
  relay.move('Sales', showing(1, 'the-secret-of-the-code'));
  const told = [
    await run('status', {}, relay),
    await run('agents.edit', { name: 'Sales 2' }, relay),
    await run('agents.edit', { settings: { rules: [] } }, relay),
  ];
  expect(JSON.stringify(told)).not.toContain('the-secret-of-the-code');
});

test('an agent in a reply is read by its schema whole', async () => {
  const relay = new FakeRelayApi('Sales');
  const reply = await run('status', {}, relay);
  expect(v.parse(setup.status.reply, reply)).toEqual(reply);
});
