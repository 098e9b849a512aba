/** The screen of a browser that is not paired, or no longer: how the relay is started, and where the code goes. */

import { Bar, Main } from '../components/layout.tsx';
import { PairAct, PairSteps, usePairWords } from '../components/pair-steps.tsx';
import type { Refusal } from '../relay-connection/connection-state.ts';
import { Menu } from './popup-menu.tsx';
import type { PopupModel } from './popup-model.ts';

export function PairScreen({ model, why }: { readonly model: PopupModel; readonly why: Refusal }) {
  const words = usePairWords();
  if (!words) return <Bar />;
  return (
    <>
      <Bar>
        <Menu model={model} agent={null} />
      </Bar>
      <Main>
        <PairSteps session={model.session} words={words} />
      </Main>
      <footer class="act">
        <PairAct session={model.session} why={why} words={words} />
      </footer>
    </>
  );
}
