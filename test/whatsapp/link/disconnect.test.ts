/** One table: what WhatsApp says at the end of a connection, and what follows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeClose, type Verdict } from '../../../relay/whatsapp/link/disconnect.ts';
import type { SocketClose } from '../../../relay/whatsapp/socket/socket-close.ts';

function close(code: number | null, origin: SocketClose['origin'] = 'stream'): SocketClose {
  return { code, banSeconds: code === 402 ? 3_600 : null, origin };
}

test.each<[number, Verdict['type'], string]>([
  [401, 'gone', 'unlinked-on-phone'],
  [402, 'rest', 'banned-until'],
  [403, 'rest', 'banned'],
  [405, 'retry-slowly', 'relay-outdated'],
  [406, 'rest', 'banned'],
  [408, 'retry', 'connection-lost'],
  [409, 'rest', 'relay-outdated'],
  [411, 'rest', 'multi-device-off'],
  [428, 'retry', 'connection-lost'],
  [440, 'rest', 'replaced'],
  [500, 'retry', 'whatsapp-unavailable'],
  [503, 'retry', 'whatsapp-unavailable'],
])('%i on an open line: %s, %s', (code, type, cause) => {
  expect(judgeClose(close(code), true)).toMatchObject({ type, cause });
});

test('515 asks for a restart', () => {
  expect(judgeClose(close(515), true)).toEqual({ type: 'restart' });
});

test('a temporary ban says when it ends', () => {
  expect(judgeClose(close(402, 'login'), false)).toEqual({ type: 'rest', cause: 'banned-until', banSeconds: 3_600 });
});

test.each([408, 428, null])('%s before the connection was open: WhatsApp cannot be reached', (code) => {
  expect(judgeClose(close(code), false)).toEqual({ type: 'retry', cause: 'unreachable' });
});

test('a certificate that is wrong is no reason to ask again soon', () => {
  expect(judgeClose(close(400, 'certificate'), false)).toEqual({ type: 'retry-slowly', cause: 'server-not-trusted' });
});

describe('whatever the number', () => {
  const codes = fc.option(fc.integer({ min: 100, max: 999 }));

  test('a proxy in between cannot end a link: its status is a lost connection', () => {
    fc.assert(
      fc.property(codes, fc.boolean(), (code, wasOpen) => {
        expect(judgeClose(close(code, 'transport'), wasOpen).type).toBe('retry');
      }),
    );
  });

  test('a refusal that is not known is not asked again soon', () => {
    const known = [401, 402, 403, 405, 406, 408, 409, 411, 428, 440, 500, 503, 515, 516];
    fc.assert(
      fc.property(
        codes.filter((code) => code === null || !known.includes(code)),
        (code) => {
          expect(judgeClose(close(code, 'login'), false).type).toBe('retry-slowly');
        },
      ),
    );
  });
});
