/** Reading JSON that strangers sent: a value or nothing, never an exception, never trust in a shape. */

/** The parsed value; undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON.parse says only by throwing that a text is no JSON.
    return undefined;
  }
}

/** The value at a path of own keys and indexes; undefined where the path leads nowhere. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = Reflect.get(here, step);
  }
  return here;
}

/**
 * The same of a text that is nearly JSON: line breaks and tabs as they are within its strings, which people's templates write, and a comma
 * before what ends a list or an object, which models write. Linear in the text.
 */
export function parseNearlyJson(text: string): unknown {
  return parseJson(text) ?? (STARTS.test(text) ? parseJson(mended(text)) : undefined);
}

/** True if a text is meant to be an object, or a list of objects or texts, well written or not. */
export function looksLikeJson(text: string): boolean {
  return OBJECT_OR_LIST.test(text);
}

const STARTS = /^\s{0,20}[[{"]/;
const OBJECT_OR_LIST = /^\s{0,20}(?:\{\s{0,20}["'}]|\[\s{0,20}["{[]|\[\s{0,20}\])/;

function mended(text: string): string {
  let isString = false;
  let isEscaped = false;
  let written = '';
  // A comma waits for what follows it.
  let comma = '';
  for (const character of text) {
    if (!isString && comma !== '') {
      if (BLANKS.has(character)) {
        comma += character;
        continue;
      }
      written += character === '}' || character === ']' ? comma.slice(1) : comma;
      comma = '';
    }
    if (!isString && character === ',') {
      comma = character;
      continue;
    }
    written += (isString ? ESCAPES.get(character) : undefined) ?? character;
    if (character === '"' && !isEscaped) isString = !isString;
    isEscaped = character === '\\' && !isEscaped;
  }
  return written + comma;
}

const BLANKS = new Set([' ', '\n', '\r', '\t']);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
