/** What browsers read and start: the manifest that names our extension exactly, and the script that runs the program. Pure. */
import { NATIVE_HOST } from '../../shared/contract/native-host.ts';
import { CHROMIUM_ID, FIREFOX_ID } from '../../shared/extension-identity.ts';
import type { HostPlace } from './browsers.ts';
import { batchQuoted, shellQuoted } from './quoting.ts';

/** `host`: the script's absolute path. */
export function hostManifest(family: HostPlace['family'], host: string): string {
  const allowed =
    family === 'firefox'
      ? { allowed_extensions: [FIREFOX_ID] }
      : { allowed_origins: [`chrome-extension://${CHROMIUM_ID}/`] };
  const manifest = {
    name: NATIVE_HOST,
    description: 'Starts Recado on this computer',
    path: host,
    type: 'stdio',
    ...allowed,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What a browser's own environment may hand on; nothing that changes what Node does or loads. */
const HANDED_ON = [
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'LC_MESSAGES',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
];

/** `node` and `file`: absolute paths. Linux and macOS. */
export function hostScript(node: string, file: string): string {
  const kept = HANDED_ON.map((name) => `\${${name}+${name}="$${name}"}`).join(' ');
  return `#!/bin/sh
# Started by a browser, for Recado's own extension alone.
exec /usr/bin/env -i PATH=/usr/bin:/bin ${kept} ${shellQuoted(node)} ${shellQuoted(file)} "$@"
`;
}

/** Windows. */
export function hostBatch(node: string, file: string): string {
  return [
    '@echo off',
    'setlocal',
    'set NODE_OPTIONS=',
    'set NODE_PATH=',
    `${batchQuoted(node)} ${batchQuoted(file)} %*`,
    '',
  ].join('\r\n');
}
