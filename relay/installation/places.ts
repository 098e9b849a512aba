/** Where everything of an installation lies, for each system, all of it inside the user's own directories. Pure. */
import { posix, win32 } from 'node:path';

/** The systems that an installation knows. */
const SYSTEMS = ['linux', 'darwin', 'win32'] as const;
export type System = (typeof SYSTEMS)[number];

export type Surroundings = {
  readonly system: System;
  /** The user's own directory. */
  readonly userHome: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

export type Places = {
  /** All that is copied lies in it. */
  readonly root: string;
  /** The version that runs. */
  readonly program: string;
  /** The one before, until the next update. */
  readonly before: string;
  /** What was installed, and where: read by whoever removes it, and by the program that the browser starts. */
  readonly record: string;
  /** What browsers start. */
  readonly host: string;
  /** The command for a terminal. */
  readonly command: string;
  /** What starts the relay at login. */
  readonly loginItem: string;
  /** What the system's menu shows. */
  readonly menuEntry: string;
};

export function systemOf(platform: NodeJS.Platform): System | null {
  return SYSTEMS.find((system) => system === platform) ?? null;
}

export function placesOf(surroundings: Surroundings): Places {
  const { system, userHome } = surroundings;
  if (system === 'win32') return windowsPlaces(surroundings);
  const inHome = (...parts: readonly string[]): string => posix.join(userHome, ...parts);
  const root =
    system === 'darwin'
      ? inHome('Library', 'Application Support', 'Recado Program')
      : inHome('.local', 'lib', 'recado');
  const common = {
    root,
    program: posix.join(root, 'program'),
    before: posix.join(root, 'program.before'),
    record: posix.join(root, 'installation.json'),
    host: posix.join(root, 'native-host'),
    command: inHome('.local', 'bin', 'recado'),
  };
  if (system === 'darwin') {
    return {
      ...common,
      loginItem: inHome('Library', 'LaunchAgents', 'app.recado.relay.plist'),
      menuEntry: inHome('Applications', 'Recado.app'),
    };
  }
  return {
    ...common,
    loginItem: posix.join(configOf(surroundings), 'systemd', 'user', 'recado.service'),
    menuEntry: posix.join(dataOf(surroundings), 'applications', 'recado.desktop'),
  };
}

function windowsPlaces(surroundings: Surroundings): Places {
  const local = surroundings.environment.LOCALAPPDATA || win32.join(surroundings.userHome, 'AppData', 'Local');
  const roaming = surroundings.environment.APPDATA || win32.join(surroundings.userHome, 'AppData', 'Roaming');
  const root = win32.join(local, 'Programs', 'Recado');
  return {
    root,
    program: win32.join(root, 'program'),
    before: win32.join(root, 'program.before'),
    record: win32.join(root, 'installation.json'),
    host: win32.join(root, 'native-host.bat'),
    command: win32.join(root, 'recado.cmd'),
    loginItem: win32.join(root, 'login-task.xml'),
    menuEntry: win32.join(roaming, 'Microsoft', 'Windows', 'Start Menu', 'Programs', 'Recado.url'),
  };
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: what is not absolute is as if it were not there. */
export function configOf({ userHome, environment }: Surroundings): string {
  const given = environment.XDG_CONFIG_HOME;
  return given?.startsWith('/') ? given : posix.join(userHome, '.config');
}

function dataOf({ userHome, environment }: Surroundings): string {
  const given = environment.XDG_DATA_HOME;
  return given?.startsWith('/') ? given : posix.join(userHome, '.local', 'share');
}

/** Paths of the system that is spoken of, whichever one this runs on. */
export function pathOf(system: System): typeof posix {
  return system === 'win32' ? win32 : posix;
}
