/** Damaged data never becomes somebody new: whatever is missing, the relay is the same device again, or stops with a sentence. */
import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts';

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001' });
});

/** A relay on its first day, linked, and killed: much of what it wrote is in the log alone. */
async function killed(): Promise<string> {
  const first = await startRelayProcess(whatsapp);
  await first.link(ana);
  first.relay.child.kill('SIGKILL');
  await first.relay.ended();
  return first.home;
}

const data = (home: string): string => path.join(home, 'recado.sqlite');
const log = (home: string): string => path.join(home, 'recado.sqlite-wal');

async function refused({ relay, home }: RelayProcess): Promise<void> {
  expect(await relay.ended()).toMatchObject({ code: 4 });
  const [{ error } = {}] = relay.lines as { error?: { code: string; message: string; hint: string } }[];
  expect(error).toMatchObject({ code: 'relay-lost', hint: expect.stringContaining(home) });
}

describe('a data file that is lost', () => {
  test.each<[string, (home: string) => void]>([
    ['emptied', (home) => truncateSync(data(home), 0)],
    ['deleted', (home) => rmSync(data(home))],
    [
      'deleted with its log',
      (home) => {
        rmSync(data(home));
        rmSync(log(home), { force: true });
      },
    ],
  ])('%s: the relay stops with its own exit code, and starts again once it is back', async (_how, lose) => {
    const home = await killed();
    const backup = { data: readFileSync(data(home)), log: readFileSync(log(home)) };
    lose(home);
    await refused(await startRelayProcess(whatsapp, { home }));
    // Nothing was made in its place, and what was left was not touched.
    expect(statSync(data(home), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    writeFileSync(data(home), backup.data, { mode: 0o600 });
    writeFileSync(log(home), backup.log, { mode: 0o600 });
    await connectsAgain(home);
  });

  test('of another relay: it is not taken for this one', async () => {
    const home = await killed();
    const other = await startRelayProcess(whatsapp);
    other.relay.child.kill('SIGTERM');
    await other.relay.ended();
    writeFileSync(data(home), readFileSync(data(other.home)));
    rmSync(log(home), { force: true });
    await refused(await startRelayProcess(whatsapp, { home }));
  });

  test('moved away with everything else: a fresh relay starts, as its owner wanted', async () => {
    const home = await killed();
    renameSync(home, `${home}-before`);
    const { relay } = await startRelayProcess(whatsapp, { home });
    expect(relay.lines).toMatchObject([{ event: 'running' }]);
  });
});

describe('a log that is damaged on the first day', () => {
  test.each<[string, (file: string) => void]>([
    ['deleted', (file) => rmSync(file)],
    ['emptied', (file) => truncateSync(file, 0)],
    [
      'changed by a byte near its start',
      (file) => {
        const bytes = readFileSync(file);
        bytes[60] = (bytes[60] ?? 0) ^ 0xff;
        writeFileSync(file, bytes);
      },
    ],
  ])('%s: the relay is the same device', async (_how, damage) => {
    const home = await killed();
    damage(log(home));
    await connectsAgain(home);
  });
});

async function connectsAgain(home: string): Promise<void> {
  const again = await startRelayProcess(whatsapp, { home });
  await expect
    .poll(async () => (await again.recado('status', '--json')).out, { timeout: 20_000 })
    .toContain('"connected"');
  expect(ana.companions()).toHaveLength(1);
}

test('where nothing was linked yet, the key by which browsers know the relay is kept all the same', async () => {
  const first = await startRelayProcess(whatsapp);
  first.relay.child.kill('SIGKILL');
  await first.relay.ended();
  rmSync(log(first.home));
  const marker = readFileSync(path.join(first.home, 'relay.identity'), 'utf8');
  const again = await startRelayProcess(whatsapp, { home: first.home });
  expect(again.relay.lines).toMatchObject([{ event: 'running' }]);
  expect(readFileSync(path.join(first.home, 'relay.identity'), 'utf8')).toBe(marker);
});
