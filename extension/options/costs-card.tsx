/** Shows what an agent has cost today and this month, and asks for its price and how much it may spend. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type AgentCosts, agentCosts, type Spending } from '../../shared/contract/commands/cost-commands.ts';
import { CURRENCIES, type Currency, MICROS } from '../../shared/contract/cost.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadCostWords } from '../../shared/locales/load.ts';
import { writeMoney } from '../../shared/locales/money.ts';
import type { CostWords } from '../../shared/locales/words.ts';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import type { CommandFault } from '../relay-connection/command-asking.ts';
import { Alert, FaultAlert } from './alert.tsx';
import { type CostField, type CostForm, costFormOf, MONEY_FIELDS, readCostForm, TOKEN_FIELDS } from './cost-form.ts';
import type { OptionsModel } from './options-model.ts';
import { useOptionsSpeech } from './options-speech.ts';

type Props = { readonly model: OptionsModel; readonly agent: AgentSnapshot };
type Wrong = { readonly field: CostField; readonly why: 'notAmount' | 'halfPrice' };

export function CostsCard({ model, agent }: Props) {
  const words = useWords(loadCostWords);
  return words && <LoadedCard key={agent.id} model={model} agent={agent} words={words} />;
}

function LoadedCard({ model, agent, words }: Props & { readonly words: CostWords }) {
  const { options } = useOptionsSpeech();
  const { language } = useSpeech();
  const [told, setTold] = useState<AgentCosts | null>(null);
  const [form, setForm] = useState<CostForm | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [fault, setFault] = useState<CommandFault | null>(null);
  const [saved, setSaved] = useState(false);
  const card = useRef<HTMLFormElement>(null);
  const heard = (costs: AgentCosts, fills: boolean): void => {
    setTold(costs);
    if (fills) setForm(costFormOf(costs, language));
  };
  const { answers, inputTokens, outputTokens } = agent.today;
  useEffect(() => {
    void model.session.ask(agentCosts, { agent: agent.id }).then((reply) => {
      if (reply.ok) heard(reply.result, form === null);
      else setFault(reply.fault);
    });
  }, [answers, inputTokens, outputTokens]);
  useEffect(() => card.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [wrong]);
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' });
    card.current?.querySelector('h3')?.focus();
  }, [told === null]);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (form === null) return;
    const read = readCostForm(form);
    setSaved(false);
    setWrong(read.type === 'wrong' ? read : null);
    if (read.type === 'wrong') return;
    const { price, caps } = read;
    const reply = await model.session.ask(agentCosts, { agent: agent.id, price, caps });
    setFault(reply.ok ? null : reply.fault);
    if (!reply.ok) return;
    heard(reply.result, true);
    setSaved(true);
  };
  const change = (part: Partial<CostForm>): void => {
    setSaved(false);
    if (form) setForm({ ...form, ...part });
  };
  const field = (name: CostField, placeholder = '') => (
    <Amount
      key={name}
      name={name}
      label={words[name]}
      placeholder={placeholder}
      value={form?.[name] ?? ''}
      wrong={wrong?.field === name ? words[wrong.why] : null}
      onValue={(value) => change({ [name]: value })}
    />
  );
  const common = (count: number): string =>
    fill(words.common, { count: new Intl.NumberFormat(language).format(count) });
  return (
    <form class="card costs" ref={card} noValidate onSubmit={(event) => void save(event)}>
      <h3 tabIndex={-1}>{fill(words.title, { name: agent.name })}</h3>
      <p class="hint">{words.lede}</p>
      <FaultAlert fault={fault} />
      {told && form && (
        <>
          <SpentTable told={told} words={words} />
          <p>{sayPrice(told, words, language)}</p>
          <Alert text={told.capsHold ? null : words.idle} />
        </>
      )}
      {told?.countsTokens && form && (
        <>
          <fieldset class="amounts">
            <legend class="label">{words.priceTitle}</legend>
            <div>
              <label class="label" for="cost-currency">
                {words.currency}
              </label>
              <select
                class="field"
                id="cost-currency"
                value={form.currency}
                onChange={({ currentTarget }) => change({ currency: currentTarget.value as Currency })}
              >
                {CURRENCIES.map((code) => (
                  <option key={code} value={code}>
                    {code}
                  </option>
                ))}
              </select>
            </div>
            {MONEY_FIELDS.slice(0, 2).map((name) => field(name))}
            <p class="hint">{words.priceHint}</p>
          </fieldset>
          <fieldset class="amounts">
            <legend class="label">{words.limitTitle}</legend>
            {MONEY_FIELDS.slice(2).map((name) => field(name))}
            {TOKEN_FIELDS.map((name) =>
              field(name, common(name === 'dayTokens' ? told.limits.tokens : told.limits.chatTokens)),
            )}
            <p class="hint">{words.limitHint}</p>
          </fieldset>
          <p class="hint" role="status">
            {saved && words.saved}
          </p>
        </>
      )}
      <div class="actions">
        {told?.countsTokens && (
          <button type="submit" class="btn primary">
            {words.save}
          </button>
        )}
        <button
          type="button"
          class="btn"
          onClick={() => {
            model.costsOf.value = null;
          }}
        >
          {options.actions.close}
        </button>
      </div>
    </form>
  );
}

function SpentTable({ told, words }: { readonly told: AgentCosts; readonly words: CostWords }) {
  const { language } = useSpeech();
  const count = new Intl.NumberFormat(language);
  const row = (label: string, { answers, inputTokens, outputTokens, money }: Spending) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{count.format(answers)}</td>
      <td>{count.format(inputTokens + outputTokens)}</td>
      <td>{money.map(({ currency, micros }) => writeMoney(language, currency, micros)).join(' + ') || '–'}</td>
    </tr>
  );
  return (
    <table class="spent">
      <thead>
        <tr>
          <td />
          <th scope="col">{words.answers}</th>
          <th scope="col">{words.tokens}</th>
          <th scope="col">{words.money}</th>
        </tr>
      </thead>
      <tbody>
        {row(words.today, told.today)}
        {row(words.month, told.month)}
      </tbody>
    </table>
  );
}

function sayPrice(
  { price, countsTokens }: AgentCosts,
  words: CostWords,
  language: Parameters<typeof writeMoney>[0],
): string {
  if (price?.source === 'own-computer') return words.free;
  if (!countsTokens) return words.silent;
  if (price === null) return words.unknown;
  const write = (amount: number): string => writeMoney(language, price.currency, Math.round(amount * MICROS));
  const values = { input: write(price.input), output: write(price.output) };
  if (price.source === 'typed') return fill(words.typed, values);
  // A day without an hour is of no time zone.
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return fill(words.known, { ...values, date: date.format(Date.parse(price.asOf ?? '')) });
}

function Amount({
  name,
  label,
  placeholder,
  value,
  wrong,
  onValue,
}: {
  readonly name: CostField;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly wrong: string | null;
  readonly onValue: (value: string) => void;
}) {
  return (
    <div>
      <label class="label" for={`cost-${name}`}>
        {label}
      </label>
      <input
        class="field"
        id={`cost-${name}`}
        inputMode="decimal"
        autocomplete="off"
        placeholder={placeholder}
        value={value}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `cost-${name}-wrong`}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
      {wrong !== null && (
        <p class="wrong" id={`cost-${name}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}
