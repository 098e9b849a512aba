/** The drawings of the stage that the popup does not have. All on a 16 px grid. */
import type { ComponentChildren } from 'preact';

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

export function LockSign() {
  return (
    <Drawing size={14}>
      <rect x="3.25" y="7" width="9.5" height="6.75" rx="1.5" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </Drawing>
  );
}

export function PuzzleSign() {
  return (
    <Drawing>
      <path d="M6.25 3.75a1.6 1.6 0 0 1 3.2 0v.75h2.3a1 1 0 0 1 1 1v2.25H12a1.6 1.6 0 0 0 0 3.2h.75v2a1 1 0 0 1-1 1h-2.3v-.7a1.6 1.6 0 0 0-3.2 0v.7h-2.3a1 1 0 0 1-1-1V5.5a1 1 0 0 1 1-1h2.3Z" />
    </Drawing>
  );
}

export function MenuSign() {
  return (
    <Drawing size={18}>
      <path d="M8 3.2v.1M8 8v.1M8 12.8v.1" stroke-width="2.4" />
    </Drawing>
  );
}

export function MicrophoneSign() {
  return (
    <Drawing size={18}>
      <rect x="6" y="1.75" width="4" height="7.5" rx="2" />
      <path d="M3.5 7.5a4.5 4.5 0 0 0 9 0M8 12v2.25" />
    </Drawing>
  );
}

export function SendSign() {
  return (
    <Drawing size={18}>
      <path d="M2.5 8 13.5 2.75 10.5 13.5 7.5 9.25Z" />
    </Drawing>
  );
}

export function PauseSign() {
  return (
    <Drawing>
      <path d="M5.5 3.5v9M10.5 3.5v9" stroke-width="2" />
    </Drawing>
  );
}

export function PlaySign() {
  return (
    <Drawing>
      <path d="M5 3.25v9.5L12.5 8Z" fill="currentColor" />
    </Drawing>
  );
}

export function AgainSign() {
  return (
    <Drawing>
      <path d="M13.2 6A5.6 5.6 0 1 0 13.6 9" />
      <path d="M13.5 2.6V6h-3.4" />
    </Drawing>
  );
}

export function PenSign() {
  return (
    <Drawing size={24}>
      <path d="m10.5 2.75 2.75 2.75-7.5 7.5-3.25.5.5-3.25Z" />
    </Drawing>
  );
}

export function PersonSign() {
  return (
    <Drawing size={24}>
      <circle cx="8" cy="5.25" r="2.75" />
      <path d="M2.9 14c.5-2.9 2.5-4.4 5.1-4.4s4.6 1.5 5.1 4.4" />
    </Drawing>
  );
}

export function PlugSign() {
  return (
    <Drawing size={24}>
      <path d="M5 11l-2.5 2.5M11 5l2.5-2.5M6.5 5.5 8 4a2.83 2.83 0 0 1 4 4l-1.5 1.5M9.5 10.5 8 12a2.83 2.83 0 0 1-4-4l1.5-1.5" />
    </Drawing>
  );
}

/** One tick: it has left; two: it has arrived. */
export function Ticks({ two }: { readonly two: boolean }) {
  return (
    <Drawing size={15}>
      <path d={two ? 'm1 8.6 2.6 2.6 5-5.8M7.6 10.6l.7.6 5-5.8' : 'm3.5 8.6 2.6 2.6 5-5.8'} />
    </Drawing>
  );
}

/** What the wall of a chat is papered with: a bakery's things. */
export function Wallpaper({ id }: { readonly id: string }) {
  return (
    <svg class="phone-wall" aria-hidden="true">
      <defs>
        <pattern id={id} width="88" height="88" patternUnits="userSpaceOnUse">
          <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">
            <path d="M8 24c0-7 5-11 12-11s12 4 12 11v4H8ZM14 16l2 4M20 14v5M26 16l-2 4" />
            <path d="M54 14h14v9a6 6 0 0 1-6 6h-2a6 6 0 0 1-6-6ZM68 16h2a3 3 0 0 1 0 7h-2" />
            <circle cx="20" cy="62" r="8" />
            <path d="M20 57v5l4 2" />
            <path d="M56 52h16l-2 14H58ZM60 52c0-5 8-5 8 0" />
            <path d="M40 40l3 3 5-6M42 78c-3-4-8 0-4 4l4 4 4-4c4-4-1-8-4-4Z" />
          </g>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}
