/** Tells a build in which folder it lies, so that its pages can show lines that work wherever the Terminal is. For builds of this machine alone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Shells read these as something else: a folder with one of them is left out. */
const ODD = /["'`$%!\n\r]/;

/** `root`: Recado's folder; `place`: the one in which its lines work. It may have been moved since the last time. */
export function writePlaceFiles(root: string, place = root): void {
  const text = `export const folder = ${JSON.stringify(ODD.test(place) ? null : place)};\n`;
  for (const browser of ['chrome', 'firefox']) {
    const build = path.join(root, 'recado-extension', browser);
    const file = path.join(build, 'place.js');
    if (existsSync(build) && (!existsSync(file) || readFileSync(file, 'utf8') !== text)) writeFileSync(file, text);
  }
}
