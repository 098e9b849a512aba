/** The form of an agent's price and limits: its texts, and what they are read as. Pure. */
import type { AgentCosts } from '../../shared/contract/commands/cost-commands.ts';
import { type Caps, CURRENCIES, type Currency, MICROS, type Price } from '../../shared/contract/cost.ts';
import type { Language } from '../../shared/locales/languages.ts';

export const MONEY_FIELDS = ['priceIn', 'priceOut', 'dayMoney', 'monthMoney', 'chatMoney'] as const;
export const TOKEN_FIELDS = ['dayTokens', 'chatTokens'] as const;
export type CostField = (typeof MONEY_FIELDS)[number] | (typeof TOKEN_FIELDS)[number];

export type CostForm = { readonly currency: Currency } & Readonly<Record<CostField, string>>;

export type ReadCosts =
  | { readonly type: 'read'; readonly price: Price | null; readonly caps: Caps }
  | { readonly type: 'wrong'; readonly field: CostField; readonly why: 'notAmount' | 'halfPrice' };

/** As it stands now; a price that was not typed in stands in no field. */
export function costFormOf({ price, caps }: AgentCosts, language: Language): CostForm {
  const typed = price?.source === 'typed' ? price : null;
  const paid = price?.source === 'own-computer' ? null : price;
  const hasMoney = caps.dayMicros !== null || caps.monthMicros !== null || caps.chatMicros !== null;
  const write = (value: number | null | undefined): string =>
    value === null || value === undefined
      ? ''
      : new Intl.NumberFormat(language, { maximumFractionDigits: 6, useGrouping: false }).format(value);
  const units = (micros: number | null): string => write(micros === null ? null : micros / MICROS);
  return {
    currency: hasMoney ? caps.currency : paid ? paid.currency : usualCurrency(language),
    priceIn: write(typed?.input),
    priceOut: write(typed?.output),
    dayMoney: units(caps.dayMicros),
    monthMoney: units(caps.monthMicros),
    chatMoney: units(caps.chatMicros),
    dayTokens: write(caps.dayTokens),
    chatTokens: write(caps.chatTokens),
  };
}

export function readCostForm(form: CostForm): ReadCosts {
  const read = new Map<CostField, number | null>();
  for (const field of [...MONEY_FIELDS, ...TOKEN_FIELDS]) {
    const value = amountIn(form[field]);
    const isWhole = MONEY_FIELDS.some((name) => name === field) || value === null || Number.isInteger(value);
    if (value === undefined || !isWhole) return { type: 'wrong', field, why: 'notAmount' };
    read.set(field, value);
  }
  const value = (field: CostField): number | null => read.get(field) ?? null;
  const micros = (field: CostField): number | null => {
    const amount = value(field);
    return amount === null ? null : Math.round(amount * MICROS);
  };
  const { currency } = form;
  const [input, output] = [value('priceIn'), value('priceOut')];
  if ((input === null) !== (output === null))
    return { type: 'wrong', field: input === null ? 'priceIn' : 'priceOut', why: 'halfPrice' };
  return {
    type: 'read',
    price: input === null || output === null ? null : { currency, input, output },
    caps: {
      currency,
      dayTokens: value('dayTokens'),
      dayMicros: micros('dayMoney'),
      monthMicros: micros('monthMoney'),
      chatTokens: value('chatTokens'),
      chatMicros: micros('chatMoney'),
    },
  };
}

const MOST = 1_000_000_000;

/** Null where nothing stands there; undefined where that is no amount. A comma or a point stands before its parts. */
function amountIn(text: string): number | null | undefined {
  const written = text.trim();
  if (written === '') return null;
  if (!/^\d{1,10}([.,]\d{1,6})?$/.test(written)) return undefined;
  const value = Number(written.replace(',', '.'));
  return value <= MOST ? value : undefined;
}

function usualCurrency(language: Language): Currency {
  return language === 'pt-BR' ? 'BRL' : CURRENCIES[0];
}
