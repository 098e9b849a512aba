/**
 * What an answer costs. What the owner typed in wins; else what the service itself says, as OpenRouter and Dify do; else the prices that this
 * release knows, by the service's address and the model's name. Nothing is fetched: the list of prices is part of the release, and loaded when
 * it is first asked.
 */
import { isIP } from 'node:net';
import { type KnownPrice, MICROS, type Money, type Price } from '../../shared/contract/cost.ts';
import type { BackEnd } from '../store/agent-ledger.ts';
import type { Usage } from '../turn.ts';

/** Where a back end asks: its address, and the model's name there. */
export type Asked = {
  readonly adapter: BackEnd['adapter'];
  readonly countsTokens: boolean;
  readonly address: string | null;
  readonly model: string | null;
};

/** The day of the list of prices, that of the package's release. */
const PRICES_AS_OF = '2026-09-23';

const MILLION = 1_000_000;
/** Beyond it stands what arithmetic has added. */
const MOST_DIGITS = 12;
const NOTHING = { currency: 'USD', input: 0, output: 0, source: 'own-computer', asOf: null } as const;

/** Null where nobody knows. */
export async function priceOf(asked: Asked, typed: Price | null): Promise<KnownPrice | null> {
  if (typed) return { ...typed, source: 'typed', asOf: null };
  if (isOnThisComputer(asked)) return NOTHING;
  const list = await knownPrices();
  const known = list(asked);
  if (!known) return null;
  // Some services ask for more where a question is very long: what is asked of a chat never is.
  const perThousand = [
    known({ inputTokens: 1_000, outputTokens: 0 }),
    known({ inputTokens: 0, outputTokens: 1_000 }),
  ] as const;
  const [input, output] = perThousand.map((price) => price && Number((price * 1_000).toPrecision(MOST_DIGITS)));
  if (typeof input !== 'number' || typeof output !== 'number') return null;
  return { currency: 'USD', input, output, source: 'known', asOf: PRICES_AS_OF };
}

/** The currency in which what is spent there is counted; null where nobody can count it. */
export async function currencyOf(asked: Asked, typed: Price | null): Promise<Money['currency'] | null> {
  if (!asked.countsTokens) return null;
  if (typed) return typed.currency;
  const price = await priceOf(asked, null);
  if (price) return price.source === 'own-computer' ? null : price.currency;
  return isOpenRouter(asked) ? 'USD' : null;
}

/** What was spent, with what it cost where somebody knows. */
export async function withCost({ cost: said, ...count }: Usage, asked: Asked, typed: Price | null): Promise<Usage> {
  const cost = await costOf(count, said ?? null, asked, typed);
  return cost ? { ...count, cost } : count;
}

async function costOf(count: Count, said: Money | null, asked: Asked, typed: Price | null): Promise<Money | null> {
  if (typed)
    return moneyOf(typed.currency, (count.inputTokens * typed.input + count.outputTokens * typed.output) / MILLION);
  if (said && saysItsCost(asked)) return said;
  if (isOnThisComputer(asked)) return null;
  const list = await knownPrices();
  const cost = list(asked)?.(count) ?? null;
  return cost === null ? null : moneyOf('USD', cost);
}

/** Whose word about its cost is in real money: elsewhere it may be points of the service's own. In which currency Dify counts is known only once it has answered. */
function saysItsCost(asked: Asked): boolean {
  return asked.adapter === 'dify' || isOpenRouter(asked);
}

function isOpenRouter({ address }: Asked): boolean {
  return address !== null && URL.canParse(address) && new URL(address).hostname === 'openrouter.ai';
}

/** Null where it is none that can be counted. */
export function moneyOf(currency: Money['currency'], amount: number): Money | null {
  const micros = Math.round(amount * MICROS);
  return Number.isSafeInteger(micros) && micros >= 0 ? { currency, micros } : null;
}

/** Programs of the owner's own that serve models ask for nothing. */
function isOnThisComputer({ adapter, address }: Asked): boolean {
  if (adapter === 'built-in') return true;
  if (adapter !== 'openai-compatible' || address === null || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}

type Count = Pick<Usage, 'inputTokens' | 'outputTokens'>;
/** In US dollars; null where the list has no such service or model. */
type PriceList = (asked: Asked) => ((count: Count) => number | null) | null;

let loading: Promise<PriceList> | null = null;

function knownPrices(): Promise<PriceList> {
  loading ??= import('@pydantic/genai-prices').then(({ calcPrice, findProvider }) => ({ address, model }) => {
    if (address === null || model === null || !URL.canParse(address)) return null;
    // By its address alone: the same model costs something else elsewhere.
    const provider = findProvider({ providerApiUrl: address });
    // A service that is also found by less than its host's name is found by the beginning of any name.
    const less = new URL(address).origin.slice(0, -1);
    if (!provider || findProvider({ providerApiUrl: less }) === provider) return null;
    return ({ inputTokens, outputTokens }) => {
      try {
        const usage = { input_tokens: inputTokens, output_tokens: outputTokens };
        return calcPrice(usage, model, { providerId: provider.id })?.total_price ?? null;
      } catch {
        return null;
      }
    };
  });
  return loading;
}
