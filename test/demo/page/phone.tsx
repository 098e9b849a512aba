/** The simulated phones: that of whoever writes, and the owner's with its linked devices. In WhatsApp's manner, without a mark of theirs. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Act, Bubble, PageState } from '../frames.ts';
import type { DemoWords, PersonName } from '../words/demo-words.ts';
import { MenuSign, MicrophoneSign, SendSign, Ticks, Wallpaper } from './drawings.tsx';

const CONTACTS: readonly PersonName[] = ['caio', 'bia', 'mother'];
const MINUTE_STEP_MS = 5_000;

type Props = { readonly words: DemoWords; readonly state: PageState; act(act: Act): void };

export function OtherPhone({ words, state, act }: Props) {
  const { other, owner, people } = words;
  const [chosen, setChosen] = useState<PersonName | null>(null);
  // What was chosen here holds at once; whoever is shown later is shown.
  useEffect(() => setChosen(null), [state.shown]);
  const who = chosen ?? state.shown;
  const choose = (by: PersonName): void => {
    setChosen(by);
    act({ do: 'look', by });
  };
  return (
    <Phone
      id="other"
      over={
        <>
          <b>{people[who]}</b> {words.writes}
        </>
      }
      label={other.title}
      language={state.language}
    >
      <PhoneHead
        words={words}
        name={who === 'mother' ? people.ana : owner.shop}
        presence={state.typing === who ? words.typing : words.online}
      >
        <Chooser label={other.who} words={words} names={CONTACTS} chosen={who} onChoose={choose} />
        <button type="button" class="btn small" onClick={() => act({ do: 'burst', by: who })}>
          {other.burst}
        </button>
      </PhoneHead>
      <Talk
        id="other"
        words={words}
        language={state.language}
        bubbles={state.other[who] ?? []}
        mine={['contact']}
        empty={other.nothing}
      />
      <Writing
        words={words}
        id="other"
        onSend={(text) => act({ do: 'write', by: who, to: 'ana', text })}
        onVoice={() => act({ do: 'voice', by: who })}
      />
    </Phone>
  );
}

export function OwnerPhone({ words, state, act }: Props) {
  const [chosen, setChosen] = useState<PersonName | null>(null);
  // Whoever writes now is looked at.
  useEffect(() => setChosen(null), [state.shown]);
  const written = CONTACTS.filter((name) => (state.owner[name] ?? []).length > 0);
  const wanted = chosen ?? state.shown;
  const chat = written.includes(wanted) ? wanted : (written.at(-1) ?? null);
  const { owner, people } = words;
  return (
    <Phone
      id="owner"
      over={
        <>
          <b>{people.ana}</b>, {'+55\u00a011\u00a099999\u20110001'}
        </>
      }
      label={owner.title}
      language={state.language}
    >
      {chat ? (
        <>
          <PhoneHead words={words} name={people[chat]} presence={words.online}>
            <Chooser label={owner.chatWith} words={words} names={written} chosen={chat} onChoose={setChosen} />
            <Devices words={words} state={state} act={act} />
          </PhoneHead>
          <Talk
            id="owner"
            words={words}
            language={state.language}
            bubbles={state.owner[chat] ?? []}
            mine={['owner', 'agent']}
            empty={owner.noChat}
          />
          <Writing words={words} id="owner" onSend={(text) => act({ do: 'write', by: 'ana', to: chat, text })} />
        </>
      ) : (
        <div class="phone-start">
          <Devices words={words} state={state} act={act} />
          <p class="phone-fine">{owner.noChat}</p>
        </div>
      )}
    </Phone>
  );
}

function Devices({ words: { owner }, state, act }: Props) {
  return (
    <section class="phone-devices" aria-labelledby="devices">
      <h3 id="devices">{owner.devices}</h3>
      {state.devices === 0 ? (
        <>
          <p class="phone-fine">{owner.noDevice}</p>
          <button type="button" class="btn small primary" onClick={() => act({ do: 'scan' })}>
            {owner.scan}
          </button>
        </>
      ) : (
        <>
          <p>{owner.device}</p>
          <button type="button" class="btn small" onClick={() => act({ do: 'unlink' })}>
            {owner.unlink}
          </button>
        </>
      )}
    </section>
  );
}

type PhoneProps = {
  readonly id: string;
  readonly over: ComponentChildren;
  readonly label: string;
  readonly language: string;
  readonly children: ComponentChildren;
};

function Phone({ id, over, label, language, children }: PhoneProps) {
  const now = useNow();
  return (
    <section class={`phone ${id}`} aria-label={label}>
      <h2 class="demo-over">{over}</h2>
      <div class="phone-body">
        <div class="phone-screen">
          <p class="phone-top" aria-hidden="true">
            <span>{writeClock(language, now)}</span>
            <i />
          </p>
          {children}
        </div>
      </div>
    </section>
  );
}

/** Whose chat it is, and behind the dots what a phone has besides. */
function PhoneHead({
  words,
  name,
  presence,
  children,
}: {
  readonly words: DemoWords;
  readonly name: string;
  readonly presence: string;
  readonly children: ComponentChildren;
}) {
  const more = useRef<HTMLDetailsElement>(null);
  const close = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !more.current?.contains(relatedTarget)) more.current?.removeAttribute('open');
  };
  return (
    <header class="phone-head">
      <span class="phone-face" aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      <p>
        <b>{name}</b>
        <small>{presence}</small>
      </p>
      <details ref={more} onFocusOut={close}>
        <summary class="icon-btn" aria-label={`${words.phoneMenu}: ${name}`}>
          <MenuSign />
        </summary>
        <div class="phone-more">{children}</div>
      </details>
    </header>
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
          class="btn small"
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
  readonly id: string;
  readonly words: DemoWords;
  readonly language: string;
  readonly bubbles: readonly Bubble[];
  /** Whose messages stand on the right. */
  readonly mine: readonly Bubble['by'][];
  readonly empty: string;
};

function Talk({ id, words, language, bubbles, mine, empty }: TalkProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [bubbles.length]);
  return (
    <div class="phone-talk" ref={list}>
      <Wallpaper id={`wall-${id}`} />
      <p class="phone-day">{bubbles.length === 0 ? empty : words.today}</p>
      <ol aria-live="polite">
        {bubbles.map(({ id: key, by, kind, text, at, ticks }) => (
          <li key={key} data-mine={mine.includes(by) || undefined}>
            <p>
              {kind === 'voice' ? <span class="phone-voice">{words.voiceNote}</span> : <Marked text={text} />}
              <small>
                {writeClock(language, at)}
                {ticks && (
                  <span data-seen={ticks === 'read' || undefined}>
                    <Ticks two={ticks !== 'sent'} />
                    <span class="sr">{words.ticks[ticks]}</span>
                  </span>
                )}
              </small>
            </p>
            {by === 'agent' && mine.includes(by) && (
              <small class="phone-by">
                <i />
                {words.byAgent}
              </small>
            )}
          </li>
        ))}
      </ol>
    </div>
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
  onVoice,
}: {
  readonly words: DemoWords;
  readonly id: string;
  onSend(text: string): void;
  onVoice?(): void;
}) {
  const [text, setText] = useState('');
  const asVoice = text.trim() === '' && onVoice !== undefined;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (asVoice) onVoice();
    else if (text.trim() !== '') onSend(text.trim());
    setText('');
  };
  return (
    <form class="phone-write" onSubmit={onSubmit}>
      <label class="sr" for={`write-${id}`}>
        {words.write}
      </label>
      <input
        id={`write-${id}`}
        placeholder={words.write}
        autocomplete="off"
        maxLength={1_000}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          // Enter in an empty field is no voice note.
          if (event.key === 'Enter' && text.trim() === '') event.preventDefault();
        }}
      />
      <button type="submit" aria-label={asVoice ? words.other.voice : words.send}>
        {asVoice ? <MicrophoneSign /> : <SendSign />}
      </button>
    </form>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function writeClock(language: string, at: number): string {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(at);
}
