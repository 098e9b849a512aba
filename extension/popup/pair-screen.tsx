/** The screen of a browser that is not paired, or no longer: how the relay is started, and where the code goes. */

import { Bar, Main } from '../components/layout.tsx';
import { PairAct, PairSteps, usePairingWay } from '../components/pair-steps.tsx';
import type { Refusal } from '../relay-connection/connection-state.ts';
import { Menu } from './popup-menu.tsx';
import type { PopupModel } from './popup-model.ts';

export function PairScreen({ model, why }: { readonly model: PopupModel; readonly why: Refusal }) {
  const way = usePairingWay(model.session);
  if (!way) return <Bar />;
  return (
    <>
      <Bar>
        <Menu model={model} agent={null} />
      </Bar>
      <Main>
        <PairSteps way={way} />
      </Main>
      <footer class="act">
        <PairAct way={way} why={why} />
      </footer>
    </>
  );
}
