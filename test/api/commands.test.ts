/** The commands' contract: each is done by the relay, its replies have the shape that clients read, and nothing else leaves. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { CommandContext } from '../../relay/api/command.ts';
import { CommandError, mayNotAnswer } from '../../relay/api/command-error.ts';
import { COMMANDS, LOCAL_COMMANDS } from '../../relay/api/commands.ts';
import { systemClock } from '../../relay/clock.ts';
import { COMMON_FAULTS } from '../../shared/contract/command-fault.ts';
import * as chats from '../../shared/contract/commands/chat-commands.ts';
import type { Command } from '../../shared/contract/commands/command.ts';
import * as costs from '../../shared/contract/commands/cost-commands.ts';
import * as knowledge from '../../shared/contract/commands/knowledge-commands.ts';
import * as links from '../../shared/contract/commands/link-commands.ts';
import { leaveOwnerTime } from '../../shared/contract/commands/owner-first-command.ts';
import * as passkeys from '../../shared/contract/commands/passkey-commands.ts';
import * as schedules from '../../shared/contract/commands/schedule-command.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { commands as commandFaults } from '../../shared/locales/en/commands.ts';
import { FakeRelayApi, showing } from '../support/fake-relay-api.ts';

const ALL: readonly Command[] = [
  ...Object.values(links),
  ...Object.values(chats),
  ...Object.values(passkeys),
  ...Object.values(schedules),
  leaveOwnerTime,
  ...Object.values(costs),
  ...Object.values(knowledge),
  ...Object.values(setup),
];

function contextOf(relay: FakeRelayApi): Omit<CommandContext<unknown>, 'agent'> {
  return { relay, clock: systemClock, client: null, signal: new AbortController().signal, emit: () => undefined };
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
    new Set(names.filter((name) => !['pair', 'pair.hand', 'linking-trace', 'stop'].includes(name))),
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

test('a command fails with a fault that it names, and with no other', async () => {
  const relay = new FakeRelayApi('Sales');
  relay.editFails = new CommandError('key-again', 'The address changes.', 'Give the key.');
  await expect(run('agents.edit', { name: 'Other' }, relay)).rejects.toBe(relay.editFails);
  relay.editFails = new CommandError('last-agent', 'This is the only agent.', 'Add another.');
  await expect(run('agents.edit', { name: 'Other' }, relay)).rejects.toThrow('which it does not name');
});

test('each fault of the closed list may become of a command', () => {
  const named = new Set([...COMMON_FAULTS, ...ALL.flatMap(({ faults }) => faults)]);
  expect(new Set(Object.keys(commandFaults))).toEqual(named);
});

test.each([
  ['switched-off', 'recado on'],
  ['not-in-scope', 'recado chats answer'],
  ['owner-wrote', 'recado release'],
  ['brake', 'recado release'],
] as const)('a chat that may not be answered because of %s is told with what to do first', (reason, command) => {
  const error = mayNotAnswer(reason);
  expect(error.code).toBe('may-not-answer');
  expect(error.message).toContain(reason);
  expect(error.hint).toContain(command);
});
