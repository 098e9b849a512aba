/** A downloaded release in the place of the installed one, as processes: checked before anything of it runs, taken back where it does not start. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { freshBuild } from '../../extension/build/fresh-build.ts';
import { isOlder } from '../../relay/installation/downloaded-update.ts';
import { type InstalledRecado, userHome } from '../support/installed-recado.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

beforeAll(() => {
  expect(freshBuild('extension').type).not.toBe('failed');
}, 120_000);

/** A release as it is published, of what is installed, in another version; `first`: what its main file does before anything else. */
function releaseOf({ home }: InstalledRecado, version: string, first = ''): string {
  const folder = temporaryDirectory();
  const name = `recado-${version}-linux-x64`;
  const program = path.join(folder, name);
  cpSync(path.join(home, '.local', 'lib', 'recado', 'program'), program, { recursive: true });
  // Node is the same; a hundred megabytes less to pack.
  const node = path.join(program, 'node');
  rmSync(node);
  writeFileSync(node, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
  const manifest = path.join(program, 'package.json');
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), version }));
  const main = path.join(program, 'recado-relay', 'main.js');
  writeFileSync(main, `${first}\n${readFileSync(main, 'utf8')}`);
  const archive = path.join(folder, `${name}.tar.gz`);
  execFileSync('tar', ['-czf', archive, '-C', folder, name]);
  const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
  writeFileSync(path.join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  another.zip\n${sum}  ${name}.tar.gz\n`);
  return archive;
}

const versionOf = ({ recado }: InstalledRecado): unknown =>
  JSON.parse(recado('service', 'status', '--json').out.split('\n')[0] ?? '').version;

test('an update keeps agents and pairings, leaves a way back, and no copy of the data', async () => {
  const user = userHome();
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  expect(user.recado('agents', 'add', 'Bakery', '--adapter', 'built-in')).toMatchObject({ code: 0 });
  const updated = user.recado('update', releaseOf(user, '9.9.9'));
  expect(updated).toMatchObject({ code: 0, err: '' });
  expect(updated.out).toContain('O Recado 9.9.9 está instalado e rodando.');
  expect(versionOf(user)).toBe('9.9.9');
  expect(user.recado('agents').out).toContain('Bakery');
  const data = path.join(user.home, '.local', 'share', 'recado');
  expect(readdirSync(data).filter((name) => name.includes('update'))).toEqual([]);

  expect(user.recado('update', '--back')).toMatchObject({ code: 0 });
  expect(versionOf(user)).toBe('0.1.0');
  expect(user.recado('agents').out).toContain('Bakery');
});

test('a version that does not start is taken back, with the data as they were', async () => {
  const user = userHome();
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  expect(user.recado('agents', 'add', 'Bakery', '--adapter', 'built-in')).toMatchObject({ code: 0 });
  const broken = releaseOf(user, '9.9.9', "if (process.argv[2] === 'start') process.exit(6);");
  const { code, err } = user.recado('update', broken);
  expect([code, err]).toEqual([
    1,
    expect.stringContaining('A versão nova não iniciou. O Recado 0.1.0 está rodando de novo'),
  ]);
  expect(versionOf(user)).toBe('0.1.0');
  expect(user.recado('agents').out).toContain('Bakery');
});

test('a version that changes the data and does not start is taken back too, with the data that the one before can read', async () => {
  const user = userHome();
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  expect(user.recado('agents', 'add', 'Bakery', '--adapter', 'built-in')).toMatchObject({ code: 0 });
  const data = path.join(user.home, '.local', 'share', 'recado', 'recado.sqlite');
  const change = `new (process.getBuiltinModule('node:sqlite').DatabaseSync)(${JSON.stringify(data)}).exec('PRAGMA user_version = 999')`;
  const broken = releaseOf(user, '9.9.9', `if (process.argv[2] === 'start') { ${change}; process.exit(4); }`);
  const { code, err } = user.recado('update', broken);
  expect([code, err]).toEqual([1, expect.stringContaining('O Recado 0.1.0 está rodando de novo')]);
  expect(user.recado('agents').out).toContain('Bakery');
  expect(readdirSync(path.dirname(data)).filter((name) => name.includes('update'))).toEqual([]);
});

test('a file that is not what was published changes nothing, and nothing of it runs', async () => {
  const user = userHome();
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  const planted = path.join(user.home, 'planted');
  const plant = `process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(planted)}, '');`;
  const archive = releaseOf(user, '9.9.9', plant);
  const refused = (...args: readonly string[]) => {
    const { code, err } = user.recado('update', ...args);
    return [code, err];
  };
  const wrong = ['--sha256', '0'.repeat(64)];
  expect(refused(archive, ...wrong)).toEqual([1, expect.stringContaining('não é o arquivo que foi publicado')]);
  expect(refused(`${archive}.gone`)).toEqual([1, expect.stringContaining('não está lá')]);
  const alone = path.join(temporaryDirectory(), path.basename(archive));
  cpSync(archive, alone);
  expect(refused(alone)).toEqual([1, expect.stringContaining('Não há com o que comparar')]);
  const other = path.join(temporaryDirectory(), 'other.tar.gz');
  execFileSync('tar', ['-czf', other, '-C', import.meta.dirname, 'update.test.ts']);
  const sum = createHash('sha256').update(readFileSync(other)).digest('hex');
  expect(refused(other, '--sha256', sum)).toEqual([1, expect.stringContaining('não é uma versão do Recado')]);
  expect(refused(releaseOf(user, '0.0.9', plant))).toEqual([1, expect.stringContaining('é mais antiga')]);
  expect(refused('--back')).toEqual([1, expect.stringContaining('Não há versão anterior')]);
  expect(existsSync(path.join(user.home, '.local', 'lib', 'recado', 'update'))).toBe(false);
  expect(existsSync(planted)).toBe(false);
  expect(user.recado('service', 'status')).toMatchObject({ code: 0 });
  expect(versionOf(user)).toBe('0.1.0');
});

test('versions are compared number by number', () => {
  expect(isOlder('0.9.0', '0.10.0')).toBe(true);
  expect(isOlder('1.0.0', '0.10.0')).toBe(false);
  expect(isOlder('1.0.0', '1.0.0')).toBe(false);
});
