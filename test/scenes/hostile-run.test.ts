/** Everyone at once against one relay: another extension, a hostile page, a contact, an agent's server. It goes on as if nobody were there. */
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { MOST_CLIENT_BYTES } from '../../shared/contract/wire.ts';
import type { Person } from '../simulator/people/person.ts';
import { json, type Outcome } from '../support/fake-http.ts';
import { completion, startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { beginPace } from '../support/machine-pace.ts';
import { longFrame, madeUpOrigin, rawExtension } from '../support/raw-extension.ts';
import { startRelayProcess } from '../support/relay-process.ts';
import { greet, guess, pairWith, WireClient } from '../support/wire-client.ts';

const OTHER = `chrome-extension://${'ponmlkjihgfedcba'.repeat(2)}`;
/** How long everyone keeps at it. */
const RUN_MS = 8_000;
const LEAST_TRIES = 20;
const MOST_HEALTH_MS = 1_000;
/** Connections that a stranger holds on to. */
const HELD = 30;
const FORGERS = 12;
/** From the wish to stop until the process is gone, whatever it has been asked for. */
const MOST_STOP_MS = 10_000;

const usage = (prompt: number): object => ({ prompt_tokens: prompt, completion_tokens: prompt, total_tokens: prompt });

/** What the agent's server says to a contact who wants harm, in turn. */
const HOSTILE: readonly (() => Outcome)[] = [
  () => ({ headers: { 'content-encoding': 'constructor' }, body: gzipSync('x') }),
  () => ({ headers: { 'content-encoding': '__proto__' }, body: 'x' }),
  () => json(completion('\n'.repeat(200_000))),
  () => json(completion('[owner '.repeat(30_000))),
  () => json(completion('<think>'.repeat(30_000))),
  () => json({ ...completion('half'), usage: usage(1.5) }),
  () => json({ ...completion('much'), usage: usage(1e300) }),
  () => json({ ...completion('less'), usage: usage(-5) }),
  () => json({ error: { code: 'constructor', message: '__proto__' } }, 500),
  () => ({ body: '['.repeat(60_000) }),
  () => json(completion('\u202Egnihton\u{E0041}\u2066')),
  () => json(completion('+ '.repeat(20_000))),
  () => json(completion('1. '.repeat(13_333))),
  () => json(completion('a\n=\n'.repeat(10_000))),
  () => json(completion('[a]'.repeat(13_333))),
  () => json(completion('> - '.repeat(10_000))),
  () => 'reset',
];

test('a hostile page, other extensions, a contact and a server together end nothing, freeze nothing and keep nobody out', async () => {
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: '5511988880001' });
  const mallories: Person[] = [];
  const model = await startFakeOpenAi();
  onTestFinished(() => model.stop());
  let turns = 0;
  model.reply(({ messages }) => {
    if (messages.at(-1)?.content.includes('question')) return 'an honest answer';
    turns += 1;
    return HOSTILE[turns % HOSTILE.length]?.() ?? 'reset';
  });
  const relay = await startRelayProcess(whatsapp, {
    // On a slow machine strangers get more answers than a day has: the switch would go off, as it should.
    environment: { RECADO_AGENT_RETRIES: '0', RECADO_DAILY_TOKENS: '1000000000', RECADO_DAILY_ANSWERS: '100000' },
  });
  const port = Number(relay.relay.lines[0]?.port);
  const set = [`baseUrl=${model.baseUrl}`, 'model=small'].flatMap((each) => ['--set', each]);
  await relay.recado('agents', 'edit', 'Recado', '--adapter', 'openai-compatible', ...set);
  await relay.link(ana);
  await relay.recado('on', '--answer', 'everyone');
  const code = async (): Promise<string> => JSON.parse((await relay.recado('pair', '--json')).out).code;
  const paired = await pairWith({ port }, await code());
  const owner = await greet({ port }, paired);
  await owner.next('welcome');
  const typedLater = await code();

  const until = performance.now() + RUN_MS;
  let tries = 0;
  // However slow the machine: so much is tried.
  const again = (): boolean => performance.now() < until || tries <= LEAST_TRIES || turns <= HOSTILE.length;
  const slowest: number[] = [];
  const pace = beginPace();

  const health = async (): Promise<void> => {
    while (again()) {
      const begun = performance.now();
      const response = await fetch(`http://127.0.0.1:${port}/healthz`);
      expect(await response.text()).toBe('ok\n');
      slowest.push(performance.now() - begun);
    }
  };
  const otherExtension = async (): Promise<void> => {
    const held: Socket[] = [];
    while (again()) {
      tries += 1;
      held.push(await rawExtension(port, tries % 3 === 0 ? madeUpOrigin(tries) : OTHER));
      // Said by one that had to make room long ago.
      const former = held.length > HELD ? held.shift() : undefined;
      former?.write(longFrame(MOST_CLIENT_BYTES + 4_000), () => former.destroy());
      // As fast as the relay answers others, and no faster.
      await fetch(`http://127.0.0.1:${port}/healthz`);
    }
  };
  const guesser = async (): Promise<void> => {
    while (again()) await pairWith({ port, origin: OTHER }, '00000-00000').catch(() => 'refused');
  };
  /** A local program that makes up an Origin for each guess, while a code is open. */
  const forger = async (lane: number): Promise<void> => {
    for (let at = 0; again(); at++)
      await guess({ port, origin: madeUpOrigin(2_000_000 + lane * 100_000 + at) }).catch(() => 'refused');
  };
  /** Messages that nobody can read. */
  const garbler = async (): Promise<void> => {
    const garbled = whatsapp.contact({ number: '5511955550001' });
    while (again()) {
      await garbled.write(ana, 'x', { unreadable: true });
      await fetch(`http://127.0.0.1:${port}/healthz`);
    }
  };
  const page = async (): Promise<void> => {
    // Never let go of: the relay must.
    for (let at = 0; at < 300 && again(); at++) await rawExtension(port, 'https://evil.example');
  };
  const contact = async (): Promise<void> => {
    for (let at = 0; again(); at++) {
      // Each of another number: one that fails is left alone for a while.
      const mallory = whatsapp.contact({ number: `5511966${String(at).padStart(6, '0')}`, name: '__proto__' });
      mallories.push(mallory);
      await mallory.write(ana, `harm ${at}`);
      await whatsapp.until(() => turns > at, 'the server was asked');
    }
  };
  const ownerAsks = async (): Promise<void> => {
    for (let id = 1; again(); id++) {
      // Within what one connection may ask for in a second.
      if (id % 20 === 0) expect(await owner.ask(id, 'status')).toMatchObject({ ok: true });
      // Another page of the same browser comes and goes.
      const other = await greet({ port }, paired);
      await other.next('welcome');
      other.socket.close();
      await other.closed();
    }
  };
  const forgers = Array.from({ length: FORGERS }, (_, lane) => forger(lane));
  await Promise.all([health(), otherExtension(), guesser(), ...forgers, garbler(), page(), contact(), ownerAsks()]);

  expect(relay.relay.child.exitCode).toBeNull();
  expect(Math.max(...slowest)).toBeLessThan(pace.within(MOST_HEALTH_MS));
  await caio.write(ana, 'a question');
  await whatsapp.until(() => caio.received.some(({ text }) => text === 'an honest answer'), 'the contact was answered');
  expect(owner.socket.readyState).toBe(owner.socket.OPEN);
  expect(await owner.ask(9_999, 'status')).toMatchObject({ ok: true, result: { agents: [{ on: true }] } });
  // What a stranger guessed at was not used up for the owner.
  await pairWith({ port, origin: madeUpOrigin(1_000_000) }, typedLater);
  const said = mallories.flatMap(({ received }) => received.map(({ text }) => text ?? '')).join('');
  expect(said).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]|\[owner [0-9a-f]{6}\]|<think>/u);
  expect(await new WireClient({ port, origin: OTHER }).open()).toBeDefined();

  await code();
  const last = Array.from({ length: FORGERS * 4 }, (_, at) =>
    guess({ port, origin: madeUpOrigin(9_000_000 + at) }).catch(() => 'refused'),
  );
  const ending = beginPace();
  relay.relay.child.kill('SIGTERM');
  await relay.relay.ended();
  expect(ending.elapsed()).toBeLessThan(ending.within(MOST_STOP_MS));
  await Promise.all(last);
}, 180_000);
