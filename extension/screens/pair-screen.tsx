/** Not paired, or not any more: how the relay is started, and where the code goes. */
import type { Refusal } from '../relay-link/link-state.ts';
import { Bar, Main } from './frame.tsx';
import { Menu } from './menu.tsx';
import { PairAct, PairSteps, usePairWords } from './pair-steps.tsx';
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
        <PairSteps model={model} words={words} />
      </Main>
      <footer class="act">
        <PairAct model={model} why={why} words={words} />
      </footer>
    </>
  );
}
