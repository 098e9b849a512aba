/** The program: hands the command line what it needs of this machine, and ends the process with its verdict. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { helpPage, type Trouble } from '../shared/locales/help-page.ts';
import type { Language } from '../shared/locales/languages.ts';
import { runCli } from './cli/cli.ts';
import { systemTerminal } from './cli/terminal.ts';
import { systemClock } from './clock.ts';
import { Installer, type ProgramSource } from './installation/installer.ts';
import { systemOf } from './installation/places.ts';
import { runSystem, runWith } from './installation/system-commands.ts';
import { systemSettings } from './settings/system-inputs.ts';
import { eraseDirectory } from './store/data-directory.ts';

const manifest = v.parse(
  v.object({ version: v.string() }),
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
);

const exitCode = await runCli(process.argv.slice(2), {
  version: manifest.version,
  // Loaded when it is wanted: the other commands need neither Baileys nor a database.
  startRelay: async (settings, sources) => ({
    ...(await (await import('./app/start-relay.ts')).startRelay(settings, sources)),
    extension: builtExtension(),
  }),
  resolve: systemSettings,
  terminal: systemTerminal(),
  clock: systemClock,
  helpAt,
  installation: {
    system: process.platform,
    installer: systemInstaller(),
    run: runSystem,
    runIn: runWith,
    source: programSource,
    eraseData: eraseDirectory,
    firstSteps,
  },
});

function systemInstaller(): Installer | null {
  const system = systemOf(process.platform);
  return system && new Installer({ system, userHome: homedir(), environment: process.env }, runSystem);
}

/** What this very program is made of, wherever it lies: a checkout, npm's package, an installation. */
function programSource(): ProgramSource | null {
  const beside = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (!existsSync(beside('recado-relay/host.js'))) return null;
  const extension = beside('recado-extension');
  const files = ['package.json', 'LICENSE', 'THIRD-PARTY-NOTICES.txt'].map(beside);
  return {
    node: process.execPath,
    relay: beside('recado-relay'),
    extension: existsSync(extension) ? extension : null,
    files: files.filter((file) => existsSync(file)),
  };
}

function firstSteps({ language }: { readonly language: Language }): string | null {
  const extension = builtExtension();
  const folder = language === 'pt-BR' ? 'pt-BR' : 'en';
  return extension && `${pathToFileURL(extension.chromium)}/docs/${folder}/first-steps.html`;
}

/** A page of the built extension; without one, the document itself. */
function helpAt(language: Language, trouble: Trouble): string {
  const extension = builtExtension();
  if (extension) return `${pathToFileURL(extension.chromium)}/${helpPage(language, trouble)}`;
  const document = language === 'pt-BR' ? 'troubleshooting.pt-BR.md' : 'troubleshooting.md';
  return `${new URL(`../docs/${document}`, import.meta.url)}#${trouble}`;
}

/** Beside a checkout of the sources; a relay that was installed alone has none. */
function builtExtension(): { readonly chromium: string; readonly firefox: string } | null {
  const folder = (name: string): string => fileURLToPath(new URL(`../recado-extension/${name}`, import.meta.url));
  const folders = { chromium: folder('chrome'), firefox: folder('firefox') };
  return existsSync(folders.chromium) && existsSync(folders.firefox) ? folders : null;
}

// Timers of Baileys would keep the process for up to a minute. Written first, ended then.
process.stdout.write('', () => process.exit(exitCode));
