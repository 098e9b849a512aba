/** Tells what the instructions and files cost with every answer, and for how many answers a day the limit lasts, before anything is saved. */
import { useEffect, useState } from 'preact/hooks';
import { type BackEndPrice, priceOfBackEnd } from '../../shared/contract/commands/cost-commands.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadBriefWords, loadCostWords } from '../../shared/locales/load.ts';
import { writeMoney } from '../../shared/locales/money.ts';
import { answersADay, answerTokens, costOfAnswer } from '../../shared/rules/brief.ts';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import type { Ask } from '../relay-connection/command-asking.ts';

export type PricedBackEnd = {
  readonly ask: Ask;
  /** The agent that has it, or is to have it; null while there is none. */
  readonly agent: string | null;
  readonly adapter: string;
  readonly settings: Readonly<Record<string, unknown>>;
};

export function BriefCost({ tokens, backEnd }: { readonly tokens: number; readonly backEnd: PricedBackEnd }) {
  const { language } = useSpeech();
  const brief = useWords(loadBriefWords);
  const words = useWords(loadCostWords);
  const costs = useCosts(backEnd);
  if (brief === null) return null;
  const count = (value: number): string => new Intl.NumberFormat(language).format(value);
  const said = [fill(brief.tokens, { count: count(tokens) })];
  if (words && costs) {
    const { price, limits } = costs;
    const answer = answerTokens(tokens);
    const { input, output } = answer;
    if (price && price.source !== 'own-computer') {
      const { currency, micros } = costOfAnswer(answer, price);
      said.push(fill(words.perAnswer, { money: writeMoney(language, currency, micros) }));
    }
    const answers = answersADay(answer, limits);
    const values = { tokens: count(input + output), limit: count(limits.tokens), answers: count(answers) };
    said.push(fill(words.lasts, values));
  }
  return (
    <p class="hint" role="status">
      {said.join(' ')}
    </p>
  );
}

/** Asked again where another service or model is chosen; null until it has come. */
function useCosts({ ask, agent, adapter, settings }: PricedBackEnd): BackEndPrice | null {
  const [costs, setCosts] = useState<BackEndPrice | null>(null);
  // The instructions change no price.
  const { instructions: _text, ...priced } = settings;
  const chosen = JSON.stringify([agent, adapter, priced]);
  useEffect(() => {
    let isOver = false;
    void ask(priceOfBackEnd, { ...(agent === null ? {} : { agent }), adapter, settings: priced }).then((reply) => {
      if (!isOver) setCosts(reply.ok ? reply.result : null);
    });
    return () => {
      isOver = true;
    };
  }, [chosen]);
  return costs;
}
