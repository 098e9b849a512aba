import path from 'node:path';
import { defineConfig } from 'wxt';

/** What ships with every build beside our own code: the licence (libsignal makes it the GPL) and everyone else's. */
const LEGAL_FILES = ['LICENSE', 'THIRD-PARTY-NOTICES.txt'];

/** Many small files weigh more than few: what every page opens with is one, and so is each language. */
const CHUNKS = [
  { name: 'pt-BR', test: /\/words\/pt-BR\.ts$/ },
  { name: 'en', test: /\/words\/en\.ts$/ },
  { name: 'es', test: /\/words\/es\.ts$/ },
  {
    name: 'base',
    test: /node_modules\/(?!qrcode|dijkstrajs|encode-utf8)|preload-helper|\/shared\/(?!words\/(command-)?(pt-BR|en|es)\.ts)|\/extension\/(storage|words\/moments|words\/popup-language|toolbar\/switch-times|relay-link\/(?!pairing)|screens\/(frame|signs|menu|moment-now|trouble-line)\.)/,
  },
];

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  modulesDir: 'extension/modules',
  outDir: '.output',
  imports: false,
  // Everything is on disk: nothing to load ahead of time, and no script that would do it.
  vite: () => ({ build: { modulePreload: false } }),
  zip: { artifactTemplate: 'recado-{{version}}-{{browser}}-mv{{manifestVersion}}.zip' },
  hooks: {
    'vite:build:extendConfig': (entrypoints, config) => {
      // The background is one file as it is.
      if (!entrypoints.some(({ inputPath }) => inputPath.endsWith('.html'))) return;
      const output = config.build?.rollupOptions?.output;
      if (output && !Array.isArray(output)) output.codeSplitting = { groups: CHUNKS };
    },
    'build:publicAssets': (wxt, assets) => {
      for (const name of LEGAL_FILES) {
        assets.push({ absoluteSrc: path.join(wxt.config.root, name), relativeDest: name });
      }
    },
  },
  manifest: {
    name: 'Recado',
    description: 'WhatsApp Pessoal',
    permissions: ['alarms', 'contextMenus', 'notifications'],
    commands: {
      switch: { suggested_key: { default: 'Alt+Shift+L' }, description: 'Ligar ou desligar o agente' },
    },
    icons: {
      16: 'icons/connected-16.png',
      32: 'icons/connected-32.png',
      48: 'icons/connected-48.png',
      128: 'icons/connected-128.png',
    },
    action: { default_icon: { 16: 'icons/offline-16.png', 32: 'icons/offline-32.png', 48: 'icons/offline-48.png' } },
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src ws://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  },
});
