/**
 * Tries another version of Baileys: `npm run try-baileys -- 7.0.0-rc15`. The simulator's tests, those of the link and of each gap run with the
 * present version and with the other one, in a copy of this tree; what changed is printed. Nothing here is changed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Changes, compareRuns, type Run, readReport } from './test-report.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
const PACKAGE = '@whiskeysockets/baileys';
const TESTS = ['test/simulator', 'test/whatsapp', 'test/scenes/busy-account.test.ts'];
const MOST_MS = 20 * 60_000;

function run(command: string, args: readonly string[], cwd: string): { readonly ok: boolean; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: MOST_MS,
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  return { ok: status === 0, said: `${stdout}${stderr}` };
}

function must(step: string, command: string, args: readonly string[], cwd: string): string {
  process.stdout.write(`${step} …\n`);
  const { ok, said } = run(command, args, cwd);
  if (!ok) throw new Error(`${step} failed:\n${said.slice(-2_000)}`);
  return said;
}

/** The files that are under version control, as they are now. */
function copyTree(to: string): void {
  const files = must('Copying the tree', 'git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], ROOT);
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    // A file that was removed and not committed yet is none.
    cpSync(path.join(ROOT, file), path.join(to, file), { force: true });
  }
}

function runTests(copy: string, name: string): Run {
  process.stdout.write(`Testing with ${name} …\n`);
  const report = path.join(copy, 'report.json');
  rmSync(report, { force: true });
  // Failures are what is looked for; a run that wrote no report is one that could not start.
  const { said } = run(
    'npx',
    ['vitest', 'run', '--project', 'relay', '--reporter=json', `--outputFile=${report}`, ...TESTS],
    copy,
  );
  try {
    return readReport(readFileSync(report, 'utf8'), copy);
  } catch (error) {
    throw new Error(`the tests could not be run:\n${said.slice(-2_000)}`, { cause: error });
  }
}

function tell(changes: Changes, typeErrors: string): void {
  const list = (title: string, names: readonly string[]): void => {
    process.stdout.write(`\n${title}: ${names.length}\n`);
    for (const name of names) process.stdout.write(`  ${name}\n`);
  };
  list('Gaps that are closed (their file in relay/whatsapp/beyond-baileys/ may go)', changes.closedGaps);
  list('Broken', changes.broken);
  list('Mended', changes.mended);
  process.stdout.write(`\nTypes: ${typeErrors === '' ? 'as before' : `\n${typeErrors}`}\n`);
  process.stdout.write(`Time of the tests that pass with both, new to old: ${changes.timeRatio.toFixed(2)}\n`);
}

const [version] = process.argv.slice(2);
if (!version) {
  process.stderr.write('Say which version: npm run try-baileys -- 7.0.0-rc15\n');
  process.exitCode = 2;
} else {
  const copy = mkdtempSync(path.join(tmpdir(), 'recado-baileys-'));
  try {
    copyTree(copy);
    must('Installing', 'npm', ['ci', '--no-audit', '--no-fund'], copy);
    // Links the pinned Node, and writes what the types need.
    must('Preparing', 'npm', ['run', '-s', 'types'], copy);
    const before = runTests(copy, 'the present version');
    must(`Installing ${version}`, 'npm', ['install', '--no-audit', '--no-fund', `${PACKAGE}@${version}`], copy);
    const types = run('npm', ['run', '-s', 'types'], copy);
    tell(compareRuns(before, runTests(copy, version)), types.ok ? '' : types.said);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
