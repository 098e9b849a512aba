/** The lines that the extension's pages show: those of an installation, whatever the copy was built for. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Of a checkout, and of npm's package. */
const COMMANDS = ['npm run -s recado --', 'npx recado'];
const STARTS = ['npx recado start', 'npm start'];

/** `folder`: of the copies, one a browser. `command`: where a terminal finds the installed command. */
export function showInstalledLines(folder: string, command: string): void {
  for (const browser of ['chrome', 'firefox']) {
    const copy = path.join(folder, browser);
    const text = `export const folder = null;\nexport const command = ${JSON.stringify(quoted(command))};\n`;
    writeFileSync(path.join(copy, 'place.js'), text);
    for (const name of globSync('docs/*/*.html', { cwd: copy })) {
      const page = path.join(copy, name);
      writeFileSync(page, installedLines(readFileSync(page, 'utf8')));
    }
  }
}

function installedLines(html: string): string {
  const started = STARTS.reduce((text, line) => text.replaceAll(line, 'recado service start'), html);
  return COMMANDS.reduce((text, line) => text.replaceAll(line, 'recado'), started);
}

/** As a person pastes it: quoted where there is something to quote. */
function quoted(command: string): string {
  return /^[\w./:\\-]+$/.test(command) ? command : `"${command}"`;
}
