/** How far the story is: pause, the time, and a dot for each chapter that leads to it. */
import { useEffect, useState } from 'preact/hooks';
import { fill } from '../../../shared/locales/format.ts';
import type { Act, StoryState } from '../frames.ts';
import { beginOf, STORY_MS } from '../story-times.ts';
import { CHAPTERS, type ChapterName, type DemoWords } from '../words/demo-words.ts';
import { PauseSign, PlaySign } from './drawings.tsx';

type Props = { readonly words: DemoWords; readonly story: StoryState | null; act(act: Act): void };

const LOOK_MS = 250;

export function Chapters({ words, story, act }: Props) {
  const elapsed = useElapsed(story);
  useSpaceBar(story, act);
  const at = story ? CHAPTERS.indexOf(story.chapter) : -1;
  return (
    <nav class="demo-chapters" aria-label={words.chaptersLabel}>
      {story ? (
        <button
          type="button"
          class="icon-btn"
          aria-label={story.paused ? words.resume : words.pause}
          onClick={() => act({ do: story.paused ? 'resume' : 'pause' })}
        >
          {story.paused ? <PlaySign /> : <PauseSign />}
        </button>
      ) : (
        <button type="button" class="btn small" onClick={() => act({ do: 'play', from: CHAPTERS[0] })}>
          <PlaySign />
          {words.showMe}
        </button>
      )}
      {story && <span class="demo-time">{fill(words.time, { now: clock(elapsed), all: clock(STORY_MS) })}</span>}
      <ol>
        {CHAPTERS.map((chapter, nth) => (
          <li
            key={chapter}
            data-done={nth < at || undefined}
            aria-current={nth === at ? 'step' : undefined}
            style={nth === at ? { '--at': `${partOf(chapter, elapsed)}%` } : undefined}
          >
            <button
              type="button"
              aria-label={words.chapters[chapter]}
              title={words.chapters[chapter]}
              onClick={() => act({ do: 'play', from: chapter })}
            />
          </li>
        ))}
      </ol>
      {story && <span class="demo-now">{words.chapters[story.chapter]}</span>}
    </nav>
  );
}

/** Ms of the story so far, between what is told of it. */
function useElapsed(story: StoryState | null): number {
  const [now, setNow] = useState(Date.now());
  const runs = story !== null && !story.paused;
  useEffect(() => {
    if (!runs) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, [runs, story]);
  if (!story) return 0;
  return Math.min(STORY_MS, story.elapsed + (runs ? Math.max(0, now - story.at) : 0));
}

/** The space bar holds the story, where nothing that it would press or write has the focus. */
function useSpaceBar(story: StoryState | null, act: (act: Act) => void): void {
  useEffect(() => {
    if (!story) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || document.activeElement !== document.body) return;
      event.preventDefault();
      act({ do: story.paused ? 'resume' : 'pause' });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [story]);
}

/** Percent of a chapter that is over. */
function partOf(chapter: ChapterName, elapsed: number): number {
  const begin = beginOf(chapter);
  const next = CHAPTERS[CHAPTERS.indexOf(chapter) + 1];
  const end = next ? beginOf(next) : STORY_MS;
  return Math.round(100 * Math.min(1, Math.max(0, (elapsed - begin) / (end - begin))));
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
