/** What stands beside the steps: a computer with its note, and the toolbar with the pin. Nothing that is not said in words as well. */

/** `isThere`: the program lies on this computer; otherwise the note is only outlined. */
export function ComputerDrawing({ isThere }: { readonly isThere: boolean }) {
  return (
    <div class="pane">
      <svg width="208" height="176" viewBox="0 0 208 176" aria-hidden="true" data-missing={!isThere || undefined}>
        <rect class="paper" x="8" y="14" width="136" height="96" rx="10" />
        <path d="M8 92h136M58 110l-5 22h46l-5-22M40 132h72" />
        <path
          class="paper slip"
          d="M118 52h66a14 14 0 0 1 14 14v68l-30 30h-50a14 14 0 0 1-14-14V66a14 14 0 0 1 14-14Z"
        />
        <path class="ear slip" d="M198 134h-18a12 12 0 0 0-12 12v18Z" />
        {isThere && <path d="M124 78h52M124 98h52M124 118h26" />}
      </svg>
    </div>
  );
}

export function ToolbarDrawing() {
  return (
    <div class="pane">
      <svg width="248" height="176" viewBox="0 0 248 176" aria-hidden="true">
        <rect class="paper" x="8" y="14" width="232" height="40" rx="20" />
        <path d="M28 34h110" />
        <path d="M176 27h5a5 5 0 0 1 10 0h5v6a5 5 0 0 0 0 10v3h-20Z" />
        <path d="M220 26v.1M220 34v.1M220 42v.1" stroke-width="4" />
        <rect class="paper" x="84" y="66" width="156" height="96" rx="12" />
        <path d="M104 84h44M104 136h20M132 136h56" />
        <rect class="ear" x="100" y="100" width="20" height="20" rx="5" />
        <path d="M132 110h44" />
        <circle class="paper" cx="212" cy="110" r="16" />
        <path d="M207 103h10l-1.5 6 4 4h-15l4-4ZM212 113v6" />
      </svg>
    </div>
  );
}
