/** A release's folder as what people download: the same folder gives the same bytes, whenever and by whomever it is packed. */
import { createWriteStream, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { run } from '../command-run.ts';

/** A folder becomes an archive by these. */
export type Packing = {
  /** Its last part is the name within the archive. */
  readonly folder: string;
  readonly version: string;
  /** Every file gets the commit's time: epoch seconds. */
  readonly time: number;
};

const MODES = 'u=rwX,go=rX';

/** GNU tar, as Debian has it. */
export function packTar({ folder, time }: Packing): string {
  const archive = `${folder}.tar.gz`;
  const tar = archive.replace(/\.gz$/, '');
  const order = [
    '--sort=name',
    `--mtime=@${time}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    `--mode=${MODES}`,
    '--format=gnu',
  ];
  run('tar', [...order, '-cf', tar, path.basename(folder)], path.dirname(folder));
  run('gzip', ['-9', '-n', '-f', tar], path.dirname(folder));
  return archive;
}

export async function packZip({ folder, time }: Packing): Promise<string> {
  const archive = `${folder}.zip`;
  const zip = new ZipFile();
  // A zip file knows local times alone: that of Greenwich, wherever it is packed.
  const mtime = new Date((time + new Date(time * 1_000).getTimezoneOffset() * 60) * 1_000);
  for (const name of filesIn(folder)) {
    const file = path.join(folder, name);
    const isRun = (statSync(file).mode & 0o100) !== 0;
    zip.addBuffer(readFileSync(file), `${path.basename(folder)}/${name.split(path.sep).join('/')}`, {
      mtime,
      mode: isRun ? 0o100755 : 0o100644,
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(archive));
  return archive;
}

const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['linux-x64', 'amd64'],
  ['linux-arm64', 'arm64'],
]);

/** For all users of a computer: each installs it for themselves, from the menu or by \`recado install\`. */
export function packDeb({ folder, version, time }: Packing, platform: string): string {
  const root = `${folder}.deb-root`;
  const architecture = ARCHITECTURES.get(platform) ?? '';
  rmSync(root, { recursive: true, force: true });
  const program = path.join(root, 'usr', 'lib', 'recado');
  mkdirSync(path.dirname(program), { recursive: true });
  run('cp', ['-a', folder, program], root);
  put(
    root,
    'usr/bin/recado',
    `#!/bin/sh\nexport RECADO_INSTALLED=1\nexec /usr/lib/recado/node /usr/lib/recado/recado-relay/main.js "$@"\n`,
    0o755,
  );
  put(
    root,
    'usr/share/applications/recado-install.desktop',
    `[Desktop Entry]
Type=Application
Name=Recado
Comment=Sets Recado up for you
Comment[pt_BR]=Prepara o Recado para você
Comment[es]=Prepara Recado para ti
Exec=/usr/lib/recado/install-recado
Terminal=false
Categories=Network;InstantMessaging;
`,
    0o644,
  );
  put(root, 'usr/share/doc/recado/copyright', readFileSync(path.join(folder, 'LICENSE'), 'utf8'), 0o644);
  const kilobytes = Math.ceil(
    filesIn(root).reduce((sum, name) => sum + statSync(path.join(root, name)).size, 0) / 1_024,
  );
  put(
    root,
    'DEBIAN/control',
    `Package: recado
Version: ${version}
Architecture: ${architecture}
Maintainer: The Recado project <recado@localhost>
Installed-Size: ${kilobytes}
Depends: libc6 (>= 2.28), libstdc++6 (>= 9), libatomic1
Section: net
Priority: optional
Description: answers your own WhatsApp number with an AI agent
 A small program on this computer, managed from the browser's toolbar.
`,
    0o644,
  );
  // The same whatever the modes and times were that the files came with.
  run('chmod', ['-R', MODES, root], root);
  run('find', [root, '-exec', 'touch', '-d', `@${time}`, '{}', '+'], root);
  const archive = `${folder}.deb`;
  run('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', root, archive], path.dirname(folder), {
    SOURCE_DATE_EPOCH: String(time),
  });
  rmSync(root, { recursive: true });
  return archive;
}

function put(root: string, name: string, text: string, mode: number): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}

/** In the same order everywhere. */
function filesIn(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => (a < b ? -1 : 1));
}
