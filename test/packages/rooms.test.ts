/** Who may import whom: CONTRIBUTING's table of rooms against every import of the tree. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Of Node's own: these a row names, all others are *Node*. */
const NAMED = new Set([
  'node:sqlite',
  'node:http',
  'node:https',
  'node:http2',
  'node:net',
  'node:tls',
  'node:dgram',
  'node:dns',
]);
const SOCKETS = ['relay-connection', 'browser-connection', 'pairing-browser', 'early-dial'].map(
  (name) => `extension/relay-connection/${name}.ts`,
);
const SCREENS = ['extension/popup/', 'extension/options/', 'extension/passkey/', 'extension/components/'];
/** It begins to dial before anything is drawn. */
const DIALS_EARLY = 'extension/popup/popup-page.tsx';

const codesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** By room: what it may import. */
function rowsOfTable(): ReadonlyMap<string, ReadonlySet<string>> {
  const text = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const table = text.slice(text.indexOf('| room |'), text.indexOf('Screens know no sockets'));
  const rows = new Map<string, ReadonlySet<string>>();
  for (const line of table.split('\n').slice(2)) {
    const [, rooms = '', , allowed = ''] = line.split('|');
    const may = new Set([...codesIn(allowed), ...(/\bNode\b/.test(allowed) ? ['Node'] : [])]);
    for (const room of codesIn(rooms)) rows.set(room, may);
  }
  return rows;
}

const ROWS = rowsOfTable();

/** The room with the longest name that fits; null outside of the table. */
function roomOf(file: string): string | null {
  const fitting = [...ROWS.keys()].filter((room) => (room.endsWith('/') ? file.startsWith(room) : file === room));
  return fitting.sort((one, other) => other.length - one.length)[0] ?? null;
}

const FILES = globSync('{shared,relay,extension,test/simulator}/**/*.{ts,tsx,js}', { cwd: ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.d.ts') && !file.endsWith('.test.ts'));
const IMPORTS = FILES.flatMap((file) => importsOf(ROOT, file));

/** As the rows spell it: a room, Node, or the name of a package. */
function targetOf(to: string): string {
  if (to.startsWith('node:')) return NAMED.has(to) ? to : 'Node';
  return to.includes('/') && !to.startsWith('@') ? (roomOf(to) ?? to) : to;
}

test('every file of the tree has a room', () => {
  expect(FILES.length).toBeGreaterThan(300);
  expect(FILES.filter((file) => roomOf(file) === null)).toEqual([]);
});

test('a room imports what its row names, and nothing else', () => {
  const wrong = IMPORTS.filter(({ from, to }) => {
    const room = roomOf(from) ?? '';
    const target = targetOf(to);
    return target !== room && !ROWS.get(room)?.has(target);
  });
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test('a row names nothing that its room does not import', () => {
  const used = new Map<string, Set<string>>();
  for (const { from, to } of IMPORTS) {
    const room = roomOf(from) ?? '';
    used.set(room, (used.get(room) ?? new Set()).add(targetOf(to)));
  }
  const rooms = [...ROWS].filter(([room]) => room.endsWith('/'));
  const idle = rooms.flatMap(([room, may]) =>
    [...may].filter((each) => !used.get(room)?.has(each)).map((each) => `${room}: ${each}`),
  );
  expect(idle).toEqual([]);
});

test('screens know no sockets', () => {
  const wrong = IMPORTS.filter(
    ({ from, to, typeOnly }) =>
      !typeOnly && from !== DIALS_EARLY && SCREENS.some((room) => from.startsWith(room)) && SOCKETS.includes(to),
  );
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

/** One circle, by its members; null where there is none. */
function circleIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (node: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of arrows.get(node) ?? []) {
      const found = walk(next, [...trail, node]);
      if (found) return found;
    }
    done.add(node);
    return null;
  };
  for (const node of arrows.keys()) {
    const found = walk(node, []);
    if (found) return found;
  }
  return null;
}

function arrowsBetween(nameOf: (file: string) => string | null): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of IMPORTS) {
    const [one, other] = [nameOf(from), nameOf(to)];
    if (one !== null && other !== null && one !== other) arrows.set(one, (arrows.get(one) ?? new Set()).add(other));
  }
  return arrows;
}

test('no files import one another in a circle, types included', () => {
  expect(circleIn(arrowsBetween((file) => (FILES.includes(file) ? file : null)))).toBeNull();
});

test('no rooms import one another in a circle', () => {
  expect(circleIn(arrowsBetween(roomOf))).toBeNull();
});
