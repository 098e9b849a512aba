/** A relay does not answer: the button that starts it, why a press came to nothing, and the line that starts it where nothing is installed. */
import { loadPairingWords } from '../../shared/locales/load.ts';
import type { RelaySession } from '../relay-connection/relay-session.ts';
import { findWoken } from '../relay-connection/woken-relay.ts';
import { StatusIcon } from './icons.tsx';
import { CommandLine } from './layout.tsx';
import { useWords } from './loaded-words.ts';
import { useStartLines } from './start-lines.ts';
import type { Waking } from './waking.ts';

type Props = { readonly waking: Waking; readonly session: Pick<RelaySession, 'port' | 'retry'> };

export function WakeAct({ waking, session }: Props) {
  const words = useWords(loadPairingWords);
  if (!words) return null;
  const wake = (): void => waking.press('start', ({ port }) => void findWoken(session, port));
  return (
    <>
      {waking.fault && (
        <p class="status" data-is="attention" role="alert">
          <StatusIcon of="attention" />
          {words.begin.faults[waking.fault]}
        </p>
      )}
      {waking.isThere !== false && (
        <button type="button" class="btn primary" disabled={waking.isAsked} onClick={wake}>
          {waking.isAsked ? words.noRelay.waking : words.noRelay.wake}
        </button>
      )}
    </>
  );
}

/** Nothing where the program is known to be there. */
export function WakeLine({ waking }: Pick<Props, 'waking'>) {
  const words = useWords(loadPairingWords);
  const lines = useStartLines();
  if (!words || waking.isThere === true || waking.isThere === undefined) return null;
  return (
    <section class="stack">
      <h2 class="head">{words.noRelay.again}</h2>
      <CommandLine line={lines.start} />
    </section>
  );
}
