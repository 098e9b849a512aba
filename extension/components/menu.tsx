/** The button of a menu. What opens under it is loaded when the button is nearly pressed. */

import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useRef } from 'preact/hooks';
import { Dots } from './icons.tsx';
import type { MenuEntry, MenuListProps } from './menu-entry.ts';

type Props = { readonly label: string; readonly entries: readonly MenuEntry[] };

export function MenuButton({ label, entries }: Props) {
  /** Which entry has the focus when the menu opens; null while it is closed. */
  const open = useSignal<'first' | 'last' | null>(null);
  const loaded = useSignal<ComponentType<MenuListProps> | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const load = (): void => {
    // A file of the extension's own: where it cannot be loaded there is no extension.
    void import('./menu-list.tsx').then(({ MenuList }) => {
      loaded.value = MenuList;
    });
  };
  const close = (): void => {
    open.value = null;
  };
  const openAt = (at: 'first' | 'last'): void => {
    load();
    open.value = at;
  };
  const onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!(currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
      close();
  };
  const List = loaded.value;
  return (
    <div class="menu-holder" onFocusOut={onFocusOut}>
      <button
        type="button"
        class="icon-btn"
        ref={button}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value !== null}
        onFocus={load}
        onPointerEnter={load}
        onClick={() => (open.value ? close() : openAt('first'))}
        onKeyDown={(event) => {
          // Its entries are about to come, and have the focus then.
          if (event.key === 'Escape' && open.value) close();
          else if (event.key === 'ArrowDown') openAt('first');
          else if (event.key === 'ArrowUp') openAt('last');
          else return;
          event.preventDefault();
        }}
      >
        <Dots />
      </button>
      {open.value && List && (
        <List
          label={label}
          entries={entries}
          from={open.value}
          onClose={() => {
            close();
            button.current?.focus();
          }}
        />
      )}
    </div>
  );
}
