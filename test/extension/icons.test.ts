import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ICON_NAMES } from '../../extension/components/icons.tsx';

test('each icon has its drawing, and each drawing its name', () => {
  const folder = new URL('../../extension/styles/', import.meta.url);
  const styles = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const drawn = styles.flatMap((style) =>
    [...style.matchAll(/\.icon\[data-icon="([a-z-]+)"\]/g)].map(([, name]) => name),
  );
  expect(new Set(drawn)).toEqual(new Set(ICON_NAMES));
});
