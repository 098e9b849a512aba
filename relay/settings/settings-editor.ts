/**
 * The settings of a running relay, to be looked at and changed: what holds now, and what settings.json says for the next start.
 * A change holds at once, but for the settings in NEEDS_RESTART: of those the running relay was built.
 */
import {
  NEEDS_RESTART,
  NO_PROXY,
  NUMBER_SETTINGS,
  type NumberSetting,
  type Settings,
  TEXT_SETTINGS,
  type TextSetting,
} from './catalogue.ts';
import { type Inputs, resolveSettings, type Source, type Sources } from './resolution.ts';
import { SETTING_NAMES, type SettingName } from './setting-names.ts';
import { type FileContent, readContent, writeContent } from './settings-file.ts';

type Value = number | string | null;

/** One setting: what it is, what holds now, and what will hold once the relay is started again. */
export type SettingView = {
  readonly name: string;
  readonly kind: 'number' | 'text';
  readonly unit: NumberSetting['unit'] | null;
  /** What the relay runs on. */
  readonly value: Value;
  /** From where: a file can be changed here, a flag or the environment cannot. */
  readonly source: Source;
  /** The same as `value` where nothing waits for the next start. */
  readonly next: Value;
  readonly default: Value;
  readonly least: number | null;
  readonly most: number | null;
  readonly whole: boolean;
  readonly choices: readonly string[] | null;
  readonly meaning: string;
  readonly needsRestart: boolean;
};

export type SettingChange =
  | { readonly type: 'changed'; readonly setting: SettingView }
  | {
      readonly type: 'fault';
      readonly fault: 'no-such-setting' | 'setting-fixed' | 'setting-refused' | 'settings-unreadable';
      /** A sentence for the log and for scripts. */
      readonly detail: string;
    };

export type SettingsEditorDeps = {
  /** What the relay runs on: a change that needs no restart is made in it. */
  readonly settings: { -readonly [name in keyof Settings]: Settings[name] };
  readonly sources: { -readonly [name in keyof Sources]: Sources[name] };
  /** For the system's language. */
  readonly environment: Inputs['environment'];
};

/** Settings that say where the file lies, or that tests alone need. */
const NOT_OFFERED: ReadonlySet<SettingName> = new Set(['home', 'whatsappUrl', 'whatsappRootKey']);

export const OFFERED_SETTINGS: readonly SettingName[] = SETTING_NAMES.filter((name) => !NOT_OFFERED.has(name));

const LOCALE_NAMES = ['LC_ALL', 'LC_MESSAGES', 'LANG'];

export class SettingsEditor {
  readonly #deps: SettingsEditorDeps;
  readonly #environment: Inputs['environment'];

  constructor(deps: SettingsEditorDeps) {
    this.#deps = deps;
    this.#environment = Object.fromEntries(LOCALE_NAMES.map((name) => [name, deps.environment[name]]));
  }

  list(): readonly SettingView[] {
    const next = this.#next();
    return OFFERED_SETTINGS.map((name) => this.#view(name, next));
  }

  /** Null goes back to the default. */
  change(wanted: string, value: Value): SettingChange {
    const name = OFFERED_SETTINGS.find((each) => each === wanted);
    if (!name) return { type: 'fault', fault: 'no-such-setting', detail: `There is no setting called "${wanted}".` };
    const { settings, sources } = this.#deps;
    const source = sources[name];
    if (source === 'flag' || source === 'environment') {
      return { type: 'fault', fault: 'setting-fixed', detail: `${name} comes from the ${source}.` };
    }
    const judged = value === null ? null : this.#resolve({ [name]: value });
    if (judged?.type === 'problems') {
      return { type: 'fault', fault: 'setting-refused', detail: `${name} does not take this value.` };
    }
    const content = readContent(settings.home);
    if (!content) {
      return { type: 'fault', fault: 'settings-unreadable', detail: 'settings.json is not a JSON object.' };
    }
    const { [name]: _before, ...others } = content;
    // As it was understood: a number that was typed with a comma is a number.
    const written = judged && fileValue(judged.settings, name);
    writeContent(settings.home, written === null ? others : { ...others, [name]: written });
    const next = this.#next();
    if (!NEEDS_RESTART.has(name)) {
      const setting: NumberSetting | TextSetting = { ...NUMBER_SETTINGS, ...TEXT_SETTINGS }[name];
      Object.assign(settings, { [name]: next.get(name) ?? setting.default });
      sources[name] = judged ? 'file' : 'default';
    }
    return { type: 'changed', setting: this.#view(name, next) };
  }

  /** What each setting will be, judged alone: a line that somebody wrote wrong by hand hides no other. */
  #next(): ReadonlyMap<SettingName, Value> {
    const content = readContent(this.#deps.settings.home) ?? {};
    return new Map(
      OFFERED_SETTINGS.flatMap((name) => {
        const resolution = this.#resolve(Object.hasOwn(content, name) ? { [name]: content[name] } : {});
        return resolution.type === 'settings' ? [[name, writtenValue(resolution.settings, name)] as const] : [];
      }),
    );
  }

  #resolve(content: FileContent): ReturnType<typeof resolveSettings> {
    const { home } = this.#deps.settings;
    return resolveSettings({
      flags: { home },
      environment: this.#environment,
      defaultHome: home,
      readFile: () => JSON.stringify({ ...this.#simulated(), ...content }),
    });
  }

  /** With a simulated WhatsApp the brakes have other bounds. */
  #simulated(): FileContent {
    const { simulated } = this.#deps.settings;
    if (!simulated) return {};
    return { whatsappUrl: simulated.url, whatsappRootKey: Buffer.from(simulated.rootKey).toString('hex') };
  }

  #view(name: SettingName, next: ReadonlyMap<SettingName, Value>): SettingView {
    const { settings, sources } = this.#deps;
    const setting: NumberSetting | TextSetting = { ...NUMBER_SETTINGS, ...TEXT_SETTINGS }[name];
    const source = sources[name];
    const fixed = source === 'flag' || source === 'environment';
    const value = writtenValue(settings, name);
    return {
      name,
      kind: setting.kind,
      unit: setting.kind === 'number' ? setting.unit : null,
      value,
      source,
      next: fixed ? value : (next.get(name) ?? value),
      default: setting.default,
      least: setting.kind === 'number' ? setting.least : null,
      most: setting.kind === 'number' ? setting.most : null,
      whole: setting.kind === 'number' && setting.whole,
      choices: setting.kind === 'text' ? setting.choices : null,
      meaning: setting.meaning,
      needsRestart: NEEDS_RESTART.has(name),
    };
  }
}

/** As it is written in the file. */
function fileValue(settings: Settings, name: SettingName): Value {
  return name === 'proxy' ? (settings.proxy ?? NO_PROXY) : writtenValue(settings, name);
}

/** As it is read: of a proxy without the user and the password. */
export function writtenValue(settings: Settings, name: SettingName): Value {
  switch (name) {
    case 'proxy':
      return settings.proxy === null ? null : proxyName(settings.proxy);
    case 'whatsappVersion':
      return settings.whatsappVersion?.join('.') ?? null;
    case 'whatsappUrl':
      return settings.simulated?.url ?? null;
    case 'whatsappRootKey':
      return settings.simulated ? Buffer.from(settings.simulated.rootKey).toString('hex') : null;
    default:
      return settings[name];
  }
}

/** A proxy's address without its user and password. */
export function proxyName(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
