/** The four hints for a connection that does not hold, in the order in which they help. Offered by themselves when it falls again and again. */

import { fill } from '../../shared/locales/format.ts';
import type { AgentSnapshot } from '../../shared/wire.ts';
import { useSpeech } from '../components/layout.tsx';
import type { PopupModel } from './popup-model.ts';

/** A router that restarts makes the connection fall once or twice; more is a reason to look at the phone. */
const MANY_FALLS = 3;
const LONG_MS = 300_000;

/** `now` in epoch milliseconds. */
export function isUnsteady({ link, fellLastHour }: AgentSnapshot, now: number): boolean {
  // Nothing that is done to the phone or the link makes room on a disk.
  if (link.cause === 'disk') return false;
  return link.status === 'reconnecting' && (fellLastHour >= MANY_FALLS || now - link.since >= LONG_MS);
}

export function UnsteadyHelp({ model, agent }: { readonly model: PopupModel; readonly agent: AgentSnapshot }) {
  const { words } = useSpeech();
  const { unsteady } = words;
  const often = agent.fellLastHour >= MANY_FALLS;
  return (
    <section class="callout soft" data-is="reconnecting" aria-labelledby="unsteady">
      <h3 id="unsteady">{unsteady.heading}</h3>
      <p>{often ? fill(unsteady.fell, { count: agent.fellLastHour }) : unsteady.inOrder}</p>
      <ol class="path">
        <li>{unsteady.internet}</li>
        <li>{unsteady.background}</li>
        <li>
          <button type="button" class="in-line" onClick={() => model.open({ type: 'unlinking', agent: agent.id })}>
            {unsteady.relink}
          </button>
        </li>
        <li>{unsteady.restart}</li>
      </ol>
    </section>
  );
}
