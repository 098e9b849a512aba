/** The linking panel: the steps on the phone, the code, how long it lasts; after the scan, what is happening instead. */

import { create } from 'qrcode/lib/core/qrcode.js';
import type { Code } from '../../shared/commands/link-commands.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { fill } from '../../shared/locales/format.ts';
import type { AgentSnapshot } from '../../shared/wire.ts';
import { StatusIcon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { SubScreen } from '../components/sub-screen.tsx';
import { useNow } from '../components/use-now.ts';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  readonly code: Code | null;
  /** Whether there are several agents: then it is said whose number this becomes. */
  readonly named: boolean;
};

const SECOND_MS = 1_000;
const QUIET_MODULES = 2;

export function LinkingScreen({ model, agent, code, named }: Props) {
  const { words, shared } = useSpeech();
  const { label, description } = describeReport(agent.link, shared);
  const read = agent.link.phase === 'finishing' || agent.link.phase === 'opening';
  const shown = !read && agent.link.qr !== null ? code : null;
  return (
    <>
      <SubScreen
        title={named ? `${words.card.scan}: ${agent.name}` : words.card.scan}
        onBack={() => model.closePanel()}
      >
        {read ? (
          <div class="opening">
            <p class="truth">{words.linking.read}</p>
            <p class="lede">{words.linking.readText}</p>
          </div>
        ) : (
          <>
            <ol class="path">
              {words.linking.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <figure class="qr">{shown && <QrPicture text={shown.text} label={words.card.scan} />}</figure>
          </>
        )}
        <div class="tick">
          <p class="status" data-is={agent.link.status}>
            <StatusIcon of={agent.link.status} />
            {label}
            {shown && <span class="number">{fill(words.linking.code, { number: shown.number, of: shown.of })}</span>}
          </p>
          <p class="say">{shown || read ? description : words.linking.preparing}</p>
          {read && <p class="fine">{words.linking.cancelAfterScan}</p>}
          {shown && <Countdown key={shown.number} expiresAt={shown.expiresAt} />}
        </div>
      </SubScreen>
      <footer class="act">
        <button type="button" class="btn" onClick={() => void model.cancelLinking(agent.id)}>
          {words.linking.cancel}
        </button>
      </footer>
    </>
  );
}

/** Drawn as one path, sharp at any zoom. Black on white in every theme: cameras want it so. */
function QrPicture({ text, label }: { readonly text: string; readonly label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'L' });
  let path = '';
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
  }
  const side = modules.size + 2 * QUIET_MODULES;
  return (
    <svg role="img" aria-label={label} viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${side} ${side}`}>
      <path d={path} fill="#000" />
    </svg>
  );
}

function Countdown({ expiresAt }: { readonly expiresAt: number }) {
  const { words } = useSpeech();
  const now = useNow(SECOND_MS);
  const seconds = Math.max(0, Math.ceil((expiresAt - now) / SECOND_MS));
  return <p class="fine">{fill(words.linking.seconds, { seconds })}</p>;
}
