/** The agents: who answers for which number, each with its switch and what can be done with it. */

import { handOver } from '../../shared/contract/commands/link-commands.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { answering } from '../../shared/rules/answering.ts';
import { SwitchButton } from '../components/agent-switch.tsx';
import { Icon, StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { MenuButton } from '../components/menu.tsx';
import type { MenuEntry } from '../components/menu-entry.ts';
import type { CommandFault } from '../relay-connection/command-asking.ts';
import { AgentFormCard } from './agent-form-card.tsx';
import { FaultAlert } from './alert.tsx';
import { CostsCard } from './costs-card.tsx';
import type { OptionsModel } from './options-model.ts';
import { useOptionsSpeech } from './options-speech.ts';
import { PresetGallery } from './preset-gallery.tsx';
import { SavedCard } from './saved-card.tsx';
import { Section } from './section.tsx';

type Props = { readonly model: OptionsModel; readonly snapshot: Snapshot };

export function AgentsSection({ model, snapshot: { agents } }: Props) {
  const { options } = useOptionsSpeech();
  const { form } = model;
  const costsOf = agents.find(({ id }) => id === model.costsOf.value);
  const unlinked = agents.some(({ link }) => link.account === null && link.status === 'offline');
  return (
    <Section name="agents" title={options.sections.agents} lede={options.agents.lede}>
      <ul class="list who">
        {agents.map((agent) => (
          <AgentRow key={agent.id} model={model} agent={agent} others={agents.filter((other) => other !== agent)} />
        ))}
      </ul>
      {costsOf && <CostsCard model={model} agent={costsOf} />}
      {unlinked && <p class="hint">{options.agents.toLink}</p>}
      <FaultAlert fault={form.fault.value} />
      {form.saved.value && (
        <SavedCard
          model={form}
          saved={form.saved.value}
          holder={holderFor(form.saved.value.id, agents)}
          onTalk={(id) => startTalk(model, id)}
          onUse={(holder, to) => void useNumber(model, holder, to)}
        />
      )}
      {form.form.value && <AgentFormCard model={form} form={form.form.value} ask={model.session.ask} />}
      {form.choice.open.value && <PresetGallery model={form} choice={form.choice.open.value} />}
      {!form.form.value && !form.choice.open.value && (
        <div class="actions">
          <button type="button" class="btn" onClick={() => void form.add()}>
            <Icon of="plus" />
            {options.agents.add}
          </button>
        </div>
      )}
    </Section>
  );
}

function AgentRow({
  model,
  agent,
  others,
}: {
  readonly model: OptionsModel;
  readonly agent: AgentSnapshot;
  readonly others: readonly AgentSnapshot[];
}) {
  const { options, fields, agentFaults } = useOptionsSpeech();
  const { shared, language } = useSpeech();
  const { link, name } = agent;
  const lit = answering(agent, Date.now()) === 'answering';
  const fault =
    agent.on && agent.lastFault ? faultAdvice(agentFaults, agent.lastFault.fault, agent.lastFault.httpStatus) : null;
  const remove = (): void => {
    if (others.length === 0) model.session.fault.value = { agent: agent.id, fault: { code: 'last-agent' } };
    else model.asking.value = { type: 'remove-agent', agent: agent.id };
  };
  const handOverTo = (to: string): void => {
    if (!model.session.acting.value) void model.session.act(handOver, { agent: agent.id, to });
  };
  const takers = link.account === null ? [] : others.filter((other) => other.link.account === null);
  const entries: readonly MenuEntry[] = [
    { icon: 'options', label: options.actions.edit, act: () => void model.form.edit(agent.id) },
    { icon: 'bubble', label: options.actions.test, act: () => startTalk(model, agent.id) },
    {
      icon: 'chip',
      label: options.actions.costs,
      act: () => {
        model.costsOf.value = agent.id;
      },
    },
    ...takers.map(
      (other): MenuEntry => ({
        icon: 'phone',
        label: fill(options.agents.handOver, { name: other.name }),
        act: () => handOverTo(other.id),
      }),
    ),
    { icon: 'unlink', label: options.actions.remove, act: remove, cut: true },
  ];
  return (
    <li>
      <Slip lit={lit} />
      <div>
        <b>{name}</b>
        <small>{fields.adapters[agent.adapter]?.label ?? agent.adapter}</small>
      </div>
      <div>
        <p class="status" data-is={link.status}>
          <StatusIcon of={link.status} />
          {shared.statuses[link.status].label}
        </p>
        <small>
          {link.status === 'reconnecting'
            ? fill(options.agents.since, { at: writeMoment(language, link.since, Date.now()) })
            : link.account
              ? writeNumber(link.account.number)
              : options.agents.noNumber}
        </small>
      </div>
      <small>
        {agent.today.answers === 1
          ? options.agents.todayOne
          : fill(options.agents.today, { count: agent.today.answers })}
      </small>
      {link.account !== null || agent.on ? <SwitchButton model={model} agent={agent} named /> : <span />}
      <MenuButton
        label={fill(options.actions.more, { name })}
        load={async () => (await import('../components/menu-list.tsx')).MenuList}
        with={{ entries }}
      />
      {fault && (
        <p class="alert under">
          <StatusIcon of="attention" />
          <span>
            {fault.sentence} {fault.remedy}
          </span>
        </p>
      )}
      {agent.cost?.capsHold === false && (
        <p class="alert under">
          <StatusIcon of="attention" />
          <span>{options.agents.capsIdle}</span>
        </p>
      )}
      <div class="under">
        <FaultAlert fault={clickFault(model, agent)} />
      </div>
    </li>
  );
}

/** Whose number a new agent may have: the only one that has one, where it has none of its own. */
function holderFor(id: string, agents: readonly AgentSnapshot[]): AgentSnapshot | null {
  const saved = agents.find((agent) => agent.id === id);
  const holders = agents.filter(({ link }) => link.account !== null);
  const [only] = holders;
  return saved && saved.link.account === null && only && holders.length === 1 ? only : null;
}

async function useNumber(model: OptionsModel, holder: AgentSnapshot, to: string): Promise<void> {
  if (model.session.acting.value) return;
  if (await model.session.act(handOver, { agent: holder.id, to })) model.form.saved.value = null;
}

/** The error of the last click on this agent, if it failed. */
function clickFault({ session }: OptionsModel, { id }: AgentSnapshot): CommandFault | null {
  const tried = session.switching.value;
  if (tried?.agent === id && tried.phase === 'failed') return { code: 'not-confirmed' };
  return session.fault.value?.agent === id ? session.fault.value.fault : null;
}

function startTalk(model: OptionsModel, agent: string): void {
  model.talk.choose(agent);
  document.getElementById('test')?.scrollIntoView();
  document.getElementById('test-say')?.focus({ preventScroll: true });
}

/** The note in miniature: lit only while this agent really answers. */
function Slip({ lit }: { readonly lit: boolean }) {
  return (
    <svg class="slip" data-lit={lit || undefined} width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M5 1.75h10A3.25 3.25 0 0 1 18.25 5v7.1l-6.15 6.15H5A3.25 3.25 0 0 1 1.75 15V5A3.25 3.25 0 0 1 5 1.75Z" />
      <path d="M18 12.1h-3.4a2.5 2.5 0 0 0-2.5 2.5V18" fill="none" />
    </svg>
  );
}
