/** A screen whose code is loaded when it is first wanted, so that the popup opens without its weight. */
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Bar } from '../components/layout.tsx';

/** Each use needs a key of its own: a place that shows another screen loads that one. */
export function Lazy<Props extends object>({
  load,
  with: props,
  meanwhile = <Bar />,
}: {
  readonly load: () => Promise<ComponentType<Props>>;
  readonly with: Props;
  /** Shown until the screen is loaded. */
  readonly meanwhile?: ComponentChildren;
}) {
  const [loaded, setLoaded] = useState<{ readonly screen: ComponentType<Props> } | null>(null);
  useEffect(() => {
    // A file of the extension's own: where it cannot be loaded there is no extension.
    void load().then((screen) => setLoaded({ screen }));
  }, []);
  if (!loaded) return <>{meanwhile}</>;
  const Screen = loaded.screen;
  return <Screen {...props} />;
}
