import { expect, test, vi } from 'vitest';
import type { Started } from '../../relay/cli/start-command.ts';
import { PortError } from '../../relay/server/http-server.ts';
import type { Settings } from '../../relay/settings/catalogue.ts';
import type { ClientId, ClientRecord } from '../../relay/store/client-ledger.ts';
import { StoreError } from '../../relay/store/store.ts';
import { CONNECTED, FakeRelayApi } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { begin, run } from './command-bench.ts';

/** As the played relay gives them out. */
const CODE = 'ABCDE-FGHJK';
const CLIENT: ClientRecord = {
  id: 'cli_1' as ClientId,
  name: 'Chrome',
  origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  publicKey: 'key',
  pairedAt: 1,
  seenAt: 2,
  madeHere: false,
};
const EXTENSION = { chromium: '/built/chrome', firefox: '/built/firefox' };

/** Until a played clock has gone far enough. */
const PATIENT = { timeout: 20_000, interval: 5 };

const NEVER = Promise.withResolvers<void>().promise;

/** A relay that starts whose servers are open, and counts how often it was stopped. */
async function bench(
  stop: () => Promise<void> = async () => undefined,
  failed: Promise<void> = NEVER,
  restart: Promise<void> = NEVER,
) {
  const relay = new FakeRelayApi('Recado');
  const { home } = await openLocalServer(relay);
  const given: Settings[] = [];
  const startRelay = async (settings: Settings): Promise<Started> => {
    given.push(settings);
    // Another start is asked for once.
    const showCodes: Started['showCodes'] = (show) => {
      asks = show;
    };
    const again = given.length === 1 ? restart : NEVER;
    return { port: 4_711, home, extension: EXTENSION, failed, restart: again, ended: NEVER, showCodes, stop };
  };
  /** A browser asks for a code. False where nobody would see it. */
  let asks: (() => void) | null = null;
  const ask = (): boolean => {
    asks?.();
    return asks !== null;
  };
  return { relay, home, startRelay, given, ask };
}

test('start says where the relay is and what to do next, by how far things are', async () => {
  const { relay, home, startRelay } = await bench();
  const say = async () => {
    const { terminal, exit } = begin(['start'], { home, startRelay });
    await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
    terminal.interrupt();
    expect(await exit).toBe(0);
    return terminal.written;
  };
  const fresh = await say();
  expect(fresh).toContain('127.0.0.1:4711');
  expect(fresh).toContain(home);
  // The browser first, and nothing beside it: its popup leads on.
  expect(fresh.indexOf('chrome://extensions')).toBeLessThan(fresh.indexOf(home));
  expect(fresh).not.toMatch(/recado -- link/);
  relay.clientList.push({
    id: 'cli_1' as ClientId,
    name: 'Chrome',
    origin: 'x',
    publicKey: 'y',
    pairedAt: 1,
    seenAt: 1,
    madeHere: false,
  });
  const paired = await say();
  expect(paired).toMatch(/recado -- link/);
  expect(paired).not.toContain('chrome://extensions');
  relay.move('Recado', CONNECTED);
  expect(await say()).toMatch(/recado -- on/);
  relay.set('Recado', { on: true });
  expect(await say()).toMatch(/recado -- status/);
});

test('a relay that met an error nobody caught is stopped, and the exit code asks for another start', async () => {
  const failed = Promise.withResolvers<void>();
  let stopped = 0;
  const { home, startRelay } = await bench(async () => void stopped++, failed.promise);
  const { terminal, exit } = begin(['start', '--json'], { home, startRelay });
  await vi.waitFor(() => expect(terminal.objects).toHaveLength(1));
  failed.resolve();
  expect(await exit).toBe(6);
  expect(stopped).toBe(1);
  expect(terminal.objects.slice(1)).toMatchObject([{ event: 'stopped' }, { error: { code: 'relay-crashed' } }]);
});

test('start --json says running and stopped', async () => {
  const { home, startRelay } = await bench();
  const { terminal, exit } = begin(['start', '--json'], { home, startRelay });
  await vi.waitFor(() => expect(terminal.objects).toHaveLength(1));
  terminal.interrupt();
  await exit;
  expect(terminal.objects).toEqual([{ event: 'running', port: 4_711, home }, { event: 'stopped' }]);
});

test('a relay that does not come down is left after less than five seconds', async () => {
  const { home, startRelay } = await bench(() => new Promise(() => undefined));
  const clock = new ManualClock(0);
  const { terminal, exit } = begin(['start'], { home, startRelay, clock });
  await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
  terminal.interrupt();
  await vi.waitFor(() => expect(terminal.written).toContain('Parando'));
  await clock.advance(4_999);
  expect(await exit).toBe(0);
});

test('flags reach the relay as settings', async () => {
  const { home, startRelay, given } = await bench();
  const argv = ['start', '--qr-seconds', '1,5', '--port=0', '--home', home];
  const { terminal, exit } = begin(argv, { startRelay, environment: { RECADO_QR_CODES: '3' } });
  await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
  terminal.interrupt();
  await exit;
  expect(given).toMatchObject([{ qrSeconds: 1.5, port: 0, qrCodes: 3, home }]);
});

test('all that is wrong with flags and settings is told at once, and no relay starts', async () => {
  const { startRelay, given } = await bench();
  const argv = ['start', '--qr-second', '5', '--qr-codes', '1000', '--secret=planted', 'stray'];
  const { code, err } = await run(argv, { startRelay, environment: { RECADO_PORT: 'x' } });
  expect(code).toBe(2);
  for (const part of ['--qr-second. Seria --qr-seconds?', '--qr-codes', '--secret.', 'RECADO_PORT']) {
    expect(err).toContain(part);
  }
  expect(err).not.toContain('planted');
  expect((await run(['start', 'stray'], { startRelay })).code).toBe(2);
  expect(given).toEqual([]);
});

test.each([
  ['damaged', 'relay-damaged', 'danificados'],
  ['lost', 'relay-lost', 'recado.sqlite'],
  ['newer', 'relay-newer', 'mais novo'],
  ['not-ours', 'home-not-ours', '/planted/place'],
  ['not-a-file', 'home-not-a-file', '/planted/place'],
  ['not-owned', 'home-not-owned', '/planted/place'],
  ['open-to-others', 'home-open-to-others', '/planted/place'],
  ['not-writable', 'relay-not-writable', 'gravar'],
  ['disk-full', 'relay-disk-full', 'cheio'],
  ['failed', 'relay-disk-failing', 'ler ou gravar'],
] as const)('a store that is %s ends start with a sentence and what to do', async (fault, code, part) => {
  const startRelay = async () => {
    throw new StoreError(fault, 'The sentence.', 'The hint.', { path: '/planted/place' });
  };
  const human = await run(['start'], { startRelay });
  expect(human).toMatchObject({ code: 4, out: '' });
  expect(human.err).toContain(part);
  expect(human.err.trim().split('\n').length).toBeGreaterThan(1);
  expect((await run(['start', '--json'], { startRelay })).terminal.objects).toMatchObject([{ error: { code } }]);
});

test('data that a running relay holds are its own: the second start ends at once', async () => {
  const { home } = await bench();
  let tries = 0;
  const startRelay = async () => {
    tries += 1;
    throw new StoreError('in-use', 'The sentence.', 'The hint.');
  };
  const { code, err } = await run(['start'], { home, startRelay });
  expect({ code, tries }).toEqual({ code: 4, tries: 1 });
  expect(err).toContain('Outro relay já usa este diretório de dados.');
});

test('data that a backup holds for a moment are waited for', async () => {
  const { startRelay } = await bench();
  const clock = new ManualClock(0);
  let tries = 0;
  const held = async (settings: Settings) => {
    tries += 1;
    if (tries < 4) throw new StoreError('in-use', 'The sentence.', 'The hint.');
    return startRelay(settings);
  };
  const { terminal, exit } = begin(['start', '--json'], { home: temporaryDirectory(), startRelay: held, clock });
  await vi.waitFor(async () => {
    await clock.advance(500);
    expect(terminal.objects).toMatchObject([{ event: 'running' }]);
  }, PATIENT);
  expect(tries).toBe(4);
  terminal.interrupt();
  expect(await exit).toBe(0);
});

test.each([
  ['for longer', false],
  ['when somebody asks to stop', true],
])('data that another program holds %s end the start with a sentence of its own', async (_, interrupts) => {
  const clock = new ManualClock(0);
  let tries = 0;
  const startRelay = async () => {
    tries += 1;
    throw new StoreError('in-use', 'The sentence.', 'The hint.');
  };
  const { terminal, exit } = begin(['start', '--json'], { home: temporaryDirectory(), startRelay, clock });
  await vi.waitFor(() => expect(tries).toBeGreaterThan(0));
  if (interrupts) terminal.interrupt();
  let ended = false;
  void exit.then(() => {
    ended = true;
  });
  await vi.waitFor(async () => {
    await clock.advance(500);
    expect(ended).toBe(true);
  }, PATIENT);
  expect(await exit).toBe(4);
  expect(terminal.objects).toMatchObject([{ error: { code: 'relay-held' } }]);
});

test('a port that the system keeps for itself is named', async () => {
  const startRelay = async () => {
    throw new PortError('port-refused', 'refused', 'choose');
  };
  const { code, err } = await run(['start', '--port', '4711'], { startRelay });
  expect(code).toBe(4);
  expect(err).toContain('reserva a porta 4711');
});

test('a port that is taken is named', async () => {
  const startRelay = async () => {
    throw new PortError('port-taken', 'taken', 'choose');
  };
  const { code, err } = await run(['start', '--port', '4711'], { startRelay });
  expect(code).toBe(4);
  expect(err).toContain('4711');
  expect(err).toContain('RECADO_PORT');
});

test('a bug says where it happened and repeats nothing of what it failed on', async () => {
  const startRelay = async () => {
    throw new TypeError('planted secret');
  };
  const { code, everything } = await run(['start'], { startRelay });
  expect(code).toBe(4);
  expect(everything).not.toContain('planted secret');
});

test('start says how a browser gets the extension, with a code for a person alone, until one is paired', async () => {
  const { relay, home, startRelay } = await bench();
  const say = async (options: { readonly person?: boolean }) => {
    const { terminal, exit } = begin(['start'], { home, startRelay, ...options });
    await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
    terminal.interrupt();
    await exit;
    return terminal.written;
  };
  const person = await say({ person: true });
  expect(person).toContain('chrome://extensions');
  expect(person).toContain(EXTENSION.chromium);
  expect(person).toContain(`${EXTENSION.firefox}/manifest.json`);
  expect(person).toContain(CODE);
  // A service's log is no place for a code.
  const service = await say({ person: false });
  expect(service).toContain('recado -- pair');
  expect(service).not.toContain(CODE);
  relay.clientList.push(CLIENT);
  expect(await say({ person: true })).not.toMatch(new RegExp(`chrome://|${CODE}`));
});

test('a code that has run out is followed by another until a browser is paired', async () => {
  const { relay, home, startRelay } = await bench();
  const clock = new ManualClock(0);
  relay.codeExpiresAt = 120_000;
  const { terminal, exit } = begin(['start', '--language', 'en'], { home, startRelay, clock, person: true });
  await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
  relay.codeExpiresAt = 240_000;
  await clock.advance(119_000);
  expect(terminal.written).not.toContain('Another code');
  await clock.advance(1_000);
  await vi.waitFor(() => expect(terminal.written).toContain(`Another code: ${CODE}`));
  relay.clientList.push(CLIENT);
  await clock.advance(120_000);
  // A question and its answer later, whatever was to be said has been said.
  await vi.waitFor(() => expect(relay.acted('issueCode')).toBe(2));
  terminal.interrupt();
  await exit;
  expect(terminal.written.match(/Another code/g)).toHaveLength(1);
});

test('a browser that asks for a code has one shown where somebody reads along, whoever is paired already', async () => {
  const { relay, home, startRelay, ask } = await bench();
  relay.clientList.push(CLIENT);
  const { terminal, exit } = begin(['start', '--language', 'en'], { home, startRelay, person: true });
  await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
  expect(terminal.written).not.toContain(CODE);
  expect(ask()).toBe(true);
  await vi.waitFor(() => expect(terminal.written).toContain(`A browser asks for a code: type ${CODE}`));
  terminal.interrupt();
  await exit;
});

test.each([
  ['a service', ['start']],
  ['a script', ['start', '--json']],
])('a browser’s code is not shown to %s', async (_, argv) => {
  const { home, startRelay, ask } = await bench();
  const { terminal, exit } = begin(argv, { home, startRelay, person: argv.length > 1 });
  await vi.waitFor(() => expect(terminal.written).toContain(home));
  expect(ask()).toBe(false);
  terminal.interrupt();
  await exit;
});

test('a relay that is asked to starts again, with the settings as they are then', async () => {
  const again = Promise.withResolvers<void>();
  let stopped = 0;
  const { home, startRelay, given } = await bench(
    async () => {
      stopped += 1;
    },
    NEVER,
    again.promise,
  );
  const { terminal, exit } = begin(['start', '--language', 'en'], { home, startRelay });
  await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
  Object.assign(terminal.environment, { RECADO_DAILY_ANSWERS: '7' });
  again.resolve();
  await vi.waitFor(() => expect(terminal.written).toContain('The relay was started again'));
  expect(stopped).toBe(1);
  expect(given.map(({ dailyAnswers }) => dailyAnswers)).toEqual([200, 7]);
  terminal.interrupt();
  expect(await exit).toBe(0);
  expect(stopped).toBe(2);
});

test('settings that cannot be used do not keep a relay from starting again', async () => {
  const again = Promise.withResolvers<void>();
  const { home, startRelay, given } = await bench(async () => undefined, NEVER, again.promise);
  const { terminal, exit } = begin(['start', '--language', 'en'], { home, startRelay });
  await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
  Object.assign(terminal.environment, { RECADO_DAILY_ANSWERS: 'many' });
  again.resolve();
  await vi.waitFor(() => expect(terminal.written).toContain('The relay was started again'));
  expect(given.map(({ dailyAnswers }) => dailyAnswers)).toEqual([200, 200]);
  terminal.interrupt();
  await exit;
});

test('settings that do not start are told, and the relay goes on with those that did', async () => {
  const again = Promise.withResolvers<void>();
  const { home, startRelay, given } = await bench(async () => undefined, NEVER, again.promise);
  const startHere = async (settings: Settings): Promise<Started> => {
    if (settings.port === 4_712) throw new PortError('port-taken', 'The port 4712 is taken.', 'Choose another.');
    return startRelay(settings);
  };
  const { terminal, exit } = begin(['start', '--language', 'en'], { home, startRelay: startHere });
  await vi.waitFor(() => expect(terminal.written).toContain('Ctrl-C'));
  Object.assign(terminal.environment, { RECADO_PORT: '4712' });
  again.resolve();
  await vi.waitFor(() => expect(terminal.written).toContain('The relay was started again'));
  expect(terminal.everything).toContain('4712');
  expect(given).toHaveLength(2);
  terminal.interrupt();
  expect(await exit).toBe(0);
});
