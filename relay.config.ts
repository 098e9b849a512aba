/** How the relay is bundled: the sources with all they need, in the files that are loaded together. */
import { defineConfig } from 'vite';

/** What Baileys tries to load for pictures and link previews, which nobody here asks it for, and goes without. */
const NOT_WANTED = ['jimp', 'sharp', 'link-preview-js'];

export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: NOT_WANTED },
  build: {
    ssr: 'relay/main.ts',
    outDir: 'recado-relay',
    target: 'node26',
    // What stands in an error's stack can be found.
    minify: false,
  },
});
