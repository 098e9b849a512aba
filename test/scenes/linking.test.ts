/** Linking as WhatsApp asks for it since July 2026, with the relay as people start it: it dies in the middle, and a script sees each step. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayProcess } from '../support/relay-process.ts';

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
});

type Lines = { readonly lines: readonly Record<string, unknown>[] };

const codesOf = ({ lines }: Lines): readonly Record<string, unknown>[] => lines.filter(({ event }) => event === 'qr');

async function codeOf(command: Lines, at: number): Promise<string> {
  await whatsapp.until(() => codesOf(command).length > at, `code ${at} was shown`);
  return String(codesOf(command)[at]?.text);
}

test('a script gets the code anew, with its number and its time, and the file for helpers has nothing of it', async () => {
  const { home, begin, recado } = await startRelayProcess(whatsapp);
  const link = begin('link', '--json');
  ana.refreshes = 1;
  await expect(ana.scan(await codeOf(link, 0))).rejects.toThrow('another secret');
  const anew = await codeOf(link, 1);
  const [first, second] = codesOf(link);
  expect(second).toEqual({ ...first, text: anew, renewals: 1 });
  await ana.scan(anew);
  expect((await link.ended()).code).toBe(0);
  expect((await recado('doctor', '--linking')).code).toBe(0);
  const [name = ''] = readdirSync(home).filter((each) => each.startsWith('recado-linking-'));
  const file = readFileSync(path.join(home, name), 'utf8');
  expect(file).toContain('companion_reg_refresh');
  for (const secret of [...anew.split(/[,#@]/).filter((field) => field.length > 6), ana.number, ana.user.lid])
    expect(file).not.toContain(secret);
});

test.each([0, 3, 10, 30])(
  'killed %i ms after WhatsApp asked for another secret: no half link, and the next attempt links',
  async (delayMs) => {
    const first = await startRelayProcess(whatsapp);
    const link = first.begin('link', '--json');
    ana.refreshes = 1;
    await expect(ana.scan(await codeOf(link, 0))).rejects.toThrow('another secret');
    const asked = performance.now();
    await whatsapp.until(() => performance.now() - asked >= delayMs, 'some of it was done');
    first.relay.child.kill('SIGKILL');
    await first.relay.ended();
    const again = await startRelayProcess(whatsapp, { home: first.home });
    expect((await again.recado('status', '--json')).out).toMatch(/"status":"offline"/);
    const next = again.begin('link', '--json');
    await ana.scan(await codeOf(next, 0));
    expect((await next.ended()).code).toBe(0);
    expect(ana.companions()).toHaveLength(1);
  },
);
