/** The way to each section; the one that is being read is marked. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useOptionsSpeech } from './options-speech.ts';

const SECTIONS = ['agents', 'test', 'settings', 'limits', 'browsers', 'data'] as const;

type SectionName = (typeof SECTIONS)[number];

/** The line, in parts of the window's height, that a section has to have passed to be the one that is read. */
const READING_LINE = 0.3;

export function SectionNav() {
  const { options } = useOptionsSpeech();
  const current = useSignal<SectionName>('agents');
  useEffect(() => {
    const look = (): void => {
      const line = window.innerHeight * READING_LINE;
      const page = document.documentElement;
      const atEnd = page.scrollTop > 0 && page.scrollTop + window.innerHeight >= page.scrollHeight - 1;
      const passed = SECTIONS.filter(
        (name) => (document.getElementById(name)?.getBoundingClientRect().top ?? line) < line,
      );
      current.value = (atEnd ? 'data' : passed.at(-1)) ?? 'agents';
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, []);
  return (
    <nav class="side" aria-label={options.sections.nav}>
      {SECTIONS.map((name) => (
        <a key={name} href={`#${name}`} aria-current={current.value === name ? 'true' : undefined}>
          {options.sections[name]}
        </a>
      ))}
    </nav>
  );
}
