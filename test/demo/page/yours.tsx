/** What stands over the stage when the story has ended: three things to try, the way to one's own number, and the story again. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { CommandLine } from '../../../extension/components/layout.tsx';
import { START_LINE } from '../../../shared/start-line.ts';
import type { Act } from '../frames.ts';
import { CHAPTERS, type DemoWords } from '../words/demo-words.ts';
import { AgainSign, PenSign, PersonSign, PlugSign } from './drawings.tsx';

type Props = { readonly words: DemoWords; act(act: Act): void };

const SIGNS = { write: PenSign, answer: PersonSign, cut: PlugSign } as const;
const TRIES = ['write', 'answer', 'cut'] as const;

export function Yours({ words: { yours }, act }: Props) {
  const [use, setUse] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const doIt: Readonly<Record<(typeof TRIES)[number], () => void>> = {
    write: () => leaveTo('write-other', () => act({ do: 'look', by: 'caio' })),
    answer: () => leaveTo('write-owner', () => act({ do: 'look', by: 'caio' })),
    cut: () => act({ do: 'cut' }),
  };
  return (
    <div class="demo-curtain">
      <section class="demo-yours" aria-labelledby="yours">
        <h2 id="yours">{yours.title}</h2>
        <p>{yours.text}</p>
        <ol>
          {TRIES.map((name, nth) => {
            const Sign = SIGNS[name];
            return (
              <li key={name}>
                <Sign />
                <b>{yours.tries[name].title}</b>
                <p>{yours.tries[name].text}</p>
                <button type="button" class="btn small" ref={nth === 0 ? first : null} onClick={doIt[name]}>
                  {yours.tries[name].act}
                </button>
              </li>
            );
          })}
        </ol>
        {use && (
          <div class="stack">
            <p>{yours.useText}</p>
            <CommandLine line={START_LINE} />
          </div>
        )}
        <div class="demo-leave">
          {!use && (
            <button type="button" class="btn primary" onClick={() => setUse(true)}>
              {yours.use}
            </button>
          )}
          <button type="button" class="btn quiet" onClick={() => act({ do: 'play', from: CHAPTERS[0] })}>
            <AgainSign />
            {yours.again}
          </button>
        </div>
      </section>
    </div>
  );
}

/** The curtain goes as soon as the server has heard of it; the field is there already. */
function leaveTo(field: string, act: () => void): void {
  act();
  const gone = new MutationObserver(() => {
    if (document.querySelector('.demo-curtain')) return;
    gone.disconnect();
    document.getElementById(field)?.focus();
  });
  gone.observe(document.body, { childList: true, subtree: true });
}
