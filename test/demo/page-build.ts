/** Builds the demo's page: the extension's own popup and options, with a stand-in for the browser's interface, and the phones beside them. */
import { cpSync, globSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { POPUP_ORIGIN } from './page-server.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const PAGE = path.join(import.meta.dirname, 'page');

/** Builds into `folder`, which is emptied before. Path on the server → file on disk. */
export async function buildPage(folder: string): Promise<ReadonlyMap<string, string>> {
  await build({
    configFile: false,
    root: PAGE,
    publicDir: false,
    logLevel: 'warn',
    define: { 'location.origin': JSON.stringify(POPUP_ORIGIN) },
    resolve: { alias: { 'wxt/browser': path.join(PAGE, 'browser-stand-in.ts') } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2024',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: [path.join(PAGE, 'index.html'), path.join(PAGE, 'options.html')] },
    },
  });
  cpSync(path.join(ROOT, 'extension', 'public', 'icons'), path.join(folder, 'icons'), { recursive: true });
  return new Map(
    globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [`/${path.relative(folder, file).split(path.sep).join('/')}`, file]),
  );
}
