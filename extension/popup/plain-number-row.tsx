/** The number's row without a reason: what this browser kept, and what stands there until the words of a reason are loaded. */
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';

export function PlainNumberRow({ agent: { link } }: { readonly agent: AgentSnapshot }) {
  const { shared } = useSpeech();
  return (
    <li data-is={link.status} class="status">
      <p>
        <StatusIcon of={link.status} />
        <span class="what">{shared.statuses[link.status].label}</span>
        <span class="aside number">{link.account && writeNumber(link.account.number)}</span>
      </p>
    </li>
  );
}
