/**
 * Copies the program to a place that stays, and registers it with the system and with every browser that is here; twice is fine. Removes
 * all of it again. What it does, it says, file by file.
 */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type InstallationPlan, type PlanInputs, type PlannedFile, planInstallation } from './installation-plan.ts';
import { showInstalledLines } from './installed-extension.ts';
import { register, unregister } from './login-item.ts';
import { type Places, placesOf, type Surroundings } from './places.ts';
import { type InstallationRecord, readRecord, recordText } from './record.ts';
import { type Run, reg, removeLater } from './system-commands.ts';

/** What is copied: where it lies now. */
export type ProgramSource = {
  /** Node itself. */
  readonly node: string;
  /** The folder of the bundle. */
  readonly relay: string;
  /** The folder of the built extension, one folder a browser; null where it is not built. */
  readonly extension: string | null;
  /** Files beside them: the package's description, licences. */
  readonly files: readonly string[];
};

export type InstallStep =
  | { readonly type: 'copied'; readonly path: string }
  | { readonly type: 'written'; readonly file: PlannedFile }
  | { readonly type: 'registered'; readonly path: string };

const OWNER_WRITES = 0o644;
const OWNER_RUNS = 0o755;
const PLAIN_BOM = '\uFEFF';

export class Installer {
  readonly #surroundings: Surroundings;
  readonly #run: Run;
  readonly places: Places;

  get system(): Surroundings['system'] {
    return this.#surroundings.system;
  }

  constructor(surroundings: Surroundings, run: Run) {
    this.#surroundings = surroundings;
    this.#run = run;
    this.places = placesOf(surroundings);
  }

  /** Null where nothing is installed. */
  record(): InstallationRecord | null {
    return readRecord(this.places.record);
  }

  plan(inputs: Omit<PlanInputs, 'surroundings' | 'isThere'>): InstallationPlan {
    return planInstallation({ ...inputs, surroundings: this.#surroundings, isThere: existsSync });
  }

  /** The program's files, ready beside the version that runs; `swap` puts them in its place. */
  copy({ node, relay, extension, files }: ProgramSource): void {
    const unready = this.#unready;
    rmSync(unready, { recursive: true, force: true });
    mkdirSync(unready, { recursive: true, mode: OWNER_RUNS });
    const target = path.join(unready, this.#surroundings.system === 'win32' ? 'node.exe' : 'node');
    copyFileSync(node, target);
    cpSync(relay, path.join(unready, 'recado-relay'), { recursive: true });
    if (extension) {
      const copy = path.join(unready, 'recado-extension');
      cpSync(extension, copy, { recursive: true });
      showInstalledLines(copy, this.places.command);
    }
    for (const each of files) copyFileSync(each, path.join(unready, path.basename(each)));
    closeToOthers(unready);
    chmodSync(target, OWNER_RUNS);
  }

  /** The relay must not run: its files go to the side. */
  swap(): string {
    const { program, before } = this.places;
    if (existsSync(program)) {
      rmSync(before, { recursive: true, force: true });
      moveAway(program, before);
    }
    renameSync(this.#unready, program);
    return program;
  }

  /** The version before in the place of the one that is there, which goes to the side; false where there is none. The relay must not run. */
  swapBack(): boolean {
    const { program, before } = this.places;
    if (!existsSync(before)) return false;
    const aside = this.#unready;
    rmSync(aside, { recursive: true, force: true });
    if (existsSync(program)) moveAway(program, aside);
    renameSync(before, program);
    if (existsSync(aside)) renameSync(aside, before);
    return true;
  }

  /** Null where there is none. */
  versionBefore(): string | null {
    try {
      return String(JSON.parse(readFileSync(path.join(this.places.before, 'package.json'), 'utf8')).version);
    } catch {
      // Nothing was updated yet.
      return null;
    }
  }

  /** Nobody starts anything while there is none. */
  hideRecord(): void {
    rmSync(this.places.record, { force: true });
  }

  keepRecord(record: InstallationRecord): void {
    this.#write({ path: this.places.record, text: recordText(record), executable: false, encoding: 'utf8' });
  }

  /** What was installed before and is not any more goes. */
  register(plan: InstallationPlan, told: (step: InstallStep) => void): void {
    const gone = (this.record()?.files ?? []).filter((each) => !plan.record.files.includes(each));
    // Written first: whatever happens then, it is known what to remove.
    this.keepRecord(plan.record);
    for (const file of plan.files) {
      this.#write(file);
      told({ type: 'written', file });
    }
    for (const { key, value } of plan.registry) {
      this.#run(reg(process.env), ['add', `HKCU\\${key}`, '/ve', '/t', 'REG_SZ', '/d', value, '/f']);
      told({ type: 'registered', path: `HKCU\\${key}` });
    }
    const more = register(plan.record.starter, plan.places, this.#run);
    for (const each of more) told({ type: 'registered', path: each });
    this.keepRecord({ ...plan.record, files: [...plan.record.files, ...more] });
    for (const each of gone.filter((file) => !more.includes(file))) removeFile(each);
  }

  /** All that was installed; the data stay. Returns what is gone, in the order in which it went. */
  remove(record: InstallationRecord): readonly string[] {
    unregister(record.starter, this.#run);
    for (const key of record.registryKeys) this.#run(reg(process.env), ['delete', `HKCU\\${key}`, '/f']);
    const files = record.files.toReversed().filter((file) => lstatSync(file, { throwIfNoEntry: false }) !== undefined);
    for (const file of files) removeFile(file);
    this.#removeRoot();
    return [...record.registryKeys.map((key) => `HKCU\\${key}`), ...files, this.places.root];
  }

  /** Windows deletes no program that runs, such as the Node that does this: what is left goes when it has ended. */
  #removeRoot(): void {
    const { root } = this.places;
    try {
      rmSync(root, { recursive: true, force: true });
    } catch (error) {
      if (this.#surroundings.system !== 'win32') throw error;
      removeLater(root, process.env);
    }
  }

  get #unready(): string {
    return `${this.places.program}.new`;
  }

  /** As a whole or not at all. */
  #write({
    path: file,
    text,
    executable,
    encoding,
  }: Pick<PlannedFile, 'path' | 'text' | 'executable' | 'encoding'>): void {
    mkdirSync(path.dirname(file), { recursive: true, mode: OWNER_RUNS });
    const unready = `${file}.new`;
    rmSync(unready, { force: true });
    writeFileSync(unready, encoding === 'utf16le' ? PLAIN_BOM + text : text, { encoding, flag: 'wx' });
    chmodSync(unready, executable ? OWNER_RUNS : OWNER_WRITES);
    renameSync(unready, file);
  }
}

const MOST_MOVES = 50;
const MOVE_PAUSE_MS = 100;

/** Windows moves no folder with a program that still runs, such as a keeper that is just ending. */
function moveAway(folder: string, target: string): void {
  for (let tried = 1; ; tried += 1) {
    try {
      renameSync(folder, target);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || tried >= MOST_MOVES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MOVE_PAUSE_MS);
    }
  }
}

/** Whatever modes the files came with. */
function closeToOthers(folder: string): void {
  chmodSync(folder, OWNER_RUNS);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) closeToOthers(file);
    else chmodSync(file, OWNER_WRITES);
  }
}

/** Made for what we write; nobody misses them when they are empty. */
const MADE_FOLDERS: ReadonlySet<string> = new Set([
  'NativeMessagingHosts',
  'native-messaging-hosts',
  'default.target.wants',
  'MacOS',
  'Contents',
  'Recado.app',
]);

/** The file, and the folders above it that were made for it and are empty now. */
function removeFile(file: string): void {
  rmSync(file, { force: true });
  try {
    for (let folder = path.dirname(file); MADE_FOLDERS.has(path.basename(folder)); folder = path.dirname(folder))
      rmdirSync(folder);
  } catch {
    // Something else lies in it: it stays.
  }
}
