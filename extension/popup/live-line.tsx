/** Says under the switch's word what happens now, or next. */
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { Beat } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useNow } from '../components/use-now.ts';
import { LONG_MS, liveLine } from './face.ts';

const SECOND_MS = 1_000;

export function LiveLine({ agent }: { readonly agent: AgentSnapshot }) {
  const speech = useSpeech();
  const { text, busy, long } = liveLine(agent, speech, useNow(SECOND_MS));
  return (
    <>
      {/* Told once when it becomes long, and not with each second. */}
      <span class="sr" role="status">
        {long && fill(speech.words.live.noAnswer, { seconds: LONG_MS / SECOND_MS })}
      </span>
      <small class="live">
        {busy && <Beat />}
        {text}
      </small>
    </>
  );
}
