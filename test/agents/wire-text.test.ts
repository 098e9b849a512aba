/** Bytes of a body → its text, whatever its sender says about them. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decoded } from '../../relay/agents/charset.ts';
import { withinTime } from '../../relay/agents/http-client.ts';
import { type FakeHttp, type FakeReply, startFakeHttp } from '../support/fake-http.ts';
import { deps, patient } from './asking.ts';

const WORDS = 'Olá! Não há pão.';
const latin = Buffer.from(WORDS, 'latin1');

test.each<[string, Uint8Array, string]>([
  ['UTF-8 that is not declared', Buffer.from(WORDS), 'text/plain'],
  ['UTF-8 that is declared as something unknown', Buffer.from(WORDS), 'text/plain; charset=x-none'],
  ['Latin-1 that is declared', latin, 'text/plain; charset=ISO-8859-1'],
  ['Latin-1 in quotes', latin, 'application/json;charset="latin1"'],
  ['Latin-1 that is not declared', latin, 'application/json'],
  ['Latin-1 that is declared as UTF-8', latin, 'application/json; charset=utf-8'],
  ['UTF-16 with its mark', Buffer.from(`\uFEFF${WORDS}`, 'utf16le'), 'application/json'],
  ['UTF-16 with its mark, declared as UTF-8', Buffer.from(`\uFEFF${WORDS}`, 'utf16le'), 'text/plain; charset=utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${WORDS}`), 'text/plain'],
])('%s', (_what, bytes, type) => {
  expect(decoded(bytes, type)).toBe(WORDS);
});

test('one broken letter does not make another charset of the rest', () => {
  const broken = Buffer.concat([Buffer.from('Olá, não '), Buffer.from([0xff]), Buffer.from(' é pão')]);
  expect(decoded(broken, 'text/plain')).toBe('Olá, não \uFFFD é pão');
});

test.each(['constructor', '__proto__', 'toString'])('a charset called "%s" is none', (charset) => {
  expect(decoded(Buffer.from(WORDS), `text/plain; charset=${charset}`)).toBe(WORDS);
});

describe('codings', () => {
  let server: FakeHttp;
  let reply: FakeReply = {};
  beforeEach(async () => {
    server = await startFakeHttp(() => reply);
  });
  afterEach(() => server.stop());

  const bodyOf = async () => {
    const outcome = await withinTime(deps(), false, patient, (call) =>
      call.send({ method: 'GET', url: server.url, headers: {}, body: null }),
    );
    return outcome.type === 'reply' ? outcome.body : outcome.detail;
  };

  test.each(['UTF-8', 'utf8', 'none', 'identity, identity', 'binary', 'text/plain', ' '])(
    '"%s" means that nothing is packed',
    async (encoding) => {
      reply = { headers: { 'content-encoding': encoding }, body: WORDS };
      expect(await bodyOf()).toBe(WORDS);
    },
  );

  test.each(['gzip', 'X-GZIP', 'identity, gzip', 'utf-8, gzip'])('"%s" is unpacked', async (encoding) => {
    reply = { headers: { 'content-encoding': encoding }, body: gzipSync(WORDS) };
    expect(await bodyOf()).toBe(WORDS);
  });

  test('twice packed is twice unpacked', async () => {
    reply = { headers: { 'content-encoding': 'gzip, gzip' }, body: gzipSync(gzipSync(WORDS)) };
    expect(await bodyOf()).toBe(WORDS);
  });

  test('of a stream the words are measured, and not what each is wrapped in', async () => {
    const pieces = Array.from({ length: 2_000 }, () => `data: {"padding":"${'x'.repeat(100)}"}\n\n`);
    reply = { headers: { 'content-type': 'text/event-stream' }, body: pieces.join('') };
    expect((await bodyOf()).length).toBeGreaterThan(200_000);
    reply = { ...reply, headers: { 'content-type': 'text/plain' } };
    expect(await bodyOf()).toContain('longer than 64 KiB');
  });
});
