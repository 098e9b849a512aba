/** What an installation consists of, before anything is written: each file with its text, the registry's keys, the record. Pure. */
import { type HostPlace, hostPlaces } from './browsers.ts';
import { hostBatch, hostManifest, hostScript } from './host-files.ts';
import { autostartEntry, launchAgent, loginTask, type ProgramCommand, systemdUnit } from './login-files.ts';
import { LAUNCHD_LABEL } from './login-item.ts';
import { infoPlist, menuEntry, menuScript, menuShortcut, terminalBatch, terminalScript } from './menu-files.ts';
import { configOf, type Places, pathOf, placesOf, type Surroundings } from './places.ts';
import type { InstallationRecord, Starter } from './record.ts';

/** What a file is for, as people are told. */
type Purpose = 'host' | 'browser' | 'login' | 'menu' | 'command';

export type PlannedFile = {
  readonly path: string;
  readonly text: string;
  readonly purpose: Purpose;
  /** Those that read it; empty for what is no browser's. */
  readonly browsers: readonly string[];
  readonly executable: boolean;
  readonly encoding: 'utf8' | 'utf16le';
};

export type InstallationPlan = {
  readonly places: Places;
  readonly files: readonly PlannedFile[];
  /** Windows: keys under `HKEY_CURRENT_USER`, each with its default value. */
  readonly registry: readonly { readonly key: string; readonly value: string }[];
  readonly record: InstallationRecord;
};

export type PlanInputs = {
  readonly surroundings: Surroundings;
  readonly version: string;
  /** The relay's data directory; null for the system's usual place. */
  readonly home: string | null;
  /** Where the relay keeps its data. */
  readonly usedHome: string;
  readonly starter: Starter;
  /** True if there is such a file or folder now. */
  isThere(path: string): boolean;
};

export function planInstallation(inputs: PlanInputs): InstallationPlan {
  const { surroundings, starter, isThere } = inputs;
  const { system } = surroundings;
  const places = placesOf(surroundings);
  const { join } = pathOf(system);
  const bundle = (name: string): string => join(places.program, 'recado-relay', name);
  const command: ProgramCommand = {
    node: join(places.program, system === 'win32' ? 'node.exe' : 'node'),
    main: bundle('main.js'),
    keeper: bundle('keeper.js'),
    environment: { RECADO_INSTALLED: '1', ...(inputs.home === null ? {} : { RECADO_HOME: inputs.home }) },
  };
  const host = file(
    places.host,
    system === 'win32' ? hostBatch(command.node, bundle('host.js')) : hostScript(command.node, bundle('host.js')),
    'host',
    { executable: true },
  );
  const found = hostPlaces(surroundings).filter(({ signs }) => signs.length === 0 || signs.some(isThere));
  const files = [
    host,
    ...manifestsOf(found, places.host),
    loginFile(inputs, places, command),
    ...menuFiles(surroundings, places, command),
    file(places.command, system === 'win32' ? terminalBatch(command) : terminalScript(command), 'command', {
      executable: true,
    }),
  ];
  return {
    places,
    files,
    registry: found.flatMap(({ registryKey, manifest }) =>
      registryKey ? [{ key: registryKey, value: manifest }] : [],
    ),
    record: {
      version: inputs.version,
      home: inputs.usedHome,
      starter,
      ...command,
      files: files.map((each) => each.path),
      registryKeys: found.flatMap(({ registryKey }) => (registryKey ? [registryKey] : [])),
    },
  };
}

/** Several browsers may read one. */
function manifestsOf(found: readonly HostPlace[], host: string): readonly PlannedFile[] {
  const paths = [...new Set(found.map(({ manifest }) => manifest))];
  return paths.map((path) => {
    const readers = found.filter(({ manifest }) => manifest === path);
    const family = readers[0]?.family ?? 'chromium';
    return file(path, hostManifest(family, host), 'browser', { browsers: readers.flatMap(({ browsers }) => browsers) });
  });
}

function loginFile({ surroundings, starter }: PlanInputs, places: Places, command: ProgramCommand): PlannedFile {
  const { environment } = surroundings;
  switch (starter) {
    case 'systemd':
      return file(places.loginItem, systemdUnit(command), 'login');
    case 'launchd':
      return file(places.loginItem, launchAgent(command, LAUNCHD_LABEL), 'login');
    case 'task': {
      const user = `${environment.USERDOMAIN ?? '.'}\\${environment.USERNAME ?? ''}`;
      return file(places.loginItem, loginTask(command, user), 'login', { encoding: 'utf16le' });
    }
    case 'keeper':
      return file(`${configOf(surroundings)}/autostart/recado.desktop`, autostartEntry(command), 'login');
  }
}

function menuFiles({ system }: Surroundings, places: Places, command: ProgramCommand): readonly PlannedFile[] {
  if (system === 'linux') return [file(places.menuEntry, menuEntry(command), 'menu')];
  if (system === 'win32') return [file(places.menuEntry, menuShortcut(places.program), 'menu')];
  return [
    file(`${places.menuEntry}/Contents/Info.plist`, infoPlist(), 'menu'),
    file(`${places.menuEntry}/Contents/MacOS/Recado`, menuScript(command), 'menu', { executable: true }),
  ];
}

function file(
  path: string,
  text: string,
  purpose: Purpose,
  more: Partial<Pick<PlannedFile, 'browsers' | 'executable' | 'encoding'>> = {},
): PlannedFile {
  return { path, text, purpose, browsers: [], executable: false, encoding: 'utf8', ...more };
}
