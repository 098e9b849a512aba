/** A disk that is full: the relay lives, receives nothing, says so, and is well by itself when the disk is. */
import { renameSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { localClient } from '../support/local-client.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts';
import { CAN_MOUNT, smallDisk } from '../support/small-disk.ts';
import { greet, pairWith } from '../support/wire-client.ts';

const MEGABYTES = 16;

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001' });
  caio = whatsapp.contact({ number: '5511988880001' });
});

const RULES = [
  { words: ['before'], answer: 'before it failed' },
  { words: ['while'], answer: 'while it failed' },
  { words: ['now'], answer: 'yes, now' },
];

/** Linked, on, and answering by rules. */
async function answering(relay: RelayProcess): Promise<void> {
  const set = ['greeting=', 'away=', `rules=${JSON.stringify(RULES)}`].flatMap((each) => ['--set', each]);
  expect(await errorOf(relay, 'agents', 'edit', 'Recado', ...set)).toBeNull();
  await relay.link(ana);
  await relay.recado('on', '--answer', 'everyone');
}

async function linkOf({ recado }: RelayProcess): Promise<{ status: string; cause: string | null }> {
  return JSON.parse((await recado('status', '--json')).out).link;
}

async function health({ relay }: RelayProcess): Promise<number> {
  return (await fetch(`http://127.0.0.1:${Number(relay.lines[0]?.port)}/healthz`)).status;
}

/** The code of the command's error; null where it was done. */
async function errorOf({ recado }: RelayProcess, ...args: string[]): Promise<string | null> {
  const { out } = await recado(...args, '--json');
  return JSON.parse(out.trim().split('\n').at(-1) ?? '{}').error?.code ?? null;
}

describe.skipIf(!CAN_MOUNT)('a disk that is full', () => {
  test('while messages come: none is confirmed, everyone is told, and afterwards they are answered, once', async () => {
    const disk = smallDisk(MEGABYTES);
    const relay = await startRelayProcess(whatsapp, {
      home: disk.home,
      environment: { RECADO_BACKOFF_FIRST_SECONDS: '0.2' },
    });
    const port = Number(relay.relay.lines[0]?.port);
    const pairing = JSON.parse((await relay.recado('pair', '--json')).out);
    const paired = await pairWith({ port }, pairing.code);
    await answering(relay);
    await caio.write(ana, 'before');
    await whatsapp.until(() => caio.received.length === 1, 'he was answered');

    disk.fill();
    await caio.write(ana, 'first while it fails');
    await expect
      .poll(async () => linkOf(relay), { timeout: 20_000 })
      .toMatchObject({ status: 'reconnecting', cause: 'disk' });
    await caio.write(ana, 'second while it fails');
    const [device] = ana.user.companions;
    expect(device?.unconfirmed).toBe(2);

    // Every way to ask says what is wrong, in its own words.
    expect(await errorOf(relay, 'off')).toBe('disk-full');
    expect(await errorOf(relay, 'agents', 'add', 'Sales', '--adapter', 'built-in')).toBe('disk-full');
    expect(await errorOf(relay, 'unlink')).toBe('disk-full');
    expect(await errorOf(relay, 'export')).toBe('disk-full');
    expect(await errorOf(relay, 'forget', '--yes')).toBe('disk-full');
    expect(await errorOf(relay, 'status')).toBeNull();
    const said = await relay.recado('status');
    expect(said.out).toMatch(/disco/);
    const browser = await greet({ port }, paired);
    expect((await browser.next('welcome')).snapshot).toMatchObject({ agents: [{ link: { cause: 'disk' } }] });
    expect(await browser.ask(1, 'switch', { on: false })).toMatchObject({ ok: false, error: { code: 'disk-full' } });
    expect(await health(relay)).toBe(200);
    expect(device?.unconfirmed).toBe(2);

    disk.makeRoom();
    await expect.poll(async () => linkOf(relay), { timeout: 30_000 }).toMatchObject({ status: 'connected' });
    await whatsapp.until(() => device?.unconfirmed === 0, 'everything was confirmed');
    const answers = (words: string): number => caio.received.filter(({ text }) => text?.includes(words)).length;
    await whatsapp.until(() => answers('while it failed') > 0, 'what came meanwhile is answered');
    await caio.write(ana, 'now?');
    await whatsapp.until(() => answers('yes, now') > 0, 'he is answered again');
    expect(answers('while it failed')).toBe(1);
    expect(caio.received.every(({ copies }) => copies === 1)).toBe(true);
    expect(await errorOf(relay, 'off')).toBeNull();
    expect(relay.relay.child.exitCode).toBeNull();
  });

  test('before anything is linked: linking says so at once, and works when the disk does', async () => {
    const disk = smallDisk(MEGABYTES);
    const relay = await startRelayProcess(whatsapp, { home: disk.home });
    disk.fill();
    expect(await errorOf(relay, 'link')).toBe('disk-full');
    expect(await health(relay)).toBe(200);
    disk.makeRoom();
    await relay.link(ana);
  });

  test('while the agent thinks: its answer is not lost, and comes once', async () => {
    const disk = smallDisk(MEGABYTES);
    const relay = await startRelayProcess(whatsapp, {
      home: disk.home,
      environment: { RECADO_BACKOFF_FIRST_SECONDS: '0.2', RECADO_GATHER_SECONDS: '1.5' },
    });
    await answering(relay);
    await caio.write(ana, 'now?');
    const [device] = ana.user.companions;
    await whatsapp.until(() => device?.unconfirmed === 0, 'it was taken in');
    disk.fill();
    await expect.poll(async () => (await linkOf(relay)).cause, { timeout: 20_000 }).toBe('disk');
    expect(caio.received).toEqual([]);
    disk.makeRoom();
    await whatsapp.until(() => caio.received.length === 1, 'he is answered');
    expect(caio.received[0]).toMatchObject({ copies: 1, text: expect.stringContaining('yes, now') });
  });
});

test.skipIf(!CAN_MOUNT)('a disk that is full when the relay starts is told in a sentence', async () => {
  const disk = smallDisk(1);
  disk.fill();
  const { relay } = await startRelayProcess(whatsapp, { home: disk.home });
  expect(await relay.ended()).toMatchObject({ code: 4 });
  expect(relay.lines).toMatchObject([{ error: { code: 'relay-disk-full' } }]);
});

test('a data directory that is taken away is told, and the relay is well when it is back', async () => {
  const relay = await startRelayProcess(whatsapp);
  await answering(relay);
  const away = `${relay.home}.away`;
  renameSync(relay.home, away);
  await caio.write(ana, 'while');
  const socket = path.join(away, 'relay.sock');
  const client = await localClient(socket);
  const link = async () =>
    (await client.ask<{ agents: { link: { status: string; cause: string | null } }[] }>('status')).agents[0]?.link;
  await expect.poll(link, { timeout: 20_000 }).toMatchObject({ status: 'reconnecting', cause: 'disk' });
  renameSync(away, relay.home);
  await expect.poll(link, { timeout: 30_000 }).toMatchObject({ status: 'connected' });
  client.close();
  await caio.write(ana, 'now');
  await whatsapp.until(() => caio.received.some(({ text }) => text.endsWith('now')), 'it answers again');
});
