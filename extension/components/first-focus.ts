/** Where the keyboard begins on a screen: what is done there first, unless somebody has the focus elsewhere already. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Nobody pressed a key yet: the ring comes with the first. `focusVisible` is not in the DOM's types. */
const QUIETLY: FocusOptions & { readonly focusVisible: boolean } = { preventScroll: true, focusVisible: false };

/** `can`: whether it can be used now; asked again when that changes. */
export function useFirstFocus<Of extends HTMLElement>(can: boolean): RefObject<Of | null> {
  const first = useRef<Of>(null);
  useEffect(() => {
    if (can && document.activeElement === document.body) first.current?.focus(QUIETLY);
  }, [can]);
  return first;
}
