/** Reads columns of a row into values the rest of the code can trust. A column of another kind is a damaged file. */
import type { Shown } from './chat-message.ts';
import { damaged, type Row } from './database.ts';

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw damaged();
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw damaged();
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : number(row, column);
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw damaged();
  return value;
}

/** One of a closed list of words. */
export function word<const W extends string>(row: Row, column: string, words: readonly W[]): W {
  const value = text(row, column);
  const found = words.find((each) => each === value);
  if (found === undefined) throw damaged();
  return found;
}

/** What this store wrote as JSON; null where nothing was written. */
export function jsonOrNull(row: Row, column: string): unknown {
  const json = textOrNull(row, column);
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    throw damaged();
  }
}

/** What a message shows, as this store writes it; nothing where it shows nothing. */
export function shownOrNone(row: Row, column: string): readonly Shown[] {
  return (jsonOrNull(row, column) ?? []) as readonly Shown[];
}
