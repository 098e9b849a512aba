/** `⋮`: what is needed seldom. */
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { useSpeech } from '../components/layout.tsx';
import { MenuButton } from '../components/menu.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  /** Null where the relay does not speak, or no agent is chosen: then only what needs neither. */
  readonly agent: AgentSnapshot | null;
};

export function Menu({ model, agent }: Props) {
  const load = async () => (await import('./popup-menu-list.tsx')).PopupMenuList;
  return <MenuButton label={useSpeech().words.menu.open} load={load} with={{ model, agent }} />;
}
