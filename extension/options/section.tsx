/** A section of the page: its heading, what it is about, and what it holds. */
import type { ComponentChildren } from 'preact';

export function Section({
  name,
  title,
  lede,
  aside,
  children,
}: {
  readonly name: string;
  readonly title: string;
  readonly lede?: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section id={name} aria-labelledby={`${name}-title`}>
      <header>
        <h2 id={`${name}-title`}>{title}</h2>
        {aside}
        {lede && <p>{lede}</p>}
      </header>
      {children}
    </section>
  );
}
