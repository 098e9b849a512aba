/** The four hints for a connection that does not hold, in the order in which they help. Offered by themselves when it falls again and again. */

import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadLinkWords } from '../../shared/locales/load.ts';
import { useWords } from '../components/loaded-words.ts';
import type { PopupModel } from './popup-model.ts';
import { MANY_FALLS } from './unsteady.ts';

export function UnsteadyHelp({ model, agent }: { readonly model: PopupModel; readonly agent: AgentSnapshot }) {
  const unsteady = useWords(loadLinkWords)?.unsteady;
  const often = agent.fellLastHour >= MANY_FALLS;
  if (!unsteady) return null;
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
