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
