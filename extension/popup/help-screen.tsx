/** Help and limits: in plain words what it does not do, and what to do when something does not work. */
import type { ComponentChildren } from 'preact';
import { handbookPage } from '../../shared/locales/help-page.ts';
import { loadHelpWords, loadLinkWords } from '../../shared/locales/load.ts';
import type { HelpWords, LinkWords } from '../../shared/locales/words.ts';
import { useSpeech } from '../components/layout.tsx';
import { LimitList } from '../components/limit-list.tsx';
import { useWords } from '../components/loaded-words.ts';
import { openDocument } from '../components/more-about.tsx';
import { SubScreen } from '../components/sub-screen.tsx';
import type { PopupModel } from './popup-model.ts';

export function HelpScreen({ model }: { readonly model: PopupModel }) {
  const { words } = useSpeech();
  const help = useWords(loadHelpWords);
  const link = useWords(loadLinkWords);
  return (
    <SubScreen title={words.menu.help} onBack={() => model.closePanel()}>
      {help && link && <Topics help={help} link={link} />}
    </SubScreen>
  );
}

function Topics({ help, link }: { readonly help: HelpWords; readonly link: LinkWords }) {
  const { language } = useSpeech();
  const { unsteady, inUse, advice } = link;
  return (
    <>
      <section class="stack">
        <h2 class="head">{help.limitsTitle}</h2>
        <LimitList help={help} />
      </section>
      <div class="topics">
        <Topic title={advice.dedicatedNumberHeading}>
          <p>{advice.dedicatedNumber}</p>
        </Topic>
        <Topic title={help.stability.title}>
          <p>{help.stability.text}</p>
        </Topic>
        <Topic title={help.expired.title}>
          <p>{help.expired.text}</p>
        </Topic>
        <Topic title={inUse.heading}>
          <p>{help.inUseText}</p>
        </Topic>
        <Topic title={unsteady.heading}>
          <p>{help.unsteadyText}</p>
          <ol class="path">
            {[unsteady.internet, unsteady.background, unsteady.relink, unsteady.restart].map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Topic>
        <Topic title={help.business.title}>
          <p>{help.business.text}</p>
          <Comparison business={help.business} />
        </Topic>
      </div>
      <button type="button" class="btn" onClick={() => openDocument(handbookPage(language))}>
        {help.handbook}
      </button>
    </>
  );
}

function Topic({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <details class="topic">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function Comparison({ business: { here, there, rows } }: { readonly business: HelpWords['business'] }) {
  return (
    <dl class="comparison">
      {rows.map((row) => (
        <div key={row.what}>
          <dt>{row.what}</dt>
          <dd>
            {here}: {row.here}
          </dd>
          <dd>
            {there}: {row.there}
          </dd>
        </div>
      ))}
    </dl>
  );
}
