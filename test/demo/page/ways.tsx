/** What is on its way between phones and popup: dots that go as a message goes, lit only where the agent answers. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Bubble, PageState } from '../frames.ts';

/** The latest message of the chat that is shown; each is on its way once. */
export function Ways({ state }: { readonly state: PageState }) {
  const bubbles = [...(state.other[state.shown] ?? []), ...(state.owner[state.shown] ?? [])];
  const latest = bubbles.reduce<Bubble | null>((last, each) => (last && last.at > each.at ? last : each), null);
  const [moves, setMoves] = useState<Bubble | null>(null);
  const known = useRef(new Set<string>());
  useEffect(() => {
    const isNew = latest !== null && !known.current.has(latest.id);
    for (const { id } of bubbles) known.current.add(id);
    if (isNew) setMoves(latest);
  }, [latest?.id]);
  return (
    <>
      <Way side="left" moves={moves} />
      <Way side="right" moves={moves} />
    </>
  );
}

const DOTS = [6, 18, 30, 42, 54];

function Way({ side, moves }: { readonly side: 'left' | 'right'; readonly moves: Bubble | null }) {
  // Whoever writes sits on the left, the owner on the right, and the agent between them.
  const towards = moves === null ? null : moves.by === 'contact' ? 'right' : moves.by === 'owner' ? 'left' : side;
  return (
    <svg
      key={moves?.id}
      class={`demo-way ${side}`}
      data-towards={towards ?? undefined}
      data-lit={moves?.by === 'agent' || undefined}
      viewBox="0 0 60 12"
      aria-hidden="true"
    >
      {DOTS.map((x) => (
        <circle key={x} cx={x} cy="6" r="2.5" />
      ))}
      {towards && <circle class="goes" cx="6" cy="6" r="5" />}
    </svg>
  );
}
