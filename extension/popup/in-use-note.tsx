/** Linking a number that another agent holds: what happened, and the two ways out. */

import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadLinkWords } from '../../shared/locales/load.ts';
import { StatusIcon } from '../components/icons.tsx';
import { writeNumber } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { MoreAbout } from '../components/more-about.tsx';
import { useReportWords } from '../components/report-words.ts';

export function InUseNote({ holder }: { readonly holder: AgentSnapshot | null }) {
  const shared = useReportWords();
  const inUse = useWords(loadLinkWords)?.inUse;
  const number = holder?.link.account ? writeNumber(holder.link.account.number) : '';
  if (!inUse || !shared) return null;
  return (
    <>
      <section class="note" role="alert" aria-label={shared.guidance.cardTitle}>
        <div class="title">
          <h2>{shared.guidance.cardTitle}</h2>
          <span class="badge">{shared.guidance.betaBadge}</span>
        </div>
        <p class="status" data-is="attention">
          <StatusIcon of="attention" />
          {inUse.sign}
          <span class="number">{shared.statuses.offline.label}</span>
        </p>
        <p class="truth">{shared.causes['number-in-use'].sentence}</p>
        <p class="say">{holder ? fill(inUse.other, { name: holder.name, number }) : inUse.undone}</p>
      </section>
      <section class="callout">
        <h3>{inUse.heading}</h3>
        <p>{inUse.each}</p>
        <ul class="dots">
          <li>{inUse.otherNumber}</li>
          <li>{inUse.freeIt}</li>
        </ul>
        <p>
          <MoreAbout trouble="number-in-use" />
        </p>
      </section>
    </>
  );
}
