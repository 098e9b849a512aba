/** The program: hands the command line what it needs of this machine, and ends the process with its verdict. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { runCli } from './cli/cli.ts';
import { systemTerminal } from './cli/terminal.ts';
import { systemClock } from './clock.ts';
import { systemSettings } from './settings/system-inputs.ts';

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
});

/** Beside a checkout of the sources; a relay that was installed alone has none. */
function builtExtension(): { readonly chromium: string; readonly firefox: string } | null {
  const folder = (name: string): string => fileURLToPath(new URL(`../recado-extension/${name}`, import.meta.url));
  const folders = { chromium: folder('chrome'), firefox: folder('firefox') };
  return existsSync(folders.chromium) && existsSync(folders.firefox) ? folders : null;
}

// Timers of Baileys would keep the process for up to a minute. Written first, ended then.
process.stdout.write('', () => process.exit(exitCode));
