/** The text in a file that a person chose: as editors of every age write it, or nothing where it is no text. Pure. */
import { isPlainText, PART_LENGTH } from '../contract/knowledge.ts';

/** What is read as Latin-1 everywhere, and what an old editor for Windows writes without a mark. */
const FALLBACK = 'windows-1252';

/** Line ends become line feeds; null where it is no text. */
export function textOfFile(bytes: Uint8Array): string | null {
  const text = decoded(bytes)?.replaceAll(/\r\n?/g, '\n') ?? null;
  return text !== null && isPlainText(text) ? text : null;
}

function decoded(bytes: Uint8Array): string | null {
  const marked = markOf(bytes);
  try {
    return new TextDecoder(marked ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    // It is not what it was taken for: TextDecoder has no other way to say so.
    return marked === null ? new TextDecoder(FALLBACK).decode(bytes) : null;
  }
}

/** By the byte order mark, which UTF-8 does without. */
function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : null;
}

export type FilePart = { readonly at: number; readonly text: string };

/** The parts in which a text travels: no pair of surrogates is cut. */
export function filePartsOf(text: string): readonly FilePart[] {
  const parts: FilePart[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + PART_LENGTH, text.length);
    if (!text.slice(at, end).isWellFormed()) end -= 1;
    parts.push({ at, text: text.slice(at, end) });
    at = end;
  }
  return parts;
}

export function textBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
