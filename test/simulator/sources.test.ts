/** Nothing is proven against an invention: whatever the simulator sends has a source, and the documentation says which. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Expression, parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { kindOf, SOURCES } from './wire/sources.ts';
import { node } from './wire/stanza.ts';

const ROOT = import.meta.dirname;
const DOCUMENT = path.join(ROOT, '..', '..', 'docs', 'simulator.md');
/** The tags that a stanza can have at its top, with what tells its kind: the rest is read from what it holds. */
const TAGS = new Set([...SOURCES.keys()].map((kind) => kind.split(' ')[0] ?? ''));

type Sender = { readonly file: string; readonly tag: string; readonly type: string | null };

/** Every place that makes a stanza whose tag stands at the top. */
function sendersOf(file: string): readonly Sender[] {
  const { program } = parseSync(file, readFileSync(path.join(ROOT, file), 'utf8'));
  const found: Sender[] = [];
  new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      const [tag, attrs] = given;
      if (callee.type !== 'Identifier' || callee.name !== 'node') return;
      if (tag?.type !== 'Literal' || typeof tag.value !== 'string' || !TAGS.has(tag.value)) return;
      found.push({ file, tag: tag.value, type: typeOf(attrs) });
    },
  }).visit(program);
  return found;
}

/** The `type` among the attributes, where it is written out. */
function typeOf(attrs: unknown): string | null {
  const object = attrs as Expression | undefined;
  if (object?.type !== 'ObjectExpression') return null;
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.key.name !== 'type') continue;
    if (property.value.type === 'Literal') return String(property.value.value);
  }
  return null;
}

const SENDERS = globSync('{.,server,people}/*.ts', { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts'))
  .flatMap(sendersOf);

test('every notification that the simulator makes has its source', () => {
  const notifications = SENDERS.filter(({ tag }) => tag === 'notification');
  expect(notifications.length).toBeGreaterThan(4);
  for (const { file, type } of notifications)
    expect(SOURCES.has(`notification ${type}`), `${file}: ${type}`).toBe(true);
});

test('the walk finds the senders, of each tag at least one', () => {
  const tags = new Set(SENDERS.map(({ tag }) => tag));
  for (const tag of TAGS) if (tag !== 'status') expect(tags, tag).toContain(tag);
});

test('a stanza without a source is refused where it would be sent', () => {
  for (const stanza of [
    node('iq', { type: 'set' }, [node('passkey_prologue_request')]),
    node('notification', { type: 'companion_reg_renewal' }),
    node('presence', {}),
    node('ib', {}, [node('client_expiration')]),
  ]) {
    expect(SOURCES.has(kindOf(stanza)), kindOf(stanza)).toBe(false);
  }
});

test('the documentation has the same rows', () => {
  const rows = [...readFileSync(DOCUMENT, 'utf8').matchAll(/^\| ([^|]+) \| ([WZB] [^|]+) \|$/gm)];
  expect(new Map(rows.map(([, kind = '', source = '']) => [kind, source]))).toEqual(new Map(SOURCES));
});
