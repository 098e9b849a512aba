/** The two steps of pairing, and their button: the same in the toolbar and in the options. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { pairingWordsIn } from '../../shared/locales/load.ts';
import type { PairingWords } from '../../shared/locales/words.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import type { Refusal } from '../relay-connection/connection-state.ts';
import type { RelaySession } from '../relay-connection/relay-session.ts';
import { StatusIcon } from './icons.tsx';
import { CommandLine, useSpeech } from './layout.tsx';

type Props = {
  readonly session: Pick<RelaySession, 'pairing' | 'pair' | 'port'>;
  readonly why: Refusal;
  readonly words: PairingWords;
};

/** Null until they are there: a browser that is paired never loads them. */
export function usePairWords(): PairingWords | null {
  const { language } = useSpeech();
  const [words, setWords] = useState<PairingWords | null>(null);
  useEffect(() => {
    void pairingWordsIn(language).then(setWords);
  }, [language]);
  return words;
}

export function PairSteps({ session, words }: Omit<Props, 'why'>) {
  const pairing = session.pairing.value;
  const field = useRef<HTMLInputElement>(null);
  // The one thing to do on this screen.
  useEffect(() => field.current?.focus(), []);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const typed = new FormData(event.currentTarget);
    // Its outcome stands in the session.
    void session.pair(String(typed.get('code') ?? ''), Number(typed.get('port')));
  };
  return (
    <>
      <div class="opening">
        <p class="truth">{words.title}</p>
        <p class="lede">{words.lede}</p>
      </div>
      <form id="pair" onSubmit={onSubmit}>
        <ol class="steps">
          <li>
            <p>{words.stepStart}</p>
            <CommandLine line={START_LINE} />
            <details>
              <summary>{words.where}</summary>
              <p>{words.whereText}</p>
            </details>
          </li>
          <li>
            <label for="code">{words.stepCode}</label>
            <input
              class="field code"
              id="code"
              name="code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={24}
              placeholder="XXXXX-XXXXX"
              aria-describedby="code-hint"
              aria-invalid={pairing !== null && pairing !== 'asked'}
              ref={field}
            />
            <p class="fine" id="code-hint">
              {words.codeHint}
            </p>
            <details>
              <summary>{words.another}</summary>
              <p>{words.anotherText}</p>
              <CommandLine line={`${COMMAND_LINE} pair`} />
            </details>
            <details>
              <summary>{words.port}</summary>
              <label for="port">{words.portText}</label>
              <input class="field" id="port" name="port" inputMode="numeric" defaultValue={session.port.value} />
            </details>
          </li>
        </ol>
      </form>
    </>
  );
}

export function PairAct({ session, why, words }: Props) {
  const pairing = session.pairing.value;
  const trouble =
    pairing !== null && pairing !== 'asked' ? words.faults[pairing] : why === 'not-paired' ? null : words.refusals[why];
  return (
    <>
      <p class="status" data-is="attention" role="alert">
        {trouble && (
          <>
            <StatusIcon of="attention" />
            <span>{trouble}</span>
          </>
        )}
      </p>
      <button type="submit" class="btn primary" form="pair" disabled={pairing === 'asked'}>
        {pairing === 'asked' ? words.pairing : words.act}
      </button>
    </>
  );
}
