/** Files that an agent knows, on the whole relay: what the model is told, and what becomes of a file that comes in part. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Knowledge } from '../../shared/contract/commands/knowledge-commands.ts';
import { MOST_FILE_BYTES, MOST_FILES, PART_LENGTH } from '../../shared/contract/knowledge.ts';
import { filePartsOf } from '../../shared/rules/file-text.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

let relay: RelayBench;
let server: FakeOpenAi;
beforeEach(async () => {
  relay = await startRelayBench(await loopbackWhatsApp());
  server = await startFakeOpenAi();
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: server.baseUrl, model: 'small', instructions: 'Padaria Bela.' },
  });
});
afterEach(() => server.stop());

async function add(name: string, text: string): Promise<Knowledge | undefined> {
  let told: Knowledge | undefined;
  for (const part of filePartsOf(text))
    told = await relay.client.ask<Knowledge>('knowledge.add', { name, of: text.length, ...part });
  return told;
}

/** What the model is told before the first word of a talk. */
async function instructions(): Promise<string> {
  expect(await relay.client.ask('agents.test', { said: [{ author: 'contact', text: 'oi' }] })).toMatchObject({
    type: 'answer',
  });
  return server.chats.at(-1)?.messages[0]?.content ?? '';
}

test('a file is read with every question from the next one on, and no more once it is taken away', async () => {
  const prices = `# Preços\n${'pão 4,50\n'.repeat(2_000)}`;
  expect(await add('preços.md', prices)).toMatchObject({
    reads: true,
    files: [{ name: 'preços.md', bytes: new TextEncoder().encode(prices).length, tokens: expect.any(Number) }],
  });
  await add('regras.txt', 'Sem fiado.');
  const told = await instructions();
  expect(told).toContain(`Padaria Bela.\n\n<document name="preços.md">\n${prices.trim()}\n</document>`);
  // What changes with every minute comes last, so that a service that remembers a beginning need not read it anew.
  expect(told.indexOf('Sem fiado.')).toBeLessThan(told.indexOf('where the owner is'));
  await relay.client.ask('knowledge.remove', { name: 'preços.md' });
  const after = await instructions();
  expect(after).not.toContain('pão 4,50');
  expect(after).toContain('Sem fiado.');
});

test('a file that does not come whole is not kept, and nothing of what was there is lost', async () => {
  await add('a.md', 'before');
  const ask = (params: object) => relay.client.ask('knowledge.add', { name: 'a.md', of: 10, ...params });
  await ask({ at: 0, text: 'after' });
  await expect(ask({ at: 4, text: 'x' })).rejects.toMatchObject({ code: 'file-broken' });
  await expect(ask({ at: 5, text: 'longer than' })).rejects.toMatchObject({ code: 'file-broken' });
  await expect(ask({ name: 'b.md', at: 5, text: 'other' })).rejects.toMatchObject({ code: 'file-broken' });
  await expect(ask({ at: 0, text: 'x\u0000' })).rejects.toMatchObject({ code: 'bad-request' });
  await expect(ask({ at: 0, text: 'x'.repeat(PART_LENGTH + 1) })).rejects.toMatchObject({ code: 'bad-value' });
  await expect(ask({ name: '<a>', at: 0, text: 'x' })).rejects.toMatchObject({ code: 'bad-request' });
  expect(await instructions()).toContain('<document name="a.md">\nbefore\n</document>');
});

test('so much is read and no more: a file, all of them, and how many', async () => {
  const full = 'x'.repeat(MOST_FILE_BYTES);
  await expect(add('a.md', `${'ã'.repeat(MOST_FILE_BYTES / 2)}x`)).rejects.toMatchObject({ code: 'files-too-large' });
  for (const name of ['a', 'b', 'c', 'd']) await add(name, full);
  await expect(add('e', 'x')).rejects.toMatchObject({ code: 'files-too-large' });
  await add('d', 'x');
  await add('e', 'x');
  for (let at = 5; at < MOST_FILES; at += 1) await add(`f${at}`, 'x');
  await expect(add('one more', 'x')).rejects.toMatchObject({ code: 'files-too-large' });
  await add('a', 'again');
});

test('an agent of a kind that reads no files gets none; those that were given stay for when it does again', async () => {
  await add('a.md', 'kept');
  await relay.client.ask('agents.edit', { adapter: 'webhook', settings: { url: 'http://127.0.0.1:1/hook' } });
  await expect(add('b.md', 'x')).rejects.toMatchObject({ code: 'reads-no-files' });
  expect(await relay.client.ask('knowledge')).toMatchObject({ reads: false, files: [{ name: 'a.md' }] });
  await expect(relay.client.ask('knowledge.remove', { name: 'b.md' })).rejects.toMatchObject({ code: 'no-such-file' });
});

test('a try of other settings knows the files that the agent has', async () => {
  await add('a.md', 'Sem fiado.');
  const { id } = await relay.client.ask<Knowledge>('knowledge');
  await relay.client.ask('agents.try', {
    agent: id,
    adapter: 'openai-compatible',
    settings: { baseUrl: server.baseUrl, model: 'big' },
    said: [{ author: 'contact', text: 'oi' }],
  });
  expect(server.chats.at(-1)).toMatchObject({ model: 'big' });
  expect(server.chats.at(-1)?.messages[0]?.content).toContain('Sem fiado.');
});
