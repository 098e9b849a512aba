/** The linking panel: the steps on the phone, the code, how long it lasts; after the scan, what is happening instead. */

import { useState } from 'preact/hooks';
import { create } from 'qrcode/lib/core/qrcode.js';
import type { Code } from '../../shared/contract/commands/link-commands.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadLinkWords } from '../../shared/locales/load.ts';
import type { LinkWords } from '../../shared/locales/words.ts';
import { phoneDigits } from '../../shared/rules/phone-number.ts';
import { StatusIcon } from '../components/icons.tsx';
import { Bar, useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { useReportWords } from '../components/report-words.ts';
import { SubScreen } from '../components/sub-screen.tsx';
import { useNow } from '../components/use-now.ts';
import { openPasskeyPage } from './passkey-page-tab.ts';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  readonly code: Code | null;
  /** True if there are several agents: then it is said whose number this becomes. */
  readonly named: boolean;
};

const SECOND_MS = 1_000;
const QUIET_MODULES = 2;

export function LinkingScreen({ model, agent, code, named }: Props) {
  const { words } = useSpeech();
  const linking = useWords(loadLinkWords)?.linking;
  const reportWords = useReportWords();
  const { phase } = agent.link;
  const read = phase === 'finishing' || phase === 'opening';
  const asksPasskey = phase.startsWith('passkey-');
  const typed = phase === 'code-typed';
  const worn = phase === 'code-worn';
  const shown = !read && agent.link.qr !== null ? code : null;
  if (!linking || !reportWords) return <Bar />;
  const { label, description } = describeReport(agent.link, reportWords);
  return (
    <>
      <SubScreen
        title={named ? `${words.card.scan}: ${agent.name}` : words.card.scan}
        onBack={() => model.closePanel()}
      >
        {read || typed || worn || asksPasskey ? (
          <div class="opening">
            <p class="truth">{read ? linking.read : description}</p>
            {!worn && <p class="lede">{asksPasskey ? linking.passkeyText : linking.readText}</p>}
          </div>
        ) : (
          <>
            <ol class="path">
              {linking.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            {shown?.event === 'phone-code' ? (
              <Letters text={shown.text} linking={linking} />
            ) : (
              <figure class="qr">{shown && <QrPicture text={shown.text} label={words.card.scan} />}</figure>
            )}
          </>
        )}
        <div class="tick">
          <p class="status" data-is={agent.link.status}>
            <StatusIcon of={agent.link.status} />
            {label}
            {shown && (
              <span class="number">
                {fill(linking.code, { number: shown.number, of: shown.of })}{' '}
                <Countdown key={shown.number} sentence={linking.seconds} expiresAt={shown.expiresAt} />
              </span>
            )}
          </p>
          {!asksPasskey && !typed && !worn && <p class="say">{shown || read ? description : linking.preparing}</p>}
          {read && <p class="fine">{linking.cancelAfterScan}</p>}
          {shown?.event === 'qr' && <ByLetters model={model} agent={agent.id} linking={linking} />}
        </div>
      </SubScreen>
      <footer class="act">
        {asksPasskey && (
          <button type="button" class="btn primary" onClick={() => openPasskeyPage(agent.id)}>
            {words.card.passkeyGo}
          </button>
        )}
        {worn && (
          <button type="button" class="btn primary" onClick={() => void model.newLinkCode(agent.id)}>
            {linking.newCode}
          </button>
        )}
        <button type="button" class="btn" onClick={() => void model.cancelLinking(agent.id)}>
          {words.card.cancel}
        </button>
      </footer>
    </>
  );
}

/** A code for the phone on which nothing can be scanned, as when this popup is open on it. */
function Letters({ text, linking }: { readonly text: string; readonly linking: LinkWords['linking'] }) {
  return (
    <div class="opening">
      <p class="lede">{linking.phoneCodeStep}</p>
      <p class="compared">{text}</p>
      <p class="fine">{linking.fresh}</p>
    </div>
  );
}

type ByLettersProps = Pick<Props, 'model'> & { readonly agent: string; readonly linking: LinkWords['linking'] };

function ByLetters({ model, agent, linking }: ByLettersProps) {
  const [wrong, setWrong] = useState(false);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const typed = String(new FormData(event.currentTarget).get('number') ?? '');
    const digits = phoneDigits(typed);
    setWrong(digits === null);
    if (digits !== null) void model.openLinking(agent, digits);
  };
  return (
    <details>
      <summary>{linking.byLetters}</summary>
      <form class="stack" onSubmit={onSubmit} noValidate>
        <label class="label" for="number">
          {linking.number}
        </label>
        <input
          class="field"
          id="number"
          name="number"
          type="tel"
          autocomplete="off"
          aria-describedby="number-hint"
          aria-invalid={wrong}
        />
        <p class={wrong ? 'wrong' : 'fine'} id="number-hint" role={wrong ? 'alert' : undefined}>
          {wrong ? linking.wrongNumber : linking.numberHint}
        </p>
        <button type="submit" class="btn">
          {linking.getLetters}
        </button>
      </form>
    </details>
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

function Countdown({ sentence, expiresAt }: { readonly sentence: string; readonly expiresAt: number }) {
  const now = useNow(SECOND_MS);
  const seconds = Math.max(0, Math.ceil((expiresAt - now) / SECOND_MS));
  return <span class="left">{fill(sentence, { seconds })}</span>;
}
