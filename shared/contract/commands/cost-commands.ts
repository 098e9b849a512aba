/** Commands about what agents cost: prices, what was spent, and how much an agent may spend. */
import * as v from 'valibot';
import { ADAPTERS } from '../agent.ts';
import { CapsSchema, KnownPriceSchema, MoneySchema, PriceSchema } from '../cost.ts';
import { agent, command, named, OF_AGENT, type ReplyOf } from './command.ts';

/** In millionths for money; `money` has an entry a currency. */
const spent = v.object({
  answers: v.number(),
  inputTokens: v.number(),
  outputTokens: v.number(),
  money: v.array(MoneySchema),
});
const price = v.nullable(KnownPriceSchema);
/** What holds where the agent has no cap of its own: answers and tokens of a day, and tokens of one chat. */
const limits = v.object({ answers: v.number(), tokens: v.number(), chatTokens: v.number() });

/** Without `price` and `caps` it only tells. A price of null is taken back: then the one that is known holds. */
export const agentCosts = command(
  'costs',
  { agent, price: v.optional(v.nullable(PriceSchema)), caps: v.optional(CapsSchema) },
  v.object({
    ...named.entries,
    /** False where no answer comes with how many tokens it took: then neither price nor limits of tokens and money mean anything. */
    countsTokens: v.boolean(),
    price,
    caps: CapsSchema,
    /** False where a limit in money holds nobody, since no cost is counted in its currency. */
    capsHold: v.boolean(),
    limits,
    today: spent,
    month: spent,
  }),
  [...OF_AGENT, 'no-price'],
);

/** Tells what a back end that is not saved would cost, and the limits that would hold; `agent`: the one that it is for. */
export const priceOfBackEnd = command(
  'costs.price',
  { agent, adapter: v.pipe(v.string(), v.picklist(ADAPTERS)), settings: v.record(v.string(), v.unknown()) },
  v.object({ price, limits }),
  OF_AGENT,
);

export type AgentCosts = ReplyOf<typeof agentCosts>;
export type Spending = AgentCosts['today'];
export type BackEndPrice = ReplyOf<typeof priceOfBackEnd>;
