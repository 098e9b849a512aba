/**
 * `npm run release`: what people download, for the platforms that are named, or for all. Prints each file with its size; a list of checksums
 * and of all that is in it (CycloneDX) lies beside them. The same commit gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { megabytes, run } from '../command-run.ts';
import { freshBuild } from '../fresh-build.ts';
import { PLATFORMS } from './platforms.ts';
import { type Packing, packDeb, packTar, packZip } from './release-archives.ts';
import { makeReleaseFolder } from './release-folder.ts';
import { packWindowsInstaller } from './windows-installer.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const OUT = path.join(ROOT, '.output', 'release');

const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const asked = process.argv.slice(2);
const time = Number(run('git', ['log', '-1', '--format=%ct'], ROOT));

for (const what of ['extension', 'relay'] as const) {
  const build = freshBuild(what);
  if (build.type === 'failed') throw new Error(`${what}: ${build.why}`);
}
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const made: string[] = [];
for (const platform of asked.length > 0 ? asked : PLATFORMS) {
  const folder = path.join(OUT, `recado-${version}-${platform}`);
  makeReleaseFolder(platform, folder);
  const packing: Packing = { folder, version, time };
  if (platform.startsWith('linux')) made.push(packTar(packing), packDeb(packing, platform));
  else if (platform.startsWith('darwin')) made.push(packTar(packing));
  else made.push(await packZip(packing), ...windowsInstaller(packing));
}
const contents = path.join(OUT, `recado-${version}.cdx.json`);
writeFileSync(contents, billOfMaterials());
made.push(contents);
const sums = made.map((file) => `${digestOf(file)}  ${path.basename(file)}\n`);
writeFileSync(path.join(OUT, 'SHA256SUMS'), sums.join(''));
for (const file of made) process.stdout.write(`${path.relative(ROOT, file)}: ${megabytes(statSync(file).size)}\n`);

function windowsInstaller(packing: Packing): readonly string[] {
  const installer = packWindowsInstaller(packing);
  if (installer === null)
    process.stdout.write('No Windows installer: makensis is not here (Debian: apt-get install nsis).\n');
  return installer === null ? [] : [installer];
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** npm's own list of what is shipped, without what it makes up for each list: a serial number, the time. */
function billOfMaterials(): string {
  const listed = JSON.parse(
    run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], ROOT),
  );
  const { serialNumber: _serial, ...bill } = listed;
  bill.metadata.timestamp = new Date(time * 1_000).toISOString();
  return `${JSON.stringify(bill, null, 2)}\n`;
}
