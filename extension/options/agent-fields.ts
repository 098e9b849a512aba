/** An adapter's fields as a form holds them, and back again: pure. Knows kinds, not back ends. */
import type { ShownAdapter, ShownField } from '../../shared/contract/commands/setup-commands.ts';
import { readRules, writeRules } from './rule-lines.ts';

/** What is typed or chosen, by field; null where an own text is left to the one that ships. */
export type FieldValues = Readonly<Record<string, string | boolean | null>>;

/** By field: what the form found, or a code of the relay's. */
export type Wrong = Readonly<Record<string, string>>;

export type ReadSettings =
  | { readonly type: 'settings'; readonly settings: Readonly<Record<string, unknown>> }
  | { readonly type: 'wrong'; readonly wrong: Wrong };

/** A text that ships with the relay: left as it is, left out, or said in one's own words. */
export function isShippedText({ kind, required, secret, default: fallback }: ShownField): boolean {
  return kind === 'text' && !required && !secret && fallback === null;
}

export function keyField(adapter: ShownAdapter): ShownField | null {
  return adapter.fields.find(({ secret }) => secret) ?? null;
}

export function valuesOf(adapter: ShownAdapter, settings: Readonly<Record<string, unknown>>): FieldValues {
  return Object.fromEntries(
    adapter.fields
      .filter(({ secret }) => !secret)
      .map((field) => [field.name, valueOfField(field, settings[field.name] ?? field.default ?? null)]),
  );
}

/** What stays at its default is left out, so that a better default of a later version holds. */
export function settingsOf(adapter: ShownAdapter, values: FieldValues): ReadSettings {
  const settings: Record<string, unknown> = {};
  const wrong: Record<string, 'missing' | 'unreadable'> = {};
  for (const field of adapter.fields) {
    if (field.secret) continue;
    const read = readField(field, values[field.name] ?? null);
    if (read.type === 'wrong') wrong[field.name] = read.why;
    else if (read.value !== undefined && read.value !== field.default) settings[field.name] = read.value;
  }
  return Object.keys(wrong).length > 0 ? { type: 'wrong', wrong } : { type: 'settings', settings };
}

/** The same as far as it can be read: what is wrong or missing is left out. */
export function settingsIn(adapter: ShownAdapter, values: FieldValues): Readonly<Record<string, unknown>> {
  const read = adapter.fields
    .filter(({ secret }) => !secret)
    .map((field) => [field, readField(field, values[field.name] ?? null)] as const);
  return Object.fromEntries(
    read.flatMap(([field, each]) =>
      each.type === 'value' && each.value !== undefined && each.value !== field.default
        ? [[field.name, each.value]]
        : [],
    ),
  );
}

/** Says whether these values send the agent's key to another address: a key goes only where it was given for. */
export function movesAddress(
  adapter: ShownAdapter,
  before: Readonly<Record<string, unknown>>,
  values: FieldValues,
): boolean {
  const stored = valuesOf(adapter, before);
  const addresses = adapter.fields.filter(({ role }) => role === 'address');
  return addresses.some(({ name }) => String(stored[name] ?? '').trim() !== String(values[name] ?? '').trim());
}

function valueOfField(field: ShownField, value: unknown): string | boolean | null {
  if (field.kind === 'yes-or-no') return value === true;
  if (field.kind === 'structure') return value === null ? '' : writeRules(value);
  if (value === null) return isShippedText(field) ? null : '';
  return String(value);
}

type Read =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'wrong'; readonly why: 'missing' | 'unreadable' };

function readField(field: ShownField, value: string | boolean | null): Read {
  if (typeof value === 'boolean') return { type: 'value', value };
  if (value === null) return { type: 'value', value: undefined };
  if (field.required && value.trim() === '') return { type: 'wrong', why: 'missing' };
  switch (field.kind) {
    case 'choice':
      return { type: 'value', value: value === '' ? undefined : value };
    case 'number': {
      // People type the comma of their language.
      const number = Number(value.trim().replace(',', '.'));
      if (value.trim() === '') return { type: 'value', value: undefined };
      return Number.isNaN(number) ? { type: 'wrong', why: 'unreadable' } : { type: 'value', value: number };
    }
    case 'structure': {
      if (value.trim() === '') return { type: 'value', value: undefined };
      const rules = readRules(value);
      return rules === null ? { type: 'wrong', why: 'unreadable' } : { type: 'value', value: rules };
    }
    default:
      return { type: 'value', value: value };
  }
}
