/** The drawings: each status has a shape of its own, so that none depends on its colour. All on a 16 px grid. */
import type { ComponentChildren } from 'preact';
import type { LinkStatus } from '../../shared/contract/status.ts';

function Drawing({ size = 16, children }: { readonly size?: number; readonly children: ComponentChildren }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function StatusIcon({ of }: { readonly of: LinkStatus | 'attention' }) {
  switch (of) {
    case 'offline':
      return (
        <Drawing>
          <circle cx="8" cy="8" r="6" />
          <path d="m4 12 8-8" />
        </Drawing>
      );
    case 'connecting':
      return (
        <Drawing>
          <circle class="turn" cx="8" cy="8" r="6" stroke-width="2.6" stroke-dasharray=".1 6.2" />
        </Drawing>
      );
    case 'connected':
      return (
        <Drawing>
          <circle cx="8" cy="8" r="6.75" fill="currentColor" stroke="none" />
          <path d="m5 8.3 2.1 2 3.9-4.4" stroke="var(--surface)" />
        </Drawing>
      );
    case 'reconnecting':
      return (
        <Drawing>
          <g class="turn">
            <path d="M13.5 7A5.6 5.6 0 0 0 3.6 4.6L2.5 6M2.5 9a5.6 5.6 0 0 0 9.9 2.4l1.1-1.4" />
            <path d="M2.5 2.9V6h3.1M13.5 13.1V10h-3.1" />
          </g>
        </Drawing>
      );
    case 'attention':
      return (
        <Drawing>
          <path d="M8 2 14.8 14H1.2Z" fill="currentColor" />
          <path d="M8 6.3v3.4M8 11.9v.1" stroke="var(--surface)" />
        </Drawing>
      );
  }
}

export function Mark() {
  return (
    <svg class="mark" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <path class="sheet-of-mark" d="M5 2h10a3 3 0 0 1 3 3v7l-6 6H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Z" />
      <path d="M18 12h-3.5a2.5 2.5 0 0 0-2.5 2.5V18M5.5 6.5h9M5.5 10h4.5" />
    </svg>
  );
}

export function Dots() {
  return (
    <Drawing size={20}>
      <path d="M8 3.2v.1M8 8v.1M8 12.8v.1" stroke-width="2.4" />
    </Drawing>
  );
}

export function Chevron() {
  return (
    <Drawing>
      <path d="m6 3.5 4.5 4.5L6 12.5" />
    </Drawing>
  );
}

export function BackSign() {
  return (
    <Drawing size={20}>
      <path d="M10 3.5 5.5 8l4.5 4.5" />
    </Drawing>
  );
}

/** Something is being done. */
export function Beat() {
  return (
    <span class="beat" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}

/** The drawings of the style sheets. */
export const ICON_NAMES = [
  'answered',
  'options',
  'help',
  'unlink',
  'clock',
  'switch',
  'phone',
  'bubble',
  'code',
  'copy',
  'again',
  'plus',
  'person',
  'group',
  'sieve',
  'brake',
  'twice',
  'alert',
  'not',
  'browser',
  'chip',
  'contact',
  'done',
  'leave',
] as const;

export type IconName = (typeof ICON_NAMES)[number];

/** A drawing by its name; the word beside it says the same. */
export function Icon({ of }: { readonly of: IconName }) {
  return <i class="icon" data-icon={of} aria-hidden="true" />;
}
