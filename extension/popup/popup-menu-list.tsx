/** What opens under `⋮`. */
import { browser } from 'wxt/browser';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { inAnHour, tomorrowMorning } from '../../shared/rules/switch-times.ts';
import { useSpeech } from '../components/layout.tsx';
import type { MenuEntry, OpenMenu } from '../components/menu-entry.ts';
import { MenuList } from '../components/menu-list.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot | null };

export function PopupMenuList({ model, agent, ...open }: Props & OpenMenu) {
  const { menu } = useSpeech().words;
  const offUntil = (until: (now: number) => number) => () => {
    if (agent) void model.switchTo(agent, false, { until: until(Date.now()) });
  };
  const opens = (type: 'answered' | 'schedule' | 'unlinking') => () => {
    if (agent) model.open({ type, agent: agent.id });
  };
  const entries: readonly (MenuEntry | false | undefined)[] = [
    agent !== null && { icon: 'answered', label: menu.answered, act: opens('answered') },
    agent !== null && { icon: 'clock', label: menu.schedule, act: opens('schedule') },
    agent?.on && { icon: 'clock', label: menu.offForAnHour, act: offUntil(inAnHour) },
    agent?.on && { icon: 'clock', label: menu.offUntilTomorrow, act: offUntil(tomorrowMorning) },
    { icon: 'options', label: menu.options, act: () => void browser.runtime.openOptionsPage() },
    { icon: 'help', label: menu.help, act: () => model.open({ type: 'help', agent: null }) },
    agent !== null &&
      agent.link.account !== null && {
        icon: 'unlink',
        label: menu.unlink,
        act: opens('unlinking'),
        cut: true,
        key: menu.deleteKey,
      },
  ];
  return <MenuList {...open} entries={entries.filter((entry) => entry !== false && entry !== undefined)} />;
}
