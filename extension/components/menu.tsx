/** The button of a menu and its entries. Keys as in any menu: arrows move, Escape closes the menu and not the popup. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Dots, Icon } from './icons.tsx';

/** The button and what opens under it; `children` makes each entry's click close it first. */
export function MenuButton({
  label,
  children,
}: {
  readonly label: string;
  readonly children: (act: (task: () => void) => () => void) => ComponentChildren;
}) {
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open.value) itemsOf(list.current)[0]?.focus();
  }, [open.value]);
  const close = (): void => {
    open.value = false;
    button.current?.focus();
  };
  const act = (task: () => void) => (): void => {
    open.value = false;
    task();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open.value) return;
    if (event.key === 'Escape') close();
    else if (!moveFocus(list.current, event.key)) return;
    event.preventDefault();
  };
  const onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!(currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
      open.value = false;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the menu inside
    <div class="menu-holder" onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button
        type="button"
        class="icon-btn"
        ref={button}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Dots />
      </button>
      {open.value && (
        <div class="menu" role="menu" aria-label={label} ref={list}>
          {children(act)}
        </div>
      )}
    </div>
  );
}

export function Item({
  children,
  icon,
  cut = false,
  onChoose,
}: {
  readonly children: ComponentChildren;
  readonly icon: string;
  readonly cut?: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} class={cut ? 'cut' : undefined} onClick={onChoose}>
      <Icon of={icon} />
      {children}
    </button>
  );
}

function itemsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}

/** Whether the key was one that moves. */
function moveFocus(list: HTMLElement | null, key: string): boolean {
  const items = itemsOf(list);
  const at = items.findIndex((item) => item.matches(':focus'));
  const next = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[key];
  if (next === undefined) return false;
  items[next]?.focus();
  return true;
}
