/** What an agent costs: money, its price, and how much it may spend, as they travel and are stored. */
import * as v from 'valibot';

export const CURRENCIES = ['USD', 'BRL', 'EUR', 'MXN', 'ARS', 'CLP', 'COP', 'PEN', 'UYU'] as const;
export type Currency = (typeof CURRENCIES)[number];

const currency = v.picklist(CURRENCIES);
/** Millionths of a currency's unit: a single answer costs less than a cent. */
const micros = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const tokens = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000_000));

export const MICROS = 1_000_000;

export const MoneySchema = v.object({ currency, micros });
export type Money = Readonly<v.InferOutput<typeof MoneySchema>>;

/** In units of the currency, for a million tokens that the model reads, and that it writes. */
const perMillion = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_000_000_000));
export const PriceSchema = v.object({ currency, input: perMillion, output: perMillion });
export type Price = Readonly<v.InferOutput<typeof PriceSchema>>;

/** Null: none of this kind, or the one that all agents have. Money is in `currency`. */
export const CapsSchema = v.object({
  currency,
  dayTokens: v.nullable(tokens),
  dayMicros: v.nullable(micros),
  monthMicros: v.nullable(micros),
  chatTokens: v.nullable(tokens),
  chatMicros: v.nullable(micros),
});
export type Caps = Readonly<v.InferOutput<typeof CapsSchema>>;

export const NO_CAPS: Caps = {
  currency: 'USD',
  dayTokens: null,
  dayMicros: null,
  monthMicros: null,
  chatTokens: null,
  chatMicros: null,
};

/** Where a price comes from: typed in by the owner, known to this release, or nothing is paid since it runs on the owner's computer. */
const PRICE_SOURCES = ['typed', 'known', 'own-computer'] as const;
/** `asOf`: the day of a known price, `YYYY-MM-DD`. */
export const KnownPriceSchema = v.object({
  ...PriceSchema.entries,
  source: v.picklist(PRICE_SOURCES),
  asOf: v.nullable(v.string()),
});
export type KnownPrice = Readonly<v.InferOutput<typeof KnownPriceSchema>>;
