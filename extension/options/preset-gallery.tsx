/** What people already have, by what they have it as: a program on this computer, a key, a flow, or nothing yet. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LocalAgent } from '../../shared/contract/commands/setup-commands.ts';
import { type Preset, SHELVES } from '../../shared/contract/preset.ts';
import { fill } from '../../shared/locales/format.ts';
import { suggestedModel } from '../../shared/rules/model-choice.ts';
import { useSpeech } from '../components/layout.tsx';
import type { AgentFormModel } from './agent-form-model.ts';
import { useOptionsSpeech } from './options-speech.ts';
import type { Choice } from './preset-choice.ts';
import { writeSize } from './quantities.ts';

type Props = { readonly model: AgentFormModel; readonly choice: Choice };

export function PresetGallery({ model, choice: { presets: all, found } }: Props) {
  const { options } = useOptionsSpeech();
  const { presets: words, actions } = options;
  const [sought, setSought] = useState('');
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const fits = (preset: Preset): boolean =>
    `${nameOf(preset, words)} ${noteOf(preset, words)}`.toLowerCase().includes(sought.trim().toLowerCase());
  const local = (found ?? []).flatMap((server) => {
    const preset = all.find(({ id }) => id === server.preset);
    return preset && fits(preset) ? [{ server, preset }] : [];
  });
  const isLocal = (preset: Preset): boolean => local.some((each) => each.preset === preset);
  return (
    <section class="card gallery" aria-labelledby="who-answers">
      <div class="gallery-head">
        <h3 id="who-answers" tabIndex={-1} ref={head}>
          {words.title}
        </h3>
        <input
          class="field small"
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={sought}
          onInput={({ currentTarget }) => setSought(currentTarget.value)}
        />
      </div>
      {SHELVES.map((shelf) => {
        const presets = all.filter((preset) => preset.shelf === shelf && fits(preset) && !isLocal(preset));
        const here = shelf === 'computer' ? local : [];
        if (presets.length + here.length === 0) return null;
        return (
          <div key={shelf} class="shelf">
            <h4 class="head">
              {words.shelves[shelf]} {here.length > 0 && <span class="aside">{words.foundNow}</span>}
            </h4>
            {here.length > 0 && (
              <div class="found">
                {here.map(({ server, preset }) => (
                  <Found key={preset.id} model={model} server={server} preset={preset} />
                ))}
              </div>
            )}
            <Presets model={model} presets={presets} shelf={shelf} />
          </div>
        );
      })}
      <div class="actions">
        <button type="button" class="btn quiet" onClick={() => model.close()}>
          {actions.cancel}
        </button>
        <p class="hint" role="status">
          {found === null && words.looking}
        </p>
      </div>
    </section>
  );
}

function Presets({
  model,
  presets,
  shelf,
}: Pick<Props, 'model'> & { readonly presets: readonly Preset[]; readonly shelf: Preset['shelf'] }) {
  const { options } = useOptionsSpeech();
  const { presets: words } = options;
  return (
    <ul class="presets" data-shelf={shelf}>
      {presets.map((preset) => {
        const name = nameOf(preset, words);
        return (
          <li key={preset.id}>
            <button type="button" data-preset={preset.id} onClick={() => model.choose(preset, name)}>
              <Letter name={name} />
              <b>{name}</b>
              <small>{noteOf(preset, words)}</small>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Something that answers on this computer right now. */
function Found({
  model,
  server,
  preset,
}: Pick<Props, 'model'> & { readonly server: LocalAgent; readonly preset: Preset }) {
  const { options } = useOptionsSpeech();
  const { language } = useSpeech();
  const { presets: words, agents } = options;
  const name = nameOf(preset, words);
  const best = suggestedModel(server.models);
  const facts = best && [
    best.id,
    best.bytes === null ? '' : writeSize(language, best.bytes),
    best.loaded ? words.ready : '',
  ];
  return (
    <article>
      <Letter name={name} />
      <h5>{name}</h5>
      <p class="fine">{server.wantsKey ? words.wantsKey : facts ? facts.filter(Boolean).join(', ') : words.noModel}</p>
      <p class="fine">{words.staysHere}</p>
      {best && !server.wantsKey ? (
        <button
          type="button"
          class="btn primary"
          data-use={preset.id}
          onClick={() => void model.use(preset, name, { ...server.settings, model: best.id }, agents.sample)}
        >
          {fill(words.use, { model: best.id })}
        </button>
      ) : (
        <button type="button" class="btn" onClick={() => model.choose(preset, name, server.settings)}>
          {words.goOn}
        </button>
      )}
    </article>
  );
}

function Letter({ name }: { readonly name: string }) {
  return (
    <span class="letter" aria-hidden="true">
      {name.slice(0, 1)}
    </span>
  );
}

type PresetWords = ReturnType<typeof useOptionsSpeech>['options']['presets'];

function noteOf({ id, cost }: Preset, { notes, costs }: PresetWords): string {
  return Object.hasOwn(notes, id) ? notes[id as keyof typeof notes] : costs[cost];
}

export function nameOf({ id, name }: Preset, { names }: PresetWords): string {
  return name ?? (id === 'rules' ? names.rules : names.other);
}
