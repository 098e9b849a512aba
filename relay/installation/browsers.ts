/**
 * Where each browser looks for programs that an extension may call, and how it is seen that a browser is here. Pure.
 * Chromium's native messaging: https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging;
 * Firefox's: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests.
 */
import { posix, win32 } from 'node:path';
import { NATIVE_HOST } from '../../shared/contract/native-host.ts';
import { configOf, placesOf, type Surroundings } from './places.ts';

export type HostPlace = {
  readonly family: 'chromium' | 'firefox';
  /** Every browser that reads this manifest, as people call it. */
  readonly browsers: readonly string[];
  readonly manifest: string;
  /** Windows: the key under `HKEY_CURRENT_USER` whose default value is the manifest's path. */
  readonly registryKey: string | null;
  /** One of these is there where the browser is. */
  readonly signs: readonly string[];
};

type Family = HostPlace['family'];
type Known = {
  readonly name: string;
  readonly family: Family;
  readonly linux: { readonly folder: string; readonly commands: readonly string[] };
  readonly darwin: { readonly folder: string; readonly app: string };
};

/** On Windows Brave, Vivaldi and Opera read Chrome's key; on Linux Opera reads Chrome's folder. */
const BROWSERS: readonly Known[] = [
  {
    name: 'Chrome',
    family: 'chromium',
    linux: { folder: 'google-chrome', commands: ['google-chrome', 'google-chrome-stable', 'opera'] },
    darwin: { folder: 'Google/Chrome', app: 'Google Chrome' },
  },
  {
    name: 'Chromium',
    family: 'chromium',
    linux: { folder: 'chromium', commands: ['chromium', 'chromium-browser'] },
    darwin: { folder: 'Chromium', app: 'Chromium' },
  },
  {
    name: 'Edge',
    family: 'chromium',
    linux: { folder: 'microsoft-edge', commands: ['microsoft-edge', 'microsoft-edge-stable'] },
    darwin: { folder: 'Microsoft Edge', app: 'Microsoft Edge' },
  },
  {
    name: 'Brave',
    family: 'chromium',
    linux: { folder: 'BraveSoftware/Brave-Browser', commands: ['brave', 'brave-browser', 'brave-browser-stable'] },
    darwin: { folder: 'BraveSoftware/Brave-Browser', app: 'Brave Browser' },
  },
  {
    name: 'Vivaldi',
    family: 'chromium',
    linux: { folder: 'vivaldi', commands: ['vivaldi', 'vivaldi-stable'] },
    darwin: { folder: 'Vivaldi', app: 'Vivaldi' },
  },
  {
    name: 'Firefox',
    family: 'firefox',
    linux: { folder: '.mozilla', commands: ['firefox', 'firefox-esr'] },
    darwin: { folder: 'Mozilla', app: 'Firefox' },
  },
];

/** Where Debian, Fedora, Arch and Snap put commands; a shell's own list may lack some, as at login. */
const COMMAND_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/bin'];

const MANIFEST = `${NATIVE_HOST}.json`;

export function hostPlaces(surroundings: Surroundings): readonly HostPlace[] {
  if (surroundings.system === 'win32') return windowsPlaces(surroundings);
  return BROWSERS.map((browser) =>
    surroundings.system === 'darwin' ? placeOnMac(browser, surroundings) : placeOnLinux(browser, surroundings),
  );
}

function placeOnLinux({ name, family, linux }: Known, surroundings: Surroundings): HostPlace {
  const folder = posix.join(family === 'firefox' ? surroundings.userHome : configOf(surroundings), linux.folder);
  const listed = (surroundings.environment.PATH ?? '').split(':').filter((each) => each.startsWith('/'));
  const folders = [...new Set([...listed, ...COMMAND_FOLDERS])];
  return {
    family,
    browsers: [name],
    manifest: posix.join(folder, family === 'firefox' ? 'native-messaging-hosts' : 'NativeMessagingHosts', MANIFEST),
    registryKey: null,
    signs: [folder, ...folders.flatMap((each) => linux.commands.map((command) => posix.join(each, command)))],
  };
}

function placeOnMac({ name, family, darwin }: Known, { userHome }: Surroundings): HostPlace {
  const folder = posix.join(userHome, 'Library', 'Application Support', darwin.folder);
  return {
    family,
    browsers: [name],
    manifest: posix.join(folder, 'NativeMessagingHosts', MANIFEST),
    registryKey: null,
    signs: [
      folder,
      ...['/Applications', posix.join(userHome, 'Applications')].map((each) => posix.join(each, `${darwin.app}.app`)),
    ],
  };
}

/** Keys cost nothing where a browser is missing, and one that comes later finds them. */
function windowsPlaces(surroundings: Surroundings): readonly HostPlace[] {
  const { root } = placesOf(surroundings);
  const place = (family: Family, browsers: readonly string[], vendor: string): HostPlace => ({
    family,
    browsers,
    manifest: win32.join(root, family === 'firefox' ? `${NATIVE_HOST}.firefox.json` : MANIFEST),
    registryKey: `Software\\${vendor}\\NativeMessagingHosts\\${NATIVE_HOST}`,
    signs: [],
  });
  return [
    place('chromium', ['Chrome', 'Brave', 'Vivaldi', 'Opera'], 'Google\\Chrome'),
    place('chromium', ['Chromium'], 'Chromium'),
    place('chromium', ['Edge'], 'Microsoft\\Edge'),
    place('firefox', ['Firefox'], 'Mozilla'),
  ];
}
