/** What an installation writes on each system, as text: places, quoting, and the shapes that the systems' own documents give. */
import { expect, test } from 'vitest';
import { hostPlaces } from '../../relay/installation/browsers.ts';
import { planInstallation } from '../../relay/installation/installation-plan.ts';
import type { Surroundings } from '../../relay/installation/places.ts';
import type { Starter } from '../../relay/installation/record.ts';
import { CHROMIUM_ID, FIREFOX_ID } from '../../shared/extension-identity.ts';

const LINUX: Surroundings = { system: 'linux', userHome: '/home/ana', environment: { PATH: '/usr/bin' } };
const MAC: Surroundings = { system: 'darwin', userHome: '/Users/ana', environment: {} };
const WINDOWS: Surroundings = {
  system: 'win32',
  userHome: 'C:\\Users\\Ana',
  environment: { LOCALAPPDATA: 'C:\\Users\\Ana\\AppData\\Local', USERDOMAIN: 'CASA', USERNAME: 'Ana & Bia' },
};

function planOn(
  surroundings: Surroundings,
  starter: Starter,
  given: { there?: readonly string[]; home?: string } = {},
) {
  const { there, home = null } = given;
  const isThere = (file: string): boolean => there === undefined || there.includes(file);
  return planInstallation({ surroundings, version: '1.2.3', home, usedHome: home ?? '/data', starter, isThere });
}

function textOf(plan: ReturnType<typeof planOn>, end: string): string {
  const [file, ...others] = plan.files.filter((each) => each.path.endsWith(end));
  expect(others).toEqual([]);
  return file?.text ?? '';
}

test('on Linux everything lies in the home directory, and only browsers that are there hear of it', () => {
  const plan = planOn(LINUX, 'systemd', { there: ['/home/ana/.config/google-chrome', '/usr/bin/firefox-esr'] });
  expect(plan.files.map(({ path: file, purpose, executable }) => [file, purpose, executable])).toEqual([
    ['/home/ana/.local/lib/recado/native-host', 'host', true],
    ['/home/ana/.config/google-chrome/NativeMessagingHosts/app.recado.relay.json', 'browser', false],
    ['/home/ana/.mozilla/native-messaging-hosts/app.recado.relay.json', 'browser', false],
    ['/home/ana/.config/systemd/user/recado.service', 'login', false],
    ['/home/ana/.local/share/applications/recado.desktop', 'menu', false],
    ['/home/ana/.local/bin/recado', 'command', true],
  ]);
  const host = '/home/ana/.local/lib/recado/native-host';
  expect(JSON.parse(textOf(plan, 'google-chrome/NativeMessagingHosts/app.recado.relay.json'))).toEqual({
    name: 'app.recado.relay',
    description: 'Starts Recado on this computer',
    path: host,
    type: 'stdio',
    allowed_origins: [`chrome-extension://${CHROMIUM_ID}/`],
  });
  expect(JSON.parse(textOf(plan, 'native-messaging-hosts/app.recado.relay.json'))).toMatchObject({
    path: host,
    allowed_extensions: [FIREFOX_ID],
  });
});

test('a systemd unit is restarted after a crash, not for ever, and not where another start would end the same', () => {
  const unit = textOf(planOn(LINUX, 'systemd', { home: '/srv/my $data 100%' }), 'recado.service');
  expect(unit).toContain(
    'ExecStart="/home/ana/.local/lib/recado/program/node" "/home/ana/.local/lib/recado/program/recado-relay/main.js" start\n',
  );
  expect(unit).toContain('Environment="RECADO_INSTALLED=1"\nEnvironment="RECADO_HOME=/srv/my $$data 100%%"\n');
  for (const line of [
    'Restart=on-failure',
    'RestartSec=1',
    'RestartPreventExitStatus=2 4 130',
    'StartLimitIntervalSec=300',
    'StartLimitBurst=5',
    'WantedBy=default.target',
  ])
    expect(unit.split('\n')).toContain(line);
});

test('a desktop without systemd starts the keeper', () => {
  const plan = planOn(LINUX, 'keeper');
  expect(textOf(plan, '/home/ana/.config/autostart/recado.desktop')).toContain(
    'Exec="/home/ana/.local/lib/recado/program/node" "/home/ana/.local/lib/recado/program/recado-relay/keeper.js"\n',
  );
});

test('on macOS a launch agent starts the keeper, and a folder with a space in its name is quoted', () => {
  const plan = planOn(MAC, 'launchd');
  const agent = textOf(plan, '/Users/ana/Library/LaunchAgents/app.recado.relay.plist');
  expect(agent).toContain('<key>Label</key><string>app.recado.relay</string>');
  expect(agent).toContain(
    '<array><string>/Users/ana/Library/Application Support/Recado Program/program/node</string><string>/Users/ana/Library/Application Support/Recado Program/program/recado-relay/keeper.js</string></array>',
  );
  expect(agent).toContain('<key>RunAtLoad</key><true/>');
  expect(balanced(agent)).toBe(true);
  expect(textOf(plan, 'native-host')).toContain(
    "'/Users/ana/Library/Application Support/Recado Program/program/node' ",
  );
  expect(balanced(textOf(plan, 'Info.plist'))).toBe(true);
  const places = hostPlaces(MAC).map(({ manifest }) => manifest.replace('/Users/ana/Library/Application Support/', ''));
  expect(places).toContain('Google/Chrome/NativeMessagingHosts/app.recado.relay.json');
  expect(places).toContain('Mozilla/NativeMessagingHosts/app.recado.relay.json');
});

test('on Windows a task starts the keeper at login, and each browser’s key names its manifest', () => {
  const plan = planOn(WINDOWS, 'task', { there: [] });
  const task = textOf(plan, 'login-task.xml');
  // The order that the schema asks for.
  expect([...task.matchAll(/^ {2}<([A-Z]\w+)/gm)].map(([, name]) => name)).toEqual([
    'RegistrationInfo',
    'Triggers',
    'Principals',
    'Settings',
    'Actions',
  ]);
  expect(task).toContain('<UserId>CASA\\Ana &amp; Bia</UserId>');
  expect(task).toContain('<Command>C:\\Users\\Ana\\AppData\\Local\\Programs\\Recado\\program\\node.exe</Command>');
  expect(task).toContain(
    '<Arguments>&quot;C:\\Users\\Ana\\AppData\\Local\\Programs\\Recado\\program\\recado-relay\\keeper.js&quot;</Arguments>',
  );
  expect(balanced(task)).toBe(true);
  expect(plan.files.find(({ path: file }) => file.endsWith('login-task.xml'))?.encoding).toBe('utf16le');
  expect(plan.registry).toEqual([
    ...['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].map((vendor) => ({
      key: `Software\\${vendor}\\NativeMessagingHosts\\app.recado.relay`,
      value: 'C:\\Users\\Ana\\AppData\\Local\\Programs\\Recado\\app.recado.relay.json',
    })),
    {
      key: 'Software\\Mozilla\\NativeMessagingHosts\\app.recado.relay',
      value: 'C:\\Users\\Ana\\AppData\\Local\\Programs\\Recado\\app.recado.relay.firefox.json',
    },
  ]);
  expect(textOf(plan, 'native-host.bat')).toContain('set NODE_OPTIONS=\r\n');
});

/** True if every element that begins ends, in order. */
function balanced(xml: string): boolean {
  const open: string[] = [];
  for (const [, closing, name, empty] of xml.matchAll(/<(\/?)([A-Za-z]\w*)[^>]*?(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== name) return false;
    } else if (!empty) open.push(name ?? '');
  }
  return open.length === 0;
}
