/** What a server says it has spent. Its word may be anything; counted is what can be a count. */
import type { Usage } from '../turn.ts';
import { at } from './json.ts';

/** Null where neither is a count: then what was spent is unknown. One that is none counts as 0. */
function usageOf(input: unknown, output: unknown): Usage | null {
  const [inputTokens, outputTokens] = [countOf(input), countOf(output)];
  if (inputTokens === null && outputTokens === null) return null;
  return { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
}

/** Under the names of OpenAI's two interfaces. */
export function usageIn(body: unknown): Usage | null {
  const input = at(body, 'usage', 'prompt_tokens') ?? at(body, 'usage', 'input_tokens');
  const output = at(body, 'usage', 'completion_tokens') ?? at(body, 'usage', 'output_tokens');
  return usageOf(input, output);
}

/** Some servers write a number as a text. */
function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
