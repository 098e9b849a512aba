/** The files that a model reads with every question: chosen, listed with what each takes, and taken away. */
import { useRef } from 'preact/hooks';
import { MOST_FILE_BYTES } from '../../shared/contract/knowledge.ts';
import { fill } from '../../shared/locales/format.ts';
import type { BriefWords } from '../../shared/locales/words.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { Alert, FaultAlert } from './alert.tsx';
import type { KnowledgeFiles } from './knowledge-files.ts';

const KINDS = '.txt,.md,.markdown,text/plain,text/markdown';
const KILO = 1_024;

export function KnowledgeField({
  files,
  words,
}: {
  readonly files: KnowledgeFiles;
  readonly words: BriefWords['files'];
}) {
  const { language } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const count = new Intl.NumberFormat(language);
  const size = (bytes: number): string => `${count.format(Math.max(1, Math.round(bytes / KILO)))} kB`;
  const { problem, sending } = files;
  const most = size(MOST_FILE_BYTES);
  return (
    <div class="files">
      <p class="label" id="files-title">
        {words.title}
      </p>
      <p class="hint">{fill(words.hint, { size: most })}</p>
      {files.shown.value.length > 0 && (
        <ul aria-labelledby="files-title">
          {files.shown.value.map(({ name, bytes, tokens, isNew }) => (
            <li key={name}>
              <b>{name}</b>
              <small>
                {size(bytes)}, {fill(words.tokens, { count: count.format(tokens) })}
                {isNew && ` · ${words.unsaved}`}
              </small>
              <button
                type="button"
                class="btn small quiet"
                aria-label={fill(words.removeNamed, { name })}
                onClick={() => {
                  files.remove(name);
                  add.current?.focus();
                }}
              >
                {words.remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={KINDS}
        onChange={({ currentTarget }) => {
          void files.pick([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <button ref={add} type="button" class="btn small" onClick={() => input.current?.click()}>
        <Icon of="plus" />
        {words.add}
      </button>
      <Alert
        text={problem.value && fill(words.problems[problem.value.why], { name: problem.value.name, size: most })}
      />
      <FaultAlert fault={files.fault.value} />
      <p class="hint" role="status">
        {sending.value && fill(words.sending, { ...sending.value })}
      </p>
    </div>
  );
}
