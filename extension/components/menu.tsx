/** The button of a menu. What opens under it is loaded when the button is nearly pressed. */

import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useRef } from 'preact/hooks';
import { Dots } from './icons.tsx';
import type { OpenMenu } from './menu-entry.ts';

type Props<Own extends object> = {
  readonly label: string;
  /** Loads the menu that opens under the button. */
  readonly load: () => Promise<ComponentType<Own & OpenMenu>>;
  readonly with: Own;
};

export function MenuButton<Own extends object>({ label, load, with: own }: Props<Own>) {
  /** Which entry has the focus when the menu opens; null while it is closed. */
  const open = useSignal<'first' | 'last' | null>(null);
  const loaded = useSignal<ComponentType<Own & OpenMenu> | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const fetch = (): void => {
    // A file of the extension's own: where it cannot be loaded there is no extension.
    void load().then((list) => {
      loaded.value = list;
    });
  };
  const close = (): void => {
    open.value = null;
  };
  const openAt = (at: 'first' | 'last'): void => {
    fetch();
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
        onFocus={fetch}
        onPointerEnter={fetch}
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
          {...own}
          label={label}
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
