/** Opens an agent's form in the options, beside the popup, which closes. */
import { browser } from 'wxt/browser';
import type { AgentFault } from '../../shared/contract/agent.ts';
import { hashOf } from '../components/options-link.ts';

/** At the field that `fault` is about, where there is one. */
export function openAgent(agent: string, fault: AgentFault | null): void {
  const page = `${browser.runtime.getURL('/options.html')}${hashOf({ agent, fault })}`;
  void browser.tabs.create({ url: page }).then(() => window.close());
}
