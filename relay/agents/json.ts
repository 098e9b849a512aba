/** Reading JSON that strangers sent: a value or nothing, never an exception, never trust in a shape. */

/** The parsed value; undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer to the question asked here; JSON.parse has no other way to give it.
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

/** The same of a text whose strings hold line breaks and tabs as they are, which JSON does not allow and people's templates write. */
export function parseJsonWithLineBreaks(text: string): unknown {
  if (!/^\s{0,20}[[{"]/.test(text)) return undefined;
  let isString = false;
  let isEscaped = false;
  let written = '';
  for (const character of text) {
    const replaced = isString ? ESCAPES.get(character) : undefined;
    written += replaced ?? character;
    if (character === '"' && !isEscaped) isString = !isString;
    isEscaped = character === '\\' && !isEscaped;
  }
  return parseJson(written);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
