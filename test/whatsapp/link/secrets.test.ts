/** Everything that a link writes down, at its most talkative, is searched for what nobody may read there. */
import { PassThrough } from 'node:stream';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../../relay/log.ts';
import { guardConsole } from '../../../relay/whatsapp/beyond-baileys/console-guard.ts';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type Bench, linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

const never = { signal: new AbortController().signal };
const LEAST_SECRET = 16;

/** Every long string in the credentials, and each in the other spellings that a log could give it. */
async function secretsOf(bench: Bench): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id } of await bench.store.links.list()) {
    JSON.parse((await bench.store.links.credentials(id)) ?? '{}', (name, value: unknown) => {
      if (name !== 'type' && typeof value === 'string' && value.length >= LEAST_SECRET) found.push(value);
      return value;
    });
  }
  return found.flatMap((secret) => {
    const bytes = Buffer.from(secret, 'base64');
    return [secret, bytes.toString('hex'), [...bytes].join(','), bytes.toString('base64url')];
  });
}

/** What reaches the two streams of the process meanwhile. */
function overhear(): () => string {
  const heard: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      heard.push(String(chunk));
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  return () => heard.join('');
}

test('no key, code, text, name or number of a person is written anywhere', async () => {
  const printed: string[] = [];
  const destination = new PassThrough();
  destination.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  onTestFinished(guardConsole(createLog('debug', destination)));
  const heard = overhear();

  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana Planted' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio Planted' });
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'a planted question');
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  // A session that is closed and replaced: libsignal prints both, private keys and all.
  caio.asksAgain = true;
  const chatId = bench.taken[0]?.chatId ?? ('' as ChatId);
  await bench.session.outgoing.send({ chatId, messageId: '3EB0AAAAAAAAAAAAAAAAAA', text: 'a planted answer' }, never);
  await whatsapp.until(() => caio.receipts.length > 0, 'the answer was delivered');
  await caio.write(ana, 'a planted second question');
  await whatsapp.until(() => bench.taken.length === 2, 'the second message was taken in');
  whatsapp.endWith('missedAck', ana);
  await whatsapp.until(() => bench.session.report.status === 'reconnecting', 'the line was lost');
  await whatsapp.until(() => bench.session.report.status === 'connected', 'the line was back');
  const second = await startBench(whatsapp, { agentId: 'agt_TWO', deps: { claim: () => false } });
  await second.session.link();
  await whatsapp.until(() => second.session.report.qr !== null, 'a code was shown');
  await ana.scan(second.session.code ?? '');
  await whatsapp.until(() => second.session.report.cause === 'number-in-use', 'the second agent was refused');
  const secrets = [...(await secretsOf(bench)), ...(await secretsOf(second))];
  await bench.session.unlink();
  await whatsapp.until(() => bench.session.report.cause === 'unlinked-here', 'it was logged out');

  const codes = [...bench.codes, ...second.codes].map(({ text }) => text);
  const parts = codes.flatMap((code) => code.slice(code.indexOf('#') + 1).split(','));
  const people = ['planted', 'Planted', ana.number, caio.number, ana.user.lid, caio.user.lid];
  const forbidden = [...secrets, ...codes, ...parts.filter((part) => part.length >= LEAST_SECRET), ...people];
  expect(forbidden.length).toBeGreaterThan(50);
  const written = [bench.logged(), second.logged(), printed.join(''), heard()].join('\n');
  expect(forbidden.filter((secret) => written.includes(secret))).toEqual([]);
  expect(printed.join('')).toContain('a library printed something');
});

test('what a library prints is counted, not read, until the console is given back', () => {
  const lines: string[] = [];
  const destination = new PassThrough();
  destination.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  // Under another name: what is tested here is what nobody else may use.
  const { console: printer } = globalThis;
  const { info } = printer;
  const release = guardConsole(createLog('debug', destination));
  printer.info('Closing session:', { privKey: 'planted' });
  printer.error(new Error('planted'));
  release();
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain('planted');
  expect(printer.info).toBe(info);
});
