/** `⋮`: what is needed seldom. */
import { browser } from 'wxt/browser';
import { inAnHour, tomorrowMorning } from '../../shared/switch-times.ts';
import type { AgentSnapshot } from '../../shared/wire.ts';
import { useSpeech } from '../components/layout.tsx';
import { Item, MenuButton } from '../components/menu.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  /** Null where the relay does not speak, or no agent is chosen: then only what needs neither. */
  readonly agent: AgentSnapshot | null;
};

export function Menu({ model, agent }: Props) {
  const { words } = useSpeech();
  return (
    <MenuButton label={words.menu.open}>
      {(act) => (
        <>
          {agent && (
            <Item icon="answered" onChoose={act(() => model.open({ type: 'answered', agent: agent.id }))}>
              {words.menu.answered}
            </Item>
          )}
          {agent && (
            <Item icon="clock" onChoose={act(() => model.open({ type: 'schedule', agent: agent.id }))}>
              {words.menu.schedule}
            </Item>
          )}
          {agent?.on && (
            <>
              <Item
                icon="clock"
                onChoose={act(() => void model.switchTo(agent, false, { until: inAnHour(Date.now()) }))}
              >
                {words.menu.offForAnHour}
              </Item>
              <Item
                icon="clock"
                onChoose={act(() => void model.switchTo(agent, false, { until: tomorrowMorning(Date.now()) }))}
              >
                {words.menu.offUntilTomorrow}
              </Item>
            </>
          )}
          <Item icon="options" onChoose={act(() => void browser.runtime.openOptionsPage())}>
            {words.menu.options}
          </Item>
          <Item icon="help" onChoose={act(() => model.open({ type: 'help', agent: null }))}>
            {words.menu.help}
          </Item>
          {agent?.link.account && (
            <>
              <hr />
              <Item icon="unlink" cut onChoose={act(() => model.open({ type: 'unlinking', agent: agent.id }))}>
                {words.unlink.act}
              </Item>
            </>
          )}
        </>
      )}
    </MenuButton>
  );
}
