/** How long something lasts still: minutes in a ring, of which `share` (0 to 1) is left. */
export function Ring({ minutes, share }: { readonly minutes: number; readonly share: number }) {
  const drawn = Math.round(100 * Math.min(1, Math.max(0, share)));
  return (
    <svg class="ring" width="26" height="26" viewBox="0 0 26 26" fill="none" stroke-width="2.25" aria-hidden="true">
      <circle class="track" cx="13" cy="13" r="11.5" />
      <circle
        cx="13"
        cy="13"
        r="11.5"
        pathLength={100}
        stroke="currentColor"
        stroke-dasharray={`${drawn} 100`}
        transform="rotate(-90 13 13)"
      />
      <text x="13" y="17" text-anchor="middle">
        {minutes > 99 ? '…' : minutes}
      </text>
    </svg>
  );
}
