import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'wxt';
import { handbookFiles } from './extension/build/handbook.ts';
import { plainImports } from './extension/build/plain-imports.ts';
import { FIREFOX_ID } from './shared/extension-identity.ts';
import { LANGUAGE_CODES } from './shared/locales/languages.ts';

/** What ships with every build beside our own code: the licence (libsignal makes it the GPL) and everyone else's. */
const LEGAL_FILES = ['LICENSE', 'THIRD-PARTY-NOTICES.txt'];

/** Many small files weigh more than few: what a page opens with is one, the popup and all that it imports before anything is asked for. A page's styles are apart, or its first file would wait for the base with them. */
const CHUNKS = [{ name: 'base', test: /\/extension\/popup\/popup-page\.tsx$/ }];

/** Scripts and styles of its own, sockets to this computer, and nothing else. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src ws://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** WhatsApp's own page, where alone a passkey of WhatsApp's can be used. */
const PASSKEY_PAGES = 'https://web.whatsapp.com/*';

/** `npm run pack`: its pages show the lines of the package that npm installs. */
const IS_PACKAGED = process.env.RECADO_PACKAGED === '1';

/** `wxt zip --mode store`: a store gives an extension an id of its own. */
const STORE = 'store';

/** Pins the id of an unpacked extension, so that it stays paired wherever its folder lies. Its private half was thrown away. */
const KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn0wVZfeCyK6riyD2xsMbnmNZ+fKrVN5D43OlCbHwEGoixzfmL+AHHOLcy5j57Y+UwaG9kJ/d/B8jyJ13CTvcBTUTEP+qzyf/GO+BPp0qCvbt67WzeJXXTtEP10dXYqKb+Uu2W/LD2FUGX3wpLJIOEH3CzQps+Byimg5Y2WLQ1PkGOuKvkwiqAZhlQY8R/CoL1SzVYm0MXRvBJ3OizEe0F5xF/4zfb+OB8TZ7+cwKtgSuyTDsu08qgVsDTLjbMXTIMgjRodyf0972fgK5D1pzOd83AiFrjUAVil8nGPdA4u5UO8NJ1XjZhlNzda9GzrOWSQ3xYshiRobkf0gM+G+0iwIDAQAB';

/** What Mozilla asks for. 142 is the first version that knows the declaration about data on every system. */
const FIREFOX = {
  browser_specific_settings: {
    gecko: {
      id: FIREFOX_ID,
      strict_min_version: '142.0',
      data_collection_permissions: { required: ['none' as const] },
    },
    // On a telephone too, where a relay runs on it.
    gecko_android: { strict_min_version: '142.0' },
  },
};

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  modulesDir: 'extension/modules',
  outDir: IS_PACKAGED ? '.output/npm/recado-extension' : 'recado-extension',
  // The folder that a person looks for in the browser's own dialog: in sight, and named after the browser.
  outDirTemplate: '{{browser}}{{modeSuffix}}',
  imports: false,
  // Everything is on disk: nothing to load ahead of time, and no script that would do it.
  vite: () => ({
    define: { RECADO_PACKAGED: JSON.stringify(IS_PACKAGED) },
    build: { modulePreload: false },
    plugins: [plainImports],
  }),
  zip: { artifactTemplate: 'recado-{{version}}-{{browser}}-mv{{manifestVersion}}.zip' },
  hooks: {
    'vite:build:extendConfig': (entrypoints, config) => {
      // The background is one file as it is.
      if (!entrypoints.some(({ inputPath }) => inputPath.endsWith('.html'))) return;
      const output = config.build?.rollupOptions?.output;
      if (!output || Array.isArray(output)) return;
      output.codeSplitting = { groups: CHUNKS };
      output.chunkFileNames = ({ name, facadeModuleId }) => `chunks/${languageOf(facadeModuleId)}${name}.js`;
    },
    'build:manifestGenerated': (_wxt, manifest) => {
      // Until the relay has spoken; in both versions of the manifest.
      const button = manifest.action ?? manifest.browser_action;
      if (button) button.default_icon = iconsOf('offline', [16, 32, 48]);
    },
    'build:publicAssets': async (wxt, assets) => {
      // What the browser itself says of the extension: `__MSG_…__` in the manifest.
      for (const language of LANGUAGE_CODES) {
        const { manifest } = await import(`./shared/locales/${language}/manifest.ts`);
        const messages = Object.entries<string>(manifest).map(([name, message]) => [name, { message }]);
        assets.push({
          contents: JSON.stringify(Object.fromEntries(messages)),
          relativeDest: `_locales/${language.replace('-', '_')}/messages.json`,
        });
      }
      assets.push(...handbookFiles(IS_PACKAGED));
      for (const name of LEGAL_FILES) {
        // The notices are written by `npm run build` and `npm run zip`; a build for this machine alone can do without.
        if (!existsSync(path.join(wxt.config.root, name))) continue;
        assets.push({ absoluteSrc: path.join(wxt.config.root, name), relativeDest: name });
      }
    },
  },
  manifest: ({ browser, mode }) => ({
    name: 'Recado',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: ['alarms', 'contextMenus', 'notifications', 'scripting'],
    // Asked for at a click: to start the relay on this computer; and where WhatsApp wants a passkey, given back right after.
    ...(browser === 'firefox'
      ? { optional_permissions: ['nativeMessaging', PASSKEY_PAGES] }
      : { optional_permissions: ['nativeMessaging'], optional_host_permissions: [PASSKEY_PAGES] }),
    commands: {
      switch: { suggested_key: { default: 'Alt+Shift+L' }, description: '__MSG_switchCommand__' },
    },
    icons: iconsOf('connected', [16, 32, 48, 128]),
    content_security_policy: { extension_pages: POLICY },
    ...(browser === 'firefox' ? FIREFOX : { minimum_chrome_version: '130', ...(mode === STORE ? {} : { key: KEY }) }),
  }),
});

/** Files on a disk are never stale: a hash in their names would only be weight. The words of each language are told apart. */
function languageOf(module: string | null): string {
  const language = /[\\/]locales[\\/]([\w-]+)[\\/]/.exec(module ?? '')?.[1];
  return language === undefined ? '' : `${language}-`;
}

function iconsOf(name: string, sizes: readonly number[]): Record<string, string> {
  return Object.fromEntries(sizes.map((size) => [size, `icons/${name}-${size}.png`]));
}
