/** The simulated phones: the owner's, with its linked devices, and that of whoever writes. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Act, Bubble, PageState } from '../frames.ts';
import type { DemoWords, PersonName } from '../words/demo-words.ts';

const CONTACTS: readonly PersonName[] = ['caio', 'bia', 'mother'];

type Props = { readonly words: DemoWords; readonly state: PageState; act(act: Act): void };

export function OwnerPhone({ words, state, act }: Props) {
  const [chosen, setChosen] = useState<PersonName | null>(null);
  const written = CONTACTS.filter((name) => (state.owner[name] ?? []).length > 0);
  const chat = (state.shown && written.includes(state.shown) ? state.shown : chosen) ?? written.at(-1) ?? null;
  const { owner } = words;
  return (
    <section class="phone" aria-labelledby="owner-phone">
      <h2 class="demo-over" id="owner-phone">
        {owner.title}
      </h2>
      <div class="phone-body">
        <div class="phone-devices">
          <h3>{owner.devices}</h3>
          {state.devices === 0 ? (
            <p class="phone-fine">{owner.noDevice}</p>
          ) : (
            <p class="phone-device">
              {owner.device}
              <button type="button" class="btn" onClick={() => act({ do: 'unlink' })}>
                {owner.unlink}
              </button>
            </p>
          )}
          {state.devices === 0 && (
            <button type="button" class="btn" onClick={() => act({ do: 'scan' })}>
              {owner.scan}
            </button>
          )}
        </div>
        {chat && <Chooser label={owner.chatWith} words={words} names={written} chosen={chat} onChoose={setChosen} />}
        <Talk
          words={words}
          bubbles={chat ? (state.owner[chat] ?? []) : []}
          mine={['owner', 'agent']}
          empty={owner.noChat}
        />
        {chat && (
          <Writing words={words} id="owner" onSend={(text) => act({ do: 'write', by: 'ana', to: chat, text })} />
        )}
      </div>
    </section>
  );
}

export function OtherPhone({ words, state, act }: Props) {
  const [chosen, setChosen] = useState<PersonName>('caio');
  const who = state.shown ?? chosen;
  const { other } = words;
  return (
    <section class="phone" aria-labelledby="other-phone">
      <h2 class="demo-over" id="other-phone">
        {other.title}
      </h2>
      <div class="phone-body">
        <Chooser label={other.who} words={words} names={CONTACTS} chosen={who} onChoose={setChosen} />
        <Talk words={words} bubbles={state.other[who] ?? []} mine={['contact']} empty={other.nothing} />
        <div class="phone-more">
          <button type="button" class="btn" onClick={() => act({ do: 'burst', by: who })}>
            {other.burst}
          </button>
          <button type="button" class="btn" onClick={() => act({ do: 'voice', by: who })}>
            {other.voice}
          </button>
        </div>
        <Writing words={words} id="other" onSend={(text) => act({ do: 'write', by: who, to: 'ana', text })} />
      </div>
    </section>
  );
}

type ChooserProps = {
  readonly label: string;
  readonly words: DemoWords;
  readonly names: readonly PersonName[];
  readonly chosen: PersonName;
  onChoose(name: PersonName): void;
};

function Chooser({ label, words, names, chosen, onChoose }: ChooserProps) {
  return (
    <fieldset class="phone-who">
      <legend>{label}</legend>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          class="btn"
          aria-pressed={name === chosen}
          title={name === 'mother' ? words.other.saved : undefined}
          onClick={() => onChoose(name)}
        >
          {words.people[name]}
        </button>
      ))}
      {chosen === 'mother' && <span class="phone-fine">{words.other.saved}</span>}
    </fieldset>
  );
}

type TalkProps = {
  readonly words: DemoWords;
  readonly bubbles: readonly Bubble[];
  /** Whose messages stand on the right. */
  readonly mine: readonly Bubble['by'][];
  readonly empty: string;
};

function Talk({ words, bubbles, mine, empty }: TalkProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [bubbles.length]);
  if (bubbles.length === 0) return <p class="phone-empty">{empty}</p>;
  return (
    <ol class="phone-talk" ref={list} aria-live="polite">
      {bubbles.map(({ id, by, kind, text }) => (
        <li key={id} data-mine={mine.includes(by) ? '' : undefined}>
          {kind === 'voice' ? <span class="phone-voice">{words.voiceNote}</span> : <Marked text={text} />}
          {by === 'agent' && <small>{words.byAgent}</small>}
        </li>
      ))}
    </ol>
  );
}

/** WhatsApp's bold, as a phone draws it. */
function Marked({ text }: { readonly text: string }) {
  const parts = text.split('*');
  return (
    <span>{parts.map((part, at) => (at % 2 === 1 && at < parts.length - 1 ? <b key={part}>{part}</b> : part))}</span>
  );
}

function Writing({
  words,
  id,
  onSend,
}: {
  readonly words: DemoWords;
  readonly id: string;
  onSend(text: string): void;
}) {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = event.currentTarget instanceof HTMLFormElement ? event.currentTarget.querySelector('input') : null;
    const text = field?.value.trim() ?? '';
    if (!field || text === '') return;
    onSend(text);
    field.value = '';
  };
  return (
    <form class="phone-write" onSubmit={onSubmit}>
      <label class="sr" for={`write-${id}`}>
        {words.write}
      </label>
      <input class="field" id={`write-${id}`} placeholder={words.write} autocomplete="off" maxLength={1_000} />
      <button type="submit" class="btn">
        {words.send}
      </button>
    </form>
  );
}
