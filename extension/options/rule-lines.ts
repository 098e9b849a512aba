/** Keywords and answers as lines that people can write, `word, other word = answer`; what does not fit such lines is JSON. Pure. */
import * as v from 'valibot';

const RulesSchema = v.array(v.object({ words: v.array(v.string()), answer: v.string() }));

type Rule = v.InferOutput<typeof RulesSchema>[number];

export function writeRules(value: unknown): string {
  const parsed = v.safeParse(RulesSchema, value);
  if (parsed.success) {
    const lines = parsed.output.map(({ words, answer }) => `${words.join(', ')} = ${answer.replaceAll('\n', '\\n')}`);
    const text = lines.join('\n');
    if (JSON.stringify(readRules(text)) === JSON.stringify(value)) return text;
  }
  return JSON.stringify(value, null, 2);
}

/** Null where it cannot be read. */
export function readRules(text: string): unknown {
  if (/^\s*[[{]/.test(text)) return parseJson(text);
  const rules = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLine);
  return rules.every((rule) => rule !== null) ? rules : null;
}

function readLine(line: string): Rule | null {
  const at = line.indexOf('=');
  if (at === -1) return null;
  const words = line
    .slice(0, at)
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const answer = line
    .slice(at + 1)
    .trim()
    .replaceAll('\\n', '\n');
  return words.length > 0 && answer !== '' ? { words, answer } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The field says that it cannot be read.
    return null;
  }
}
