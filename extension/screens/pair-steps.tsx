/** The two steps of pairing, and their button: the same in the toolbar and in the options. */
import { useEffect, useRef } from 'preact/hooks';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import type { Refusal } from '../relay-link/link-state.ts';
import { CommandLine, useSpeech } from './frame.tsx';
import type { PopupModel } from './popup-model.ts';
import { StatusSign } from './signs.tsx';

type Props = { readonly model: Pick<PopupModel, 'pairing' | 'pair' | 'port'>; readonly why: Refusal };

export function PairSteps({ model }: Props) {
  const { words } = useSpeech();
  const pairing = model.pairing.value;
  const field = useRef<HTMLInputElement>(null);
  // The one thing to do on this screen.
  useEffect(() => field.current?.focus(), []);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const typed = new FormData(event.currentTarget);
    // Its outcome stands in the model.
    void model.pair(String(typed.get('code') ?? ''), Number(typed.get('port')));
  };
  return (
    <>
      <div class="opening">
        <p class="truth">{words.pair.title}</p>
        <p class="lede">{words.pair.lede}</p>
      </div>
      <form id="pair" onSubmit={onSubmit}>
        <ol class="steps">
          <li>
            <p>{words.pair.stepStart}</p>
            <CommandLine line={START_LINE} />
            <details>
              <summary>{words.pair.where}</summary>
              <p>{words.pair.whereText}</p>
            </details>
          </li>
          <li>
            <label for="code">{words.pair.stepCode}</label>
            <CommandLine line={`${COMMAND_LINE} pair`} />
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
              {words.pair.codeHint}
            </p>
            <details>
              <summary>{words.pair.port}</summary>
              <label for="port">{words.pair.portText}</label>
              <input class="field" id="port" name="port" inputMode="numeric" defaultValue={model.port.value} />
            </details>
          </li>
        </ol>
      </form>
    </>
  );
}

export function PairAct({ model, why }: Props) {
  const { words } = useSpeech();
  const pairing = model.pairing.value;
  const trouble =
    pairing !== null && pairing !== 'asked'
      ? words.pair.faults[pairing]
      : why === 'not-paired'
        ? null
        : words.pair.refusals[why];
  return (
    <>
      <p class="status" data-is="attention" role="alert">
        {trouble && (
          <>
            <StatusSign of="attention" />
            <span>{trouble}</span>
          </>
        )}
      </p>
      <button type="submit" class="btn primary" form="pair" disabled={pairing === 'asked'}>
        {pairing === 'asked' ? words.pair.pairing : words.pair.act}
      </button>
    </>
  );
}
