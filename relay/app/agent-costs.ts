/** What agents cost, for whoever looks: prices, what was spent, and what may be. */
import type { Caps, Price } from '../../shared/contract/cost.ts';
import { askedOf, isSameModel } from '../agents/agent.ts';
import { currencyOf, priceOf } from '../agents/prices.ts';
import type { AgentCosting, AgentView, CommonLimits } from '../api/relay-api.ts';
import { type Clock, firstOfMonth, localDay } from '../clock.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { AgentRecord, BackEnd, Spent } from '../store/agent-ledger.ts';
import type { Store } from '../store/store.ts';

export type LimitSettings = Pick<Settings, 'dailyAnswers' | 'dailyTokens' | 'chatTokensPercent'>;

/** `dayTokens`: an agent's own limit of a day, of which a chat has its share. */
export function commonLimits(
  { dailyAnswers, dailyTokens, chatTokensPercent }: LimitSettings,
  dayTokens: number | null = null,
): CommonLimits {
  return {
    answers: dailyAnswers,
    tokens: dailyTokens,
    chatTokens: Math.floor(((dayTokens ?? dailyTokens) * chatTokensPercent) / 100),
  };
}

/** The price that the owner typed in for an agent, where this back end is the one that they typed it in for. */
export function typedPrice(record: Pick<AgentRecord, 'backEnd' | 'price'> | null, backEnd: BackEnd): Price | null {
  return record !== null && isSameModel(record.backEnd, backEnd) ? record.price : null;
}

export async function costingOf(
  { id, backEnd, price, caps }: AgentRecord,
  { store, clock, limits }: { readonly store: Store; readonly clock: Clock; readonly limits: LimitSettings },
): Promise<AgentCosting> {
  const today = localDay(clock.now());
  const asked = askedOf(backEnd);
  return {
    countsTokens: asked.countsTokens,
    price: await priceOf(asked, price),
    caps,
    capsHold: await capsHold({ backEnd, price, caps }),
    limits: commonLimits(limits, caps.dayTokens),
    today: await store.agents.spent(id, today, today),
    month: await store.agents.spent(id, firstOfMonth(today), today),
  };
}

/** False where there is a limit in money that could never be reached: nothing is counted in its currency. */
export async function capsHold({
  backEnd,
  price,
  caps,
}: Pick<AgentRecord, 'backEnd' | 'price' | 'caps'>): Promise<boolean> {
  if (caps.dayMicros === null && caps.monthMicros === null && caps.chatMicros === null) return true;
  return (await currencyOf(askedOf(backEnd), price)) === caps.currency;
}

/** Money at a glance, in the currency of the agent's caps where it has any, else in that of its price; null where there is nothing to tell. */
export async function costAtAGlance(
  { id, backEnd, caps, price }: AgentRecord,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<AgentView['cost']> {
  const today = localDay(clock.now());
  const month = await store.agents.spent(id, firstOfMonth(today), today);
  const isCapped = caps.dayMicros !== null || caps.monthMicros !== null || caps.chatMicros !== null;
  const currency = isCapped ? caps.currency : (price?.currency ?? month.money[0]?.currency ?? null);
  if (currency === null || (!isCapped && month.money.length === 0)) return null;
  const amount = ({ money }: Spent): number => money.find((each) => each.currency === currency)?.micros ?? 0;
  return {
    currency,
    day: amount(await store.agents.spent(id, today, today)),
    month: amount(month),
    dayLimit: caps.dayMicros,
    monthLimit: caps.monthMicros,
    capsHold: await capsHold({ backEnd, caps, price }),
  };
}

/** True if something that was allowed before is not any more. */
export function isStricter(caps: Caps, before: Caps): boolean {
  const names = ['dayTokens', 'dayMicros', 'monthMicros', 'chatTokens', 'chatMicros'] as const;
  return (
    caps.currency !== before.currency ||
    names.some((name) => (caps[name] ?? Number.POSITIVE_INFINITY) < (before[name] ?? Number.POSITIVE_INFINITY))
  );
}
