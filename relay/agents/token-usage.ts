/** What a server says it has spent. Its word may be anything; counted is what can be a count. */
import * as v from 'valibot';
import { CURRENCIES, type Money } from '../../shared/contract/cost.ts';
import type { Usage } from '../turn.ts';
import { at } from './json.ts';
import { moneyOf } from './prices.ts';

/** Null where neither is a count: then what was spent is unknown. One that is none counts as 0. */
function usageOf(input: unknown, output: unknown): Usage | null {
  const [inputTokens, outputTokens] = [countOf(input), countOf(output)];
  if (inputTokens === null && outputTokens === null) return null;
  return { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
}

/** What the service says that it cost: OpenRouter in US dollars, Dify with the currency beside it. */
function costIn(body: unknown): Money | null {
  const cost = at(body, 'usage', 'cost');
  if (typeof cost === 'number') return moneyOf('USD', cost);
  const [total, currency] = [at(body, 'usage', 'total_price'), at(body, 'usage', 'currency')];
  if (!v.is(v.picklist(CURRENCIES), currency)) return null;
  if (typeof total === 'number') return moneyOf(currency, total);
  return typeof total === 'string' && /^\d{1,9}(\.\d{1,18})?$/.test(total) ? moneyOf(currency, Number(total)) : null;
}

/** Under the names of OpenAI's two interfaces. */
export function usageIn(body: unknown): Usage | null {
  const input = at(body, 'usage', 'prompt_tokens') ?? at(body, 'usage', 'input_tokens');
  const output = at(body, 'usage', 'completion_tokens') ?? at(body, 'usage', 'output_tokens');
  const usage = usageOf(input, output);
  const cost = costIn(body);
  return usage && cost ? { ...usage, cost } : usage;
}

/** Some servers write a number as a text. */
function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
