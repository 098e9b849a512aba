/**
 * Builds `import()` as it is written. Vite wraps it so that a later file's styles come along, and WXT adds a start of its plugins;
 * our pages have all their styles from the beginning and no plugin of WXT, and both would be files that a popup waits for.
 */
import type { WxtViteConfig } from 'wxt';

type Plugin = NonNullable<WxtViteConfig['plugins']>[number];

/** As Vite 8 and WXT 0.21 call them. */
const VITE_WRAPPER = '\0vite/preload-helper.js';
const WXT_PLUGINS = '\0virtual:wxt-html-plugins';
const PLAIN = '\0plain-import?';

export const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  // One for each file that imports: it is put into that file, not into one of its own.
  resolveId: (id, importer) => (id === VITE_WRAPPER ? `${PLAIN}${importer}` : null),
  load(id) {
    if (id.startsWith(PLAIN)) return 'export const __vitePreload = (load) => load();';
    return id === WXT_PLUGINS ? { code: '', moduleSideEffects: false } : null;
  },
};
