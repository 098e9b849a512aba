/** Each command that the documents show is run as it stands there, on a real relay; each script that they name is there. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayProcess } from '../support/relay-process.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FILES = globSync(['*.md', 'docs/*.md', '.github/**/*.md'], { cwd: ROOT });
const TEXT = FILES.map((file) => readFileSync(path.join(ROOT, file), 'utf8')).join('\n');

/** What a person is asked for on the way, and a script says at once. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'agents test': ['--say', 'oi'],
  forget: ['--yes'],
  'forget --all': ['--yes'],
};
/** Last, since nothing works after them as before. */
const ENDS: readonly string[] = ['unlink', 'forget', 'forget --all'];

/** Templates, and the set-ups that agent-set-ups.test.ts carries out. */
const isWhole = (command: string): boolean => command !== '' && !/^agents add\b/.test(command);

const COMMANDS = [
  ...new Set([...TEXT.matchAll(/npm run -s recado -- ([^`…"<|\n]*)/g)].map(([, command = '']) => command.trim())),
].filter(isWhole);

test('every command of the documents works as it stands there', async () => {
  expect(COMMANDS.length).toBeGreaterThan(10);
  const whatsapp = await loopbackWhatsApp();
  const relay = await startRelayProcess(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const letters = COMMANDS.filter((command) => command.startsWith('link --number'));
  for (const command of letters) {
    const begun = relay.begin(...command.split(' '), '--json');
    await whatsapp.until(() => begun.lines.some(({ event }) => event === 'phone-code'), 'letters were shown');
    await ana.enterCode(String(begun.lines.find(({ event }) => event === 'phone-code')?.text));
    expect(await begun.ended(), command).toMatchObject({ code: 0 });
  }
  expect(await relay.recado('on', '--answer', 'everyone')).toMatchObject({ code: 0 });
  const others = COMMANDS.filter((command) => !letters.includes(command) && !ENDS.includes(command));
  for (const command of [...others, ...ENDS.filter((end) => COMMANDS.includes(end))]) {
    const ended = await relay.recado(...command.split(' '), ...(ANSWERS[command] ?? []));
    expect(ended, command).toMatchObject({ code: 0, err: '' });
    expect(ended.out, command).toMatch(/\S/);
  }
});

test('what doctor finds leads to a page on this computer, and to a heading in it', async () => {
  const relay = await startRelayProcess(await loopbackWhatsApp());
  const { out } = await relay.recado('doctor', '--json');
  const findings = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { check: string; help?: string });
  // A simulated WhatsApp tells no time.
  const page = new URL(findings.find(({ check }) => check === 'clock')?.help ?? '');
  expect(readFileSync(page, 'utf8')).toContain(`<a id="${page.hash.slice(1)}">`);
  expect(page.hash).toBe('#clock');
});

test('every script that the documents name is in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const named = [...TEXT.matchAll(/npm (?:run (?:-s )?([a-z:-]+)|(start|test)\b)/g)].map(([, run, own]) => run ?? own);
  expect(named.length).toBeGreaterThan(20);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});
