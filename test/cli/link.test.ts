import { create } from 'qrcode';
import { expect, test, vi } from 'vitest';
import { drawQr } from '../../relay/cli/qr-drawing.ts';
import { linkWordsIn, wordsIn } from '../../shared/locales/all.ts';
import { ACCOUNT, CONNECTED, FakeRelayApi, report, showing, showingLetters } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { begin, type Run } from './command-bench.ts';

async function bench() {
  const relay = new FakeRelayApi('Recado');
  const { home } = await openLocalServer(relay);
  const link = async (args: readonly string[], given: Parameters<typeof begin>[1] = {}): Promise<Run> => {
    const before = relay.acted('link');
    const running = begin(['link', ...args], { home, ...given });
    await vi.waitFor(() => expect(relay.acted('link')).toBe(before + 1));
    return running;
  };
  return { relay, home, link };
}

test('link --json streams codes and statuses in these shapes and no other, and ends connected (S14)', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link(['--json']);
  relay.move('Recado', showing(1, 'code one'));
  relay.move('Recado', showing(2, 'code two'));
  relay.move('Recado', CONNECTED);

  expect(await exit).toBe(0);
  expect(terminal.errors).toBe('');
  const status = {
    cause: null,
    account: null,
    retryAt: null,
    until: null,
    left: null,
    restrictedUntil: null,
    restrictedRetryAt: null,
    clockAhead: null,
  };
  const waiting = { event: 'status', ...status, status: 'connecting', phase: 'showing-code', since: 2 };
  expect(terminal.objects).toEqual([
    { event: 'qr', text: 'code one', number: 1, of: 10, expiresAt: 90_000, renewals: 0 },
    waiting,
    { event: 'qr', text: 'code two', number: 2, of: 10, expiresAt: 90_000, renewals: 0 },
    waiting,
    { event: 'status', ...status, status: 'connected', phase: 'online', account: ACCOUNT, since: 3 },
  ]);
});

test('before linking a person reads what is beta, why a dedicated number, and the steps (S2, S9, S13)', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link([]);
  relay.move('Recado', CONNECTED);
  await exit;
  const { guidance } = wordsIn('pt-BR');
  const { advice } = linkWordsIn('pt-BR');
  for (const words of [guidance.betaBadge, advice.library, advice.dedicatedNumberHeading, advice.linkSteps]) {
    expect(terminal.written).toContain(words);
  }
  expect(terminal.written).toContain('Conectado: +5511999990001');
  expect(terminal.written).toContain('O agente está desligado.');
});

test('on a terminal a code is counted, its seconds run down, and it is wiped at the end (S15, S17)', async () => {
  const { relay, link } = await bench();
  const clock = new ManualClock(85_000);
  const { terminal, exit } = await link([], { person: true, clock });
  relay.move('Recado', showing(3, 'code'));
  await vi.waitFor(() => expect(terminal.written).toContain('QR Code 3/10 · vale mais 5 s'));
  await clock.advance(2_000);
  expect(terminal.written).toContain('QR Code 3/10 · vale mais 3 s');
  relay.move('Recado', CONNECTED);
  await exit;
  const drawing = await drawQr('code', 'dark');
  const erased = terminal.written.lastIndexOf(`\u001b[${drawing.length}A\u001b[0J`);
  expect(erased).toBeGreaterThan(terminal.written.lastIndexOf(drawing.at(-1) ?? ''));
});

test('without a terminal a code is drawn once, and nothing moves the cursor or colours anything', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link([]);
  relay.move('Recado', showing(1, 'code'));
  relay.move('Recado', CONNECTED);
  await exit;
  expect(terminal.written).toContain((await drawQr('code', 'dark')).join('\n'));
  expect(terminal.written).toContain('QR Code 1/10');
  expect(terminal.written).not.toContain('\u001b');
  expect(terminal.written).not.toContain('vale mais');
});

test('by number: letters to type instead of a code to scan, with the way to where they are typed', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link(['--number', '+55 (11) 99999-0001']);
  expect(relay.acts.find(([act]) => act === 'link')).toEqual(['link', expect.any(String), '5511999990001']);
  relay.move('Recado', showingLetters(1, 'ABCD-EFGH'));
  relay.move('Recado', showingLetters(2, 'JKMN-PQRS'));
  relay.move('Recado', CONNECTED);
  await exit;
  expect(terminal.written).toContain('Conectar com número de telefone');
  expect(terminal.written).toContain('Código 1/10: ABCD-EFGH\n');
  expect(terminal.written).toContain('Código 2/10: JKMN-PQRS\n');
});

test('a number that is none is told before anything is asked', async () => {
  const { relay, home } = await bench();
  const { terminal, exit } = begin(['link', '--number', '0119999'], { home });
  expect(await exit).toBe(2);
  expect(terminal.errors).toContain('Isto não é um número de telefone completo.');
  expect(relay.acts).toEqual([]);
});

test('an account that WhatsApp asks a passkey of: what to do in the browser, once, and the command goes on', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link([]);
  relay.move('Recado', showing(1, 'code'));
  relay.move('Recado', report({ status: 'connecting', phase: 'passkey-asked', since: 3 }));
  relay.move('Recado', report({ status: 'connecting', phase: 'passkey-signing', since: 3 }));
  relay.move('Recado', CONNECTED);
  expect(await exit).toBe(0);
  expect(terminal.written.match(/abra o Recado na barra de um navegador pareado/g)).toHaveLength(1);
});

test.each([
  ['number-in-use', 'Este número de telefone já está conectado a outro agente.'],
  ['qr-expired', wordsIn('pt-BR').causes['qr-expired'].sentence],
  ['passkey-required', wordsIn('pt-BR').causes['passkey-required'].sentence],
] as const)('an attempt that ends with %s says so (S11, S17)', async (cause, sentence) => {
  for (const args of [[], ['--json']]) {
    const { relay, link } = await bench();
    const { terminal, exit } = await link(args);
    relay.move('Recado', showing(1, 'code'));
    relay.move('Recado', report({ cause, since: 8 }));
    expect(await exit).toBe(5);
    if (args.length === 0) expect(terminal.errors.split('\n')[0]).toBe(sentence);
    else expect(terminal.objects.at(-1)).toMatchObject({ error: { code: cause, message: sentence } });
  }
});

test('Ctrl-C cancels the attempt and waits for what comes of it (S18)', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link([]);
  relay.move('Recado', showing(1, 'code'));
  terminal.interrupt();
  await vi.waitFor(() => expect(relay.acted('cancelLink')).toBe(1));
  relay.move('Recado', report({ cause: 'link-cancelled', since: 8 }));
  expect(await exit).toBe(130);
  expect(terminal.errors).toContain('A conexão foi cancelada.');
  expect(terminal.listens).toBe(false);
  expect(relay.acted('panelClosed')).toBe(0);
});

test('a second Ctrl-C leaves at once, which is as good as a closed panel', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link(['--json']);
  terminal.interrupt();
  terminal.interrupt();
  expect(await exit).toBe(130);
  await vi.waitFor(() => expect(relay.acted('panelClosed')).toBe(1));
  expect(terminal.objects).toMatchObject([{ error: { code: 'interrupted' } }]);
});

test('a relay that goes away while linking ends the command with an error', async () => {
  const relay = new FakeRelayApi('Recado');
  const server = await openLocalServer(relay);
  const { exit } = begin(['link'], { home: server.home });
  await vi.waitFor(() => expect(relay.acted('link')).toBe(1));
  await server.stop();
  expect(await exit).toBe(1);
});

test.each(['replaced', 'banned-until', 'banned', 'relay-outdated'] as const)(
  'a link that rests as %s is explained before a new scan is offered',
  async (cause) => {
    const { relay, home, link } = await bench();
    relay.move('Recado', report({ cause, account: ACCOUNT, until: 1e12 }));
    const { terminal, exit } = begin(['link', '--json'], { home });
    expect(await exit).toBe(1);
    expect(terminal.objects).toMatchObject([
      { error: { code: 'link-rests', hint: expect.stringContaining('--again') } },
    ]);
    expect(relay.acted('link')).toBe(0);
    const again = await link(['--again']);
    relay.move('Recado', CONNECTED);
    expect(await again.exit).toBe(0);
  },
);

test('an agent that is linked already is not linked again (S10)', async () => {
  const { relay, home } = await bench();
  for (const link of [CONNECTED, report({ status: 'reconnecting', phase: 'waiting', account: ACCOUNT })]) {
    relay.move('Recado', link);
    const { terminal, exit } = begin(['link', '--json'], { home });
    expect(await exit).toBe(1);
    expect(terminal.objects).toMatchObject([{ error: { code: 'already-linked' } }]);
  }
  expect(relay.acted('link')).toBe(0);
});

test('a code is drawn module by module, dark on light where there are colours', async () => {
  const text = 'https://wa.me/settings/linked_devices#2@abc';
  const { modules } = create(text, { errorCorrectionLevel: 'L' });
  const coloured = (await drawQr(text, 'coloured')).map((line) => line.replaceAll(/\p{Cc}\[[\d;]*m/gu, ''));
  const dark = await drawQr(text, 'dark');
  const isInk = (lines: readonly string[], x: number, y: number) => {
    const block = [...(lines[y >> 1] ?? '')][x] ?? ' ';
    return block === '█' || block === (y % 2 === 0 ? '▀' : '▄');
  };
  const margin = 2;
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      const isDark = modules.get(y, x) === 1;
      expect(isInk(coloured, x + margin, y + margin)).toBe(isDark);
      expect(isInk(dark, x + margin, y + margin)).toBe(!isDark);
    }
  }
  expect(await drawQr(text, 'light')).toEqual(coloured);
});

test('WhatsApp asks for another secret: it is said, and the code is drawn once more', async () => {
  const { relay, link } = await bench();
  const { terminal, exit } = await link([]);
  relay.move('Recado', showing(1, 'code'));
  relay.move('Recado', showing(1, 'another', { renewals: 1 }));
  relay.move('Recado', CONNECTED);
  await exit;
  const said = terminal.written.indexOf('O WhatsApp pediu um código novo: escaneie mais uma vez.');
  expect(said).toBeGreaterThan(terminal.written.indexOf((await drawQr('code', 'dark')).join('\n')));
  expect(terminal.written.indexOf((await drawQr('another', 'dark')).join('\n'))).toBeGreaterThan(said);
});

test('WhatsApp wants a person to ask for other letters: Enter does, and without one the command says how', async () => {
  const worn = report({ status: 'connecting', phase: 'code-worn', since: 2 });
  const { relay, link } = await bench();
  const asked = await link(['--number', '5511999990001'], { person: true, answers: [''] });
  relay.move('Recado', showingLetters(1, 'ABCD-EFGH'));
  relay.move('Recado', worn);
  await vi.waitFor(() => expect(relay.acted('new-link-code')).toBe(1));
  relay.move('Recado', CONNECTED);
  expect(await asked.exit).toBe(0);
  relay.move('Recado', report({ cause: 'unlinked-here', since: 8 }));
  const alone = await link(['--number', '5511999990001']);
  relay.move('Recado', showingLetters(1, 'ABCD-EFGH'));
  relay.move('Recado', worn);
  relay.move('Recado', CONNECTED);
  await alone.exit;
  expect(alone.terminal.written).toContain('rode o mesmo comando mais uma vez');
  expect(relay.acted('new-link-code')).toBe(1);
});
