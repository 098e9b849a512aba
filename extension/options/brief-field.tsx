/** What a model should know: asked for part by part, begun with an example of a trade, or written as the one text that the model reads. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { loadBriefWords } from '../../shared/locales/load.ts';
import type { BriefWords } from '../../shared/locales/words.ts';
import {
  BRIEF_PARTS,
  type Brief,
  type BriefHeadings,
  type BriefPart,
  readBrief,
  tokensIn,
  writeBrief,
} from '../../shared/rules/brief.ts';
import { useWords } from '../components/loaded-words.ts';
import { BriefCost, type PricedBackEnd } from './brief-cost.tsx';
import { KnowledgeField } from './knowledge-field.tsx';
import type { KnowledgeFiles } from './knowledge-files.ts';

export type Trade = BriefWords['trades'][keyof BriefWords['trades']];

type Props = {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly onTrade: (trade: Trade) => void;
  /** Which service and model would read it. */
  readonly backEnd: PricedBackEnd;
  /** Those that it reads besides; null where it reads none. */
  readonly files: KnowledgeFiles | null;
};

const PART_ROWS = 2;
const TEXT_ROWS = 12;

export function BriefField(props: Props) {
  const words = useWords(loadBriefWords);
  const known = useHeadings();
  if (words === null || known === null) return null;
  return <LoadedBrief {...props} words={words} known={known} />;
}

function LoadedBrief({
  value,
  onValue,
  onTrade,
  backEnd,
  files,
  words,
  known,
}: Props & { readonly words: BriefWords; readonly known: readonly BriefHeadings[] }) {
  const [isText, setIsText] = useState(false);
  // As typed: the text that is made of it has no line at its ends, which somebody may be about to go on from.
  const [typed, setTyped] = useState<Brief | null>(null);
  const written = useRef<string | null>(null);
  const brief = typed !== null && written.current === value ? typed : readBrief(value, known);
  const take = (next: Brief): void => {
    written.current = writeBrief(next, words.headings);
    setTyped(next);
    onValue(written.current);
  };
  const change = (part: BriefPart | 'other', text: string): void => {
    const other = value === '' && part !== 'other' ? words.start : brief.other;
    take({ ...brief, other, [part]: text });
  };
  const begin = (name: string): void => {
    const trade = Object.hasOwn(words.trades, name) ? words.trades[name as keyof BriefWords['trades']] : null;
    if (trade === null) return;
    const filled = BRIEF_PARTS.map((part) => [part, brief[part].trim() === '' ? trade[part] : brief[part]]);
    take({ ...brief, other: brief.other || words.start, ...Object.fromEntries(filled) });
    onTrade(trade);
  };
  return (
    <fieldset class="wide brief">
      <legend class="label">{words.title}</legend>
      <div class="brief-head">
        <select
          class="field"
          aria-label={words.example}
          aria-describedby="brief-keeps"
          value=""
          onChange={({ currentTarget }) => {
            begin(currentTarget.value);
            currentTarget.value = '';
          }}
        >
          <option value="">{words.example}</option>
          {Object.entries(words.trades).map(([id, { name }]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <button type="button" class="btn small" onClick={() => setIsText(!isText)}>
          {isText ? words.asForm : words.asText}
        </button>
      </div>
      <p class="hint" id="brief-keeps">
        {words.keeps}
      </p>
      {isText ? (
        <textarea
          class="field"
          data-field="instructions"
          aria-label={words.title}
          rows={TEXT_ROWS}
          value={value}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      ) : (
        <>
          <Part name="other" {...words.other} value={brief.other} onValue={(text) => change('other', text)} />
          {BRIEF_PARTS.map((part) => (
            <Part
              key={part}
              name={part}
              label={words.headings[part]}
              hint={words.hints[part]}
              value={brief[part]}
              onValue={(text) => change(part, text)}
            />
          ))}
        </>
      )}
      {files && <KnowledgeField files={files} words={words.files} />}
      <BriefCost tokens={tokensIn(value) + (files?.tokens.value ?? 0)} backEnd={backEnd} />
    </fieldset>
  );
}

function Part({
  name,
  label,
  hint,
  value,
  onValue,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  return (
    <div>
      <label class="label" for={`brief-${name}`}>
        {label}
      </label>
      <textarea
        class="field"
        id={`brief-${name}`}
        rows={PART_ROWS}
        placeholder={hint}
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </div>
  );
}

/** The headings of every language: who wrote in one may read in another. Null until they are there. */
function useHeadings(): readonly BriefHeadings[] | null {
  const [headings, setHeadings] = useState<readonly BriefHeadings[] | null>(null);
  useEffect(() => {
    void Promise.all(LANGUAGE_CODES.map(loadBriefWords)).then((all) => setHeadings(all.map((each) => each.headings)));
  }, []);
  return headings;
}
