/** A device that WhatsApp asks a passkey for is linked, by stock Baileys' socket and our steps beside it, and every other end is one end. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../../relay/clock.ts';
import { type Flaws, Passkey } from '../../simulator/people/passkey.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type Bench, type BenchOptions, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let whatsapp: WhatsApp;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  ana.needsPasskey = true;
});

/** The phone has scanned, and the relay waits for its owner. `linked`: how the phone's part ends. */
async function asked(
  options: BenchOptions = {},
): Promise<{ readonly bench: Bench; readonly linked: Promise<unknown> }> {
  const bench = await startBench(whatsapp, options);
  await bench.session.link();
  await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
  const linked = ana.scan(bench.session.code ?? '');
  linked.catch(() => undefined);
  await whatsapp.until(() => bench.session.report.phase === 'passkey-asked', 'the owner was asked');
  return { bench, linked };
}

async function begun(bench: Bench): Promise<{ readonly attempt: string; readonly challenge: string }> {
  const begin = await bench.session.passkey.begin(null);
  if (begin.type !== 'begun') throw new Error(begin.type);
  return { attempt: begin.attempt, challenge: begin.options.challenge };
}

async function sign(bench: Bench, flaws: Flaws = {}): Promise<string> {
  const { attempt, challenge } = await begun(bench);
  expect(await bench.session.passkey.answer(attempt, ana.passkey?.assert(challenge, flaws))).toBe(true);
  return attempt;
}

const endedWith = (bench: Bench, cause: string) =>
  whatsapp.until(() => bench.session.report.status === 'offline' && bench.session.report.cause === cause, cause);

test('with a proof the phone finishes by itself: linked, restarted, online, and nothing of it is left', async () => {
  const { bench, linked } = await asked();
  expect(bench.session.report).toMatchObject({ status: 'connecting', phase: 'passkey-asked', qr: null });
  await sign(bench);
  await linked;
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was online');
  expect(ana.comparedCodes).toEqual([]);
  expect(ana.companions()).toHaveLength(1);
  expect(bench.reports.map(({ phase }) => phase)).toEqual(
    expect.arrayContaining([
      'passkey-asked',
      'passkey-signing',
      'passkey-phone',
      'passkey-finishing',
      'finishing',
      'online',
    ]),
  );
});

test('the request is acknowledged, and nothing else is sent before the owner says yes', async () => {
  const { bench } = await asked();
  const sent = whatsapp.recorded.fromUnlinked;
  await whatsapp.until(() => sent.some(({ tag }) => tag === 'ack'), 'it was acknowledged');
  expect(sent.filter(({ tag }) => tag === 'ack')).toMatchObject([
    {
      attrs: { class: 'notification', type: 'passkey_prologue_request', to: expect.stringContaining('s.whatsapp.net') },
    },
  ]);
  expect(JSON.stringify(sent.filter(({ tag }) => tag !== 'ack'))).not.toMatch(/passkey|"ref"/);
  expect(bench.session.report.phase).toBe('passkey-asked');
});

test('a second try shows a code on both screens, and the owner says that they are the same', async () => {
  const { bench, linked } = await asked();
  bench.session.passkey.abandon((await begun(bench)).attempt);
  expect(bench.session.report).toMatchObject({ phase: 'passkey-asked', cause: 'passkey-not-given' });
  const attempt = await sign(bench);
  await whatsapp.until(() => bench.session.report.phase === 'passkey-comparing', 'a code was compared');
  const code = bench.session.passkey.code(attempt);
  expect(code).toMatchObject({ step: 'compare', text: expect.stringMatching(/^[1-9A-Z]{4}-[1-9A-Z]{4}$/) });
  await whatsapp.until(() => ana.comparedCodes.length === 1, 'the phone showed it');
  expect(ana.comparedCodes).toEqual([code?.text]);
  expect(JSON.stringify(bench.reports)).not.toContain(code?.text);
  expect(bench.session.passkey.compared(attempt, true)).toBe(true);
  await linked;
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was online');
});

test('a proof that comes too late for the phone: what it shows is shown here too, and it links', async () => {
  ana.takesNoProof = true;
  const confirmed = Promise.withResolvers<boolean>();
  ana.confirms = () => confirmed.promise;
  const { bench, linked } = await asked();
  const attempt = await sign(bench);
  await whatsapp.until(() => ana.comparedCodes.length === 1, 'the phone showed a code');
  expect(bench.session.report.phase).toBe('passkey-finishing');
  expect(bench.session.passkey.code(attempt)).toEqual({ step: 'shown', text: ana.comparedCodes[0] });
  expect(bench.session.passkey.compared(attempt, true)).toBe(false);
  confirmed.resolve(true);
  await linked;
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was online');
});

describe('every other end is one end, and leaves no half link', () => {
  const nothingLeft = async (bench: Bench): Promise<void> => {
    await whatsapp.until(() => whatsapp.server.connectionsOf().length === 0, 'the socket was closed');
    expect(ana.companions()).toEqual([]);
    expect((await bench.store.links.list()).filter(({ agentId }) => agentId === 'agt_ONE')).toEqual([]);
  };

  test('two tries that bring nothing', async () => {
    const { bench } = await asked();
    for (const _try of [1, 2]) bench.session.passkey.abandon((await begun(bench)).attempt);
    await endedWith(bench, 'passkey-not-given');
    await nothingLeft(bench);
  });

  test('codes that differ', async () => {
    const { bench } = await asked();
    bench.session.passkey.abandon((await begun(bench)).attempt);
    const attempt = await sign(bench);
    await whatsapp.until(() => bench.session.report.phase === 'passkey-comparing', 'a code was compared');
    bench.session.passkey.compared(attempt, false);
    await endedWith(bench, 'passkey-mismatch');
    await nothingLeft(bench);
  });

  test("another account's passkey", async () => {
    const { bench, linked } = await asked();
    const { attempt, challenge } = await begun(bench);
    await bench.session.passkey.answer(attempt, new Passkey().assert(challenge));
    await endedWith(bench, 'passkey-refused');
    await expect(linked).rejects.toThrow("not this account's");
    await nothingLeft(bench);
  });

  test.each<[string, Flaws, string]>([
    ['for another site', { rpId: 'example.com' }, 'another site'],
    ['without the person proving themself', { flags: 0b1 }, 'not verified'],
    ['of a copied passkey', { signCount: 1 }, 'copied'],
    ['with a wrong signature', { signature: 'MEUCIQ' }, 'signature is wrong'],
  ])('an assertion %s', async (_what, flaws, why) => {
    if (ana.passkey && flaws.signCount !== undefined) ana.passkey.signCount = 7;
    const { bench, linked } = await asked();
    const refused = expect(linked).rejects.toThrow(why);
    await sign(bench, flaws);
    await endedWith(bench, 'passkey-refused');
    await refused;
    await nothingLeft(bench);
  });

  test('cancelled while WhatsApp waits', async () => {
    const { bench } = await asked();
    await begun(bench);
    bench.session.cancelLink();
    await endedWith(bench, 'link-cancelled');
    await nothingLeft(bench);
  });

  test('the relay ends in the middle, and starts as if nothing had been', async () => {
    const home = temporaryDirectory();
    const { bench } = await asked({ home });
    await begun(bench);
    await bench.stop();
    const again = await startBench(whatsapp, { home });
    expect(again.session.report).toMatchObject({ status: 'offline', cause: 'not-linked' });
    await nothingLeft(again);
  });

  test('WhatsApp closes the connection', async () => {
    const { bench } = await asked();
    whatsapp.cut();
    await endedWith(bench, 'link-failed');
    await nothingLeft(bench);
  });

  /** Minutes pass in a moment; everything shorter takes its time. */
  const hasty: Clock = { ...systemClock, after: (ms, task) => systemClock.after(ms > 100_000 ? 300 : ms, task) };

  test.each(['prologue', 'nonce', 'pairing'] as const)(
    'a phone that says nothing any more from the %s on',
    async (silent) => {
      ana.silentFrom = silent;
      const { bench } = await asked({ deps: { clock: hasty }, settings: { querySeconds: 0.2 } });
      await sign(bench);
      await endedWith(bench, 'passkey-silent');
      await nothingLeft(bench);
    },
  );

  test('an owner who does nothing until the time is over', async () => {
    const { bench } = await asked({ deps: { clock: hasty } });
    await endedWith(bench, 'passkey-expired');
    await nothingLeft(bench);
  });

  test('a code that nobody compares', async () => {
    const { bench } = await asked();
    bench.session.passkey.abandon((await begun(bench)).attempt);
    await sign(bench);
    await whatsapp.until(() => bench.session.report.phase === 'passkey-comparing', 'a code was compared');
    bench.session.cancelLink();
    await endedWith(bench, 'link-cancelled');
    await nothingLeft(bench);
  });

  test('switched off: said at once', async () => {
    const bench = await startBench(whatsapp, { settings: { passkeyLinking: 'no' } });
    await bench.session.link();
    await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
    ana.scan(bench.session.code ?? '').catch(() => undefined);
    await endedWith(bench, 'passkey-required');
    await nothingLeft(bench);
  });
});

describe('a client that does what it should not', () => {
  test('what is no answer to the question is not sent, and the try goes on', async () => {
    const { bench, linked } = await asked();
    const { attempt, challenge } = await begun(bench);
    const good = ana.passkey?.assert(challenge);
    const { passkey } = bench.session;
    for (const given of [
      null,
      'text',
      { ...good, more: 1 },
      ana.passkey?.assert(challenge, { origin: 'https://evil.example' }),
      ana.passkey?.assert('another-challenge-of-some-length'),
    ]) {
      expect(await passkey.answer(attempt, given)).toBe(false);
    }
    expect(await passkey.answer('guessed', good)).toBe(false);
    expect(bench.session.report.phase).toBe('passkey-signing');
    expect(await passkey.answer(attempt, good)).toBe(true);
    expect(await passkey.answer(attempt, good)).toBe(false);
    await linked;
  });

  test('one try at a time, for the browser that began alone, and a guessed name changes nothing', async () => {
    const bench = await startBench(whatsapp);
    await bench.session.link('cli_ONE');
    await whatsapp.until(() => bench.session.report.qr !== null, 'a code was shown');
    // Another browser looks on.
    await bench.session.link('cli_TWO');
    const linked = ana.scan(bench.session.code ?? '');
    await whatsapp.until(() => bench.session.report.phase === 'passkey-asked', 'the owner was asked');
    const { passkey } = bench.session;
    expect(await passkey.begin('cli_TWO')).toEqual({ type: 'elsewhere' });
    expect(await passkey.begin(null)).toEqual({ type: 'elsewhere' });
    const begin = await passkey.begin('cli_ONE');
    expect(await passkey.begin('cli_ONE')).toEqual({ type: 'not-now' });
    passkey.abandon('guessed');
    expect(passkey.compared('guessed', true)).toBe(false);
    expect(bench.session.report.phase).toBe('passkey-signing');
    if (begin.type !== 'begun') throw new Error(begin.type);
    await passkey.answer(begin.attempt, ana.passkey?.assert(begin.options.challenge));
    await linked;
  });

  test('before anything is asked nothing begins', async () => {
    const bench = await startBench(whatsapp);
    expect(await bench.session.passkey.begin(null)).toEqual({ type: 'not-now' });
    expect(await bench.session.passkey.answer('', {})).toBe(false);
  });
});

test('of all this nothing reaches the log', async () => {
  const { bench, linked } = await asked();
  const { attempt, challenge } = await begun(bench);
  const assertion = ana.passkey?.assert(challenge);
  await bench.session.passkey.answer(attempt, assertion);
  await linked;
  await whatsapp.until(() => bench.session.report.status === 'connected', 'it was online');
  const logged = bench.logged();
  for (const secret of [challenge, attempt, assertion?.id, assertion?.response.signature])
    expect(logged).not.toContain(secret);
});
