/** `knowledge`: files are added once it was said what they cost, listed and taken away. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FakeRelayApi } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { run } from './command-bench.ts';

async function bench() {
  const relay = new FakeRelayApi('Sales');
  const { home } = await openLocalServer(relay);
  const folder = temporaryDirectory();
  return {
    relay,
    file: (name: string, content: string | Uint8Array): string => {
      writeFileSync(path.join(folder, name), content);
      return path.join(folder, name);
    },
    recado: (argv: readonly string[], given: object = {}) =>
      run(['knowledge', ...argv, '--language', 'en'], { home, ...given }),
  };
}

test('what the files cost with every answer is told before a person says yes', async () => {
  const { relay, recado, file } = await bench();
  relay.costing = {
    ...relay.costing,
    price: { currency: 'USD', input: 1, output: 5, source: 'known', asOf: '2026-09-23' },
  };
  const prices = file('prices.md', 'Bread 4.50. '.repeat(2_000));
  const no = await recado(['--add', prices], { person: true, answers: ['n'] });
  expect(no.code).toBe(1);
  expect(no.everything).toContain('about 6,858 tokens with every answer');
  expect(no.everything).toContain('About $0.008 with every answer');
  expect(no.everything).toContain('lasts for about 13 answers');
  expect(relay.files).toEqual([]);
  const yes = await recado(['--add', prices, file('rules.txt', 'No credit.')], { person: true, answers: ['y'] });
  expect(yes.code).toBe(0);
  expect(yes.out).toContain('prices.md: 24,000 bytes, about 6,858 tokens');
  expect(relay.files.map(({ name }) => name)).toEqual(['prices.md', 'rules.txt']);
});

test('a script is not asked, and files are listed and taken away', async () => {
  const { relay, recado, file } = await bench();
  expect((await recado([])).out).toContain('Sales has no files.');
  const { terminal } = await recado(['--add', file('a.md', 'x'), file('b.md', 'y'), '--json']);
  expect(terminal.objects).toMatchObject([{ files: [{ name: 'a.md' }, { name: 'b.md' }], reads: true }]);
  await recado(['--remove', 'a.md']);
  expect(relay.files.map(({ name }) => name)).toEqual(['b.md']);
});

test.each([
  ['menu.pdf', Uint8Array.from([0x25, 0x50, 0x44, 0x46, 0, 1])],
  ['empty.txt', ' \n'],
  ['large.md', 'x'.repeat(65_537)],
  ['huge.md', 'x'.repeat(200_000)],
])('%s is not taken, and what to do is said', async (name, content) => {
  const { relay, recado, file } = await bench();
  const { code, everything } = await recado(['--add', file('good.md', 'x'), file(name, content)]);
  expect(code).toBe(2);
  expect(everything).toContain(name);
  expect(everything).toContain('Save it as text or Markdown');
  expect(relay.files).toEqual([]);
});

test('a file that cannot be read is named', async () => {
  const { recado } = await bench();
  const { code, everything } = await recado(['--add', '/nowhere/prices.md']);
  expect(code).toBe(2);
  expect(everything).toContain('/nowhere/prices.md');
});

test('that an agent of this kind reads none is said beside what it has', async () => {
  const { relay, recado, file } = await bench();
  await recado(['--add', file('a.md', 'x')]);
  relay.readsFiles = false;
  expect((await recado([])).out).toContain('reads no files');
  const { terminal } = await recado(['--add', file('b.md', 'x')], { person: true, answers: [] });
  expect(terminal.questions).toEqual([]);
});
