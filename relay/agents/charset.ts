/** The text of a body's bytes: by its own mark, by the charset that its sender declares, and where neither holds by what the bytes are. Pure. */

const CHARSET = /;\s{0,20}charset\s{0,5}=\s{0,5}["']?([\w.:-]{1,40})/i;
/** Characters that nobody writes who means text. */
const CONTROL = /(?!\s|\u0085)\p{Cc}/u;
const REPLACEMENT = '\uFFFD';
const UTF_8 = 'utf-8';
/** What is read as Latin-1 everywhere (WHATWG Encoding, 4.2), and what servers forget to declare. */
const FALLBACK = 'windows-1252';

/** `contentType` as it was sent, with its parameters. */
export function decoded(bytes: Uint8Array, contentType: string): string {
  const marked = markOf(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  const declared = CHARSET.exec(contentType)?.[1]?.toLowerCase();
  const named = declared === undefined ? null : decoderOf(declared);
  if (named && named.encoding !== UTF_8) return named.decode(bytes);
  return asUtf8(bytes);
}

/** True if bytes are UTF-8 that somebody could read. */
export function isText(bytes: Uint8Array): boolean {
  const text = new TextDecoder(UTF_8).decode(bytes);
  return !text.includes(REPLACEMENT) && !CONTROL.test(text);
}

/** A body that is Latin-1 has more letters that are no UTF-8 than letters that are; one with a broken letter has fewer. */
function asUtf8(bytes: Uint8Array): string {
  const text = new TextDecoder(UTF_8).decode(bytes);
  let broken = 0;
  let whole = 0;
  for (const character of text) {
    if (character === REPLACEMENT) broken += 1;
    else if (character > '\x7f') whole += 1;
  }
  if (broken <= whole) return text;
  const latin = new TextDecoder(FALLBACK).decode(bytes);
  return CONTROL.test(latin) ? text : latin;
}

/** A byte order mark. */
function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : null;
}

function decoderOf(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    // No charset that is known: TextDecoder has no other way to say so.
    return null;
  }
}
