/** A menu's entries. Keys as in any menu: arrows move, an entry's letter chooses it, Escape closes the menu and not the popup. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { accessKeys, fold } from './access-keys.ts';
import { Icon } from './icons.tsx';
import type { MenuEntry, OpenMenu } from './menu-entry.ts';

export function MenuList({ label, entries, from, onClose }: OpenMenu & { readonly entries: readonly MenuEntry[] }) {
  const list = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(false);
  const letters = accessKeys(entries.map((entry) => entry.label));
  useEffect(() => {
    itemsOf(list.current)
      .at(from === 'first' ? 0 : -1)
      ?.focus();
  }, []);
  const choose = ({ act }: MenuEntry): void => {
    onClose();
    act();
  };
  // Letters are for those who ask for them: while Alt is held.
  const onKeyUp = ({ key }: KeyboardEvent): void => {
    if (key === 'Alt') setShown(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Alt') {
      event.preventDefault();
      setShown(true);
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const meant = entries.find((entry, at) => letterOf(entry.label, letters[at]) === fold(event.key));
    if (event.key === 'Escape') onClose();
    else if (event.key.length === 1 && meant) choose(meant);
    else if (!moveFocus(list.current, event.key)) return;
    event.preventDefault();
  };
  return (
    <div
      class="menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      ref={list}
      data-keys={shown || undefined}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
    >
      {entries.flatMap((entry, at) => [
        entry.cut && <hr key={`above ${entry.label}`} />,
        <button
          key={entry.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={entry.cut ? 'cut' : undefined}
          data-key={entry.key}
          aria-keyshortcuts={letterOf(entry.label, letters[at]) || undefined}
          onClick={() => choose(entry)}
        >
          <Icon of={entry.icon} />
          <Label text={entry.label} letter={letters[at] ?? null} />
        </button>,
      ])}
    </div>
  );
}

function Label({ text, letter }: { readonly text: string; readonly letter: number | null }) {
  if (letter === null) return <span>{text}</span>;
  return (
    <span>
      {text.slice(0, letter)}
      <u>{text[letter]}</u>
      {text.slice(letter + 1)}
    </span>
  );
}

function letterOf(label: string, at: number | null | undefined): string {
  return fold(label.charAt(at ?? label.length));
}

function itemsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}

/** True if the key was one that moves. */
function moveFocus(list: HTMLElement | null, key: string): boolean {
  const items = itemsOf(list);
  const at = items.findIndex((item) => item.matches(':focus'));
  const next = new Map([
    ['ArrowDown', (at + 1) % items.length],
    ['ArrowUp', (at - 1 + items.length) % items.length],
    ['Home', 0],
    ['End', items.length - 1],
  ]).get(key);
  if (next === undefined) return false;
  items[next]?.focus();
  return true;
}
