/** What a menu offers, as data. */
import type { IconName } from './icons.tsx';
export type MenuEntry = {
  readonly icon: IconName;
  readonly label: string;
  readonly act: () => void;
  /** It takes something away: it stands apart. */
  readonly cut?: boolean;
  /** A key that does the same without the menu, as it is printed on keyboards. */
  readonly key?: string;
};

/** A menu's button tells this to the menu under it. */
export type OpenMenu = {
  readonly label: string;
  /** Which entry has the focus first. */
  readonly from: 'first' | 'last';
  /** Escape was pressed, or an entry is about to act. */
  readonly onClose: () => void;
};
