/** What the relay keeps, in the owner's hands: a copy of it, and the ways to be rid of it. */
import { fill } from '../../shared/locales/format.ts';
import { CommandLine, useSpeech } from '../components/layout.tsx';
import { FaultAlert } from './alert.tsx';
import type { OptionsModel } from './options-model.ts';
import { useOptionsSpeech } from './options-speech.ts';
import { writeSize } from './quantities.ts';
import { Section } from './section.tsx';

export function DataSection({ model }: { readonly model: OptionsModel }) {
  const { options } = useOptionsSpeech();
  const { language } = useSpeech();
  const { data } = options;
  const { keeping } = model;
  const file = keeping.exported.value;
  const erasing = keeping.erasing.value !== null;
  return (
    <Section name="data" title={options.sections.data} lede={data.lede}>
      <ul class="list acts">
        <li>
          <div>
            <b>{data.exportTitle}</b>
            <small>{data.exportText}</small>
          </div>
          <button
            type="button"
            class="btn small"
            disabled={keeping.exporting.value}
            onClick={() => void keeping.export()}
          >
            {data.exportAct}
          </button>
          {file && (
            <div class="under">
              <p class="hint">{fill(data.exported, { size: writeSize(language, file.bytes) })}</p>
              <CommandLine line={file.path} />
            </div>
          )}
        </li>
        <li>
          <div>
            <b>{data.texts}</b>
            <small>{data.textsText}</small>
          </div>
          <button
            type="button"
            class="btn small"
            disabled={erasing}
            onClick={() => {
              model.asking.value = { type: 'forget-texts' };
            }}
          >
            {data.textsAct}
          </button>
        </li>
        <li>
          <div>
            <b>{data.all}</b>
            <small>{data.allText}</small>
          </div>
          <button
            type="button"
            class="btn small danger-text"
            disabled={erasing}
            onClick={() => {
              model.asking.value = { type: 'forget-all' };
            }}
          >
            {data.allAct}
          </button>
        </li>
      </ul>
      <p class="hint" role="status">
        {keeping.exporting.value && data.exporting}
        {erasing && data.erasing}
        {keeping.textsForgotten.value && data.textsForgotten}
      </p>
      <FaultAlert fault={keeping.dataFault.value} />
    </Section>
  );
}
