/** The two steps of pairing, and their button: the same in the toolbar and in the options. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { loadPairingWords } from '../../shared/locales/load.ts';
import type { PairingWords } from '../../shared/locales/words.ts';
import { askForCode, type CodeAnswer } from '../relay-connection/code-request.ts';
import type { Refusal } from '../relay-connection/connection-state.ts';
import { isRelayThere } from '../relay-connection/relay-presence.ts';
import type { RelaySession } from '../relay-connection/relay-session.ts';
import { StatusIcon } from './icons.tsx';
import { CommandLine, useSpeech } from './layout.tsx';
import { MoreAbout } from './more-about.tsx';
import { useStartLines } from './start-lines.ts';

/** A relay that is started while this is read is found soon. */
const AGAIN_MS = 2_000;

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
    void loadPairingWords(language).then(setWords);
  }, [language]);
  return words;
}

export function PairSteps({ session, words }: Omit<Props, 'why'>) {
  const pairing = session.pairing.value;
  const field = useRef<HTMLInputElement>(null);
  const isThere = useRelayThere(session.port.value);
  const isPinned = usePinned();
  const lines = useStartLines();
  const { answer, ask } = useCodeRequest(session.port.value, isThere === true);
  // The typed code is over: the relay is asked for the next one.
  useEffect(() => {
    if (pairing === 'no-code') ask();
  }, [pairing]);
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
        <p class="truth">{isThere ? words.foundTitle : words.title}</p>
        <p class="lede">{isThere ? words.foundLede : words.lede}</p>
      </div>
      <form id="pair" onSubmit={onSubmit}>
        <ol class="steps" data-single={isThere || undefined}>
          {!isThere && (
            <li key="start">
              <p>{lines.whole ? words.stepStartHere : words.stepStart}</p>
              <CommandLine line={lines.start} />
              <details>
                <summary>{words.where}</summary>
                <p>{words.whereText}</p>
              </details>
            </li>
          )}
          {/* What is typed stays, whatever is found meanwhile. */}
          <li key="code">
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
            <p class="fine" id="code-hint" role="status">
              {answer === 'shown' ? words.codeShown : words.codeHint}
            </p>
            {answer === 'unread' && (
              <>
                <p>{lines.whole ? words.askLine : words.askLineIn}</p>
                <CommandLine line={lines.pair} />
              </>
            )}
            {answer === 'shown' && (
              <details>
                <summary>{words.another}</summary>
                <p>
                  <button type="button" class="btn small" onClick={ask}>
                    {words.showAnother}
                  </button>
                </p>
                <p>{words.anotherText}</p>
                <CommandLine line={lines.pair} />
              </details>
            )}
            <details>
              <summary>{words.port}</summary>
              <label for="port">{words.portText}</label>
              <input class="field" id="port" name="port" inputMode="numeric" defaultValue={session.port.value} />
            </details>
          </li>
        </ol>
      </form>
      {!isPinned && <p class="fine">{words.pin}</p>}
    </>
  );
}

/** Looked for again and again until it is there; null in the first moments. */
function useRelayThere(port: number): boolean | null {
  const [isThere, setThere] = useState<boolean | null>(null);
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const found = await isRelayThere(port, ended.signal);
      if (ended.signal.aborted) return;
      setThere(found);
      if (!found) timer = setTimeout(() => void look(), AGAIN_MS);
    };
    void look();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [port]);
  return isThere;
}

/** Asks for a code as soon as the relay is there; null until it has answered. While one waits in the Terminal no other is made. */
function useCodeRequest(
  port: number,
  isThere: boolean,
): { readonly answer: CodeAnswer | null; readonly ask: () => void } {
  const [answer, setAnswer] = useState<CodeAnswer | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (!isThere) return;
    const ended = new AbortController();
    void askForCode(port, ended.signal).then((given) => {
      if (!ended.signal.aborted) setAnswer(given);
    });
    return () => ended.abort();
  }, [port, isThere, asked]);
  return { answer, ask: () => setAsked((times) => times + 1) };
}

/** True where the browser does not say. */
function usePinned(): boolean {
  const [isPinned, setPinned] = useState(true);
  useEffect(() => {
    // Firefox has it under another name, and pins a new extension by itself.
    void browser.action
      ?.getUserSettings?.()
      .then(({ isOnToolbar }: { readonly isOnToolbar?: boolean }) => setPinned(isOnToolbar !== false));
  }, []);
  return isPinned;
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
            <span>
              {trouble}
              <MoreAbout trouble="pairing" />
            </span>
          </>
        )}
      </p>
      <button type="submit" class="btn primary" form="pair" disabled={pairing === 'asked'}>
        {pairing === 'asked' ? words.pairing : words.act}
      </button>
    </>
  );
}
