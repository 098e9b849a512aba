/** A page beside the cards: with a way back, by Escape too, which would close the popup otherwise. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Bar, Main } from './layout.tsx';

export function SubScreen({
  title,
  onBack,
  children,
}: {
  readonly title: string;
  readonly onBack: () => void;
  readonly children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that led here is gone: a screen reader says where one is, and the next key goes on from the top.
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      onBack();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onBack]);
  return (
    <>
      <Bar title={title} onBack={onBack} heading={heading} />
      <Main>{children}</Main>
    </>
  );
}
