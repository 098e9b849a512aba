/** The two steps of pairing, and their button: the same in the toolbar and in the options. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { loadPairingWords } from '../../shared/locales/load.ts';
import type { PairingWords } from '../../shared/locales/words.ts';
import { askForCode, type CodeAnswer } from '../relay-connection/code-request.ts';
import type { Refusal } from '../relay-connection/connection-state.ts';
import { isRelayThere } from '../relay-connection/relay-presence.ts';
import type { RelaySession } from '../relay-connection/relay-session.ts';
import { useFirstFocus } from './first-focus.ts';
import { StatusIcon } from './icons.tsx';
import { CommandLine } from './layout.tsx';
import { useWords } from './loaded-words.ts';
import { MoreAbout } from './more-about.tsx';
import { usePinned } from './pinned.ts';
import { useStartLines } from './start-lines.ts';
import { useWaking, type Waking } from './waking.ts';

/** A relay that is started while this is read is found soon. */
const AGAIN_MS = 2_000;

type PairingSession = Pick<RelaySession, 'pairing' | 'pair' | 'port'>;

/** How this browser is paired: by one click, where the program on this computer hands a code over, or by a code that is typed. */
export type PairingWay = {
  readonly session: PairingSession;
  readonly words: PairingWords;
  readonly waking: Waking;
  /** A relay answers at the port, or none does; null in the first moments. */
  readonly isRelayThere: boolean | null;
  /** Null until it is known what is there. */
  readonly by: 'click' | 'code' | null;
  choose(by: 'click' | 'code'): void;
  /** At a click: by which the browser is paired, if all is there. */
  begin(): void;
};

/** Null until the words are there: a browser that is paired never loads them. */
export function usePairingWay(session: PairingSession): PairingWay | null {
  const words = useWords(loadPairingWords);
  const waking = useWaking();
  const isRelayThere = useRelayThere(session.port.value);
  const [chosen, setChosen] = useState<'click' | 'code' | null>(null);
  const begin = (): void => {
    setChosen('click');
    waking.press('pair', ({ code, port }) => void session.pair(code ?? '', port));
  };
  if (!words) return null;
  return { session, words, waking, isRelayThere, by: wayOf(chosen, waking, isRelayThere), choose: setChosen, begin };
}

/** A relay that somebody has started in a Terminal shows a code there; one that is installed needs none. */
function wayOf(chosen: PairingWay['by'], { isThere }: Waking, isRelayThere: boolean | null): PairingWay['by'] {
  if (isThere === undefined || isRelayThere === null) return null;
  if (isThere === false) return 'code';
  return chosen ?? (isThere || !isRelayThere ? 'click' : 'code');
}

type StepsProps = {
  readonly way: PairingWay;
  /** This page says how the button is pinned: nothing else on it does. */
  readonly saysPin?: boolean;
};

export function PairSteps({ way, saysPin = true }: StepsProps) {
  if (way.by === null) return null;
  return way.by === 'click' ? <ByClick way={way} saysPin={saysPin} /> : <ByCode way={way} saysPin={saysPin} />;
}

function ByClick({ way, saysPin }: Required<StepsProps>) {
  const { begin } = way.words;
  const isPinned = usePinned();
  return (
    <>
      <div class="opening">
        <p class="truth">{begin.title}</p>
        <p class="lede">{begin.lede}</p>
      </div>
      {way.waking.isThere && (
        <p class="status" data-is="connected">
          <StatusIcon of="connected" />
          {begin.ready}
        </p>
      )}
      {saysPin && !isPinned && <p class="fine">{way.words.pin}</p>}
    </>
  );
}

function ByCode({ way, saysPin }: Required<StepsProps>) {
  const { session, words, waking } = way;
  const isThere = way.isRelayThere;
  const pairing = session.pairing.value;
  const field = useRef<HTMLInputElement>(null);
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
      {waking.isThere !== false && (
        <p>
          <button type="button" class="btn" disabled={waking.isAsked} onClick={() => way.begin()}>
            {words.begin.withoutCode}
          </button>
        </p>
      )}
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
      {saysPin && !isPinned && <p class="fine">{words.pin}</p>}
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

export function PairAct({ way, why }: { readonly way: PairingWay; readonly why: Refusal }) {
  const { session, words, waking } = way;
  const pairing = session.pairing.value;
  const wakeFault = waking.fault && words.begin.faults[waking.fault];
  const pairFault = pairing !== null && pairing !== 'asked' ? words.faults[pairing] : null;
  const trouble = pairFault ?? wakeFault ?? (why === 'not-paired' ? null : words.refusals[why]);
  const isAsked = pairing === 'asked' || waking.isAsked;
  const first = useFirstFocus<HTMLButtonElement>(way.by === 'click');
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
      {way.by === 'click' && (
        <button type="button" class="btn primary" ref={first} disabled={isAsked} onClick={() => way.begin()}>
          {isAsked ? words.begin.acting : words.begin.act}
        </button>
      )}
      {way.by === 'click' && (
        <button type="button" class="btn quiet by-code" onClick={() => way.choose('code')}>
          {words.begin.byCode}
        </button>
      )}
      {way.by === 'code' && (
        <button type="submit" class="btn primary" form="pair" disabled={isAsked}>
          {pairing === 'asked' ? words.pairing : words.act}
        </button>
      )}
    </>
  );
}

/** Steps and button on a page that scrolls as a whole. */
export function PairForm({ way, why, saysPin = true }: StepsProps & { readonly why: Refusal }) {
  return (
    <>
      <PairSteps way={way} saysPin={saysPin} />
      <div class="pair-act">
        <PairAct way={way} why={why} />
      </div>
    </>
  );
}
