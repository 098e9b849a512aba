/** Files in the form of an agent: what is chosen, taken away and kept, until the form is saved. */
import { expect, test } from 'vitest';
import { type ChosenFile, KnowledgeFiles } from '../../extension/options/knowledge-files.ts';
import type { Ask } from '../../extension/relay-connection/command-asking.ts';
import { type KnownFile, MOST_FILE_BYTES, MOST_FILES } from '../../shared/contract/knowledge.ts';
import { textBytes } from '../../shared/rules/file-text.ts';

function chosen(name: string, content: string | Uint8Array<ArrayBuffer>): ChosenFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, size: bytes.length, arrayBuffer: async () => bytes.buffer };
}

/** A relay that keeps what comes whole; `fails`: commands that it refuses from now on. */
function bench(...kept: readonly string[]) {
  const files = new Map(kept.map((name) => [name, 'kept']));
  const fails = new Set<string>();
  let draft = '';
  const shown = (): KnownFile[] => [...files].map(([name, text]) => ({ name, bytes: textBytes(text), tokens: 1 }));
  const ask = (async (
    { name: command }: { name: string },
    params: { name: string; text: string; at: number; of: number },
  ) => {
    if (fails.has(command)) return { ok: false, fault: { code: 'failed' } };
    const { name, text, at, of } = params;
    if (command === 'knowledge.remove' && !files.delete(name)) return { ok: false, fault: { code: 'no-such-file' } };
    if (command === 'knowledge.add') {
      draft = `${at === 0 ? '' : draft}${text}`;
      if (draft.length === of) files.set(name, draft);
    }
    return { ok: true, result: { id: 'agt_1', name: 'Sales', files: shown(), reads: true } };
  }) as unknown as Ask;
  return { model: new KnowledgeFiles(ask), files, fails };
}

test('what is chosen is kept once the form is saved, and not before; with it goes what was taken away', async () => {
  const { model, files } = bench('old.md', 'other.md');
  await model.begin('agt_1');
  const long = 'ação '.repeat(4_000);
  await model.pick([chosen('new.md', long), chosen('short.txt', 'oi')]);
  model.remove('old.md');
  expect(model.shown.value.map(({ name, isNew }) => [name, isNew])).toEqual([
    ['other.md', false],
    ['new.md', true],
    ['short.txt', true],
  ]);
  expect(model.tokens.value).toBeGreaterThan(5_000);
  expect([...files.keys()]).toEqual(['old.md', 'other.md']);
  expect(await model.store('agt_1')).toBeNull();
  expect([...files]).toEqual([
    ['other.md', 'kept'],
    ['new.md', long],
    ['short.txt', 'oi'],
  ]);
  expect(model.shown.value.every(({ isNew }) => !isNew)).toBe(true);
  expect(model.sending.value).toBeNull();
});

test('one of a name that there is takes its place, also one that was taken away', async () => {
  const { model, files } = bench('a.md');
  await model.begin('agt_1');
  model.remove('a.md');
  await model.pick([chosen('a.md', 'one')]);
  await model.pick([chosen('a.md', 'two')]);
  expect(model.shown.value.map(({ name }) => name)).toEqual(['a.md']);
  await model.store('agt_1');
  expect([...files]).toEqual([['a.md', 'two']]);
});

test.each([
  ['notText', chosen('menu.pdf', '%PDF\u0000')],
  ['tooLarge', chosen('all.md', 'x'.repeat(MOST_FILE_BYTES + 1))],
  ['tooLarge', chosen('huge.md', 'x'.repeat(3 * MOST_FILE_BYTES))],
  ['empty', chosen('empty.txt', ' \n ')],
  ['unreadable', { name: 'gone.txt', size: 5, arrayBuffer: () => Promise.reject(new Error('NotFoundError')) }],
] as const)('a file is not taken where it is %s; the others are', async (why, file) => {
  const { model } = bench();
  await model.begin(null);
  await model.pick([file, chosen('good.md', 'x'.repeat(MOST_FILE_BYTES))]);
  expect(model.problem.value).toEqual({ name: file.name, why });
  expect(model.shown.value.map(({ name }) => name)).toEqual(['good.md']);
});

test('there is room for so many, and no more', async () => {
  const { model } = bench();
  await model.begin(null);
  const many = Array.from({ length: MOST_FILES + 1 }, (_, at) => chosen(`${at}.md`, 'x'));
  await model.pick(many);
  expect(model.shown.value).toHaveLength(MOST_FILES);
  expect(model.problem.value).toEqual({ name: `${MOST_FILES}.md`, why: 'tooMany' });
  const full = bench();
  await full.model.begin(null);
  await full.model.pick(many.slice(0, 5).map(({ name }) => chosen(name, 'x'.repeat(MOST_FILE_BYTES))));
  expect(full.model.shown.value).toHaveLength(4);
  expect(full.model.problem.value).toMatchObject({ why: 'tooMany' });
});

test('where something fails, what came before is kept, and the rest stands there to be saved again', async () => {
  const { model, files, fails } = bench('old.md');
  await model.begin('agt_1');
  await model.pick([chosen('new.md', 'oi')]);
  model.remove('old.md');
  fails.add('knowledge.add');
  expect(await model.store('agt_1')).toMatchObject({ code: 'failed' });
  expect(model.shown.value.map(({ name, isNew }) => [name, isNew])).toEqual([['new.md', true]]);
  fails.clear();
  expect(await model.store('agt_1')).toBeNull();
  expect([...files]).toEqual([['new.md', 'oi']]);
});

test('what somebody else has removed meanwhile is gone, and no fault', async () => {
  const { model, files } = bench('old.md');
  await model.begin('agt_1');
  model.remove('old.md');
  files.clear();
  expect(await model.store('agt_1')).toBeNull();
});
