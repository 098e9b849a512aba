/** How the relay is bundled: the sources with all they need, in the files that are loaded together. */
import { defineConfig } from 'vite';

/** What Baileys tries to load for pictures and link previews, which nobody here asks it for, and goes without. */
const NOT_WANTED = ['jimp', 'sharp', 'link-preview-js'];

/** `npm run pack`: with what tells the extension in which folder it lies, which a checkout does before it starts. */
const IS_PACKAGED = process.env.RECADO_PACKAGED === '1';
const INPUT = {
  main: 'relay/main.ts',
  // What browsers start, and what starts the relay again where the system has nothing of the kind.
  host: 'relay/host/main.ts',
  keeper: 'relay/installation/keeper.ts',
  ...(IS_PACKAGED && { 'place-file': 'extension/build/place-file.ts' }),
};

export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  define: { RECADO_PACKAGED: JSON.stringify(IS_PACKAGED) },
  ssr: { noExternal: true, external: NOT_WANTED },
  build: {
    ssr: true,
    rollupOptions: { input: INPUT },
    outDir: IS_PACKAGED ? '.output/npm/recado-relay' : 'recado-relay',
    target: 'node26',
    // What stands in an error's stack can be found.
    minify: false,
  },
});
