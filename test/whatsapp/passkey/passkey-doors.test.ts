/** What WhatsApp asks of a passkey, and what a browser brings back: all that is odd is refused before it goes any further. */
import { describe, expect, test } from 'vitest';
import { readAssertion } from '../../../relay/whatsapp/socket/passkey/passkey-assertion.ts';
import { readPasskeyOptions } from '../../../relay/whatsapp/socket/passkey/passkey-options.ts';

const OPTIONS = {
  challenge: Buffer.alloc(32, 5).toString('base64url'),
  timeout: 600_000,
  rpId: 'whatsapp.com',
  allowCredentials: [],
  userVerification: 'required',
  extensions: { uvm: true },
};

function optionsWith(change: object): ReturnType<typeof readPasskeyOptions> {
  return readPasskeyOptions(Buffer.from(JSON.stringify({ ...OPTIONS, ...change })));
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const CLIENT_DATA = {
  type: 'webauthn.get',
  challenge: OPTIONS.challenge,
  origin: 'https://web.whatsapp.com',
  crossOrigin: false,
};
const authenticatorData = (flags: number, length = 37): string => {
  const data = Buffer.alloc(length, 1);
  if (length > 32) data.writeUInt8(flags, 32);
  return data.toString('base64url');
};
const RESPONSE = {
  clientDataJSON: encoded(CLIENT_DATA),
  authenticatorData: authenticatorData(0b101),
  signature: 'c2lnbmF0dXJl',
  userHandle: null,
};
const ASSERTION = { id: 'Y3JlZA', rawId: 'Y3JlZA', type: 'public-key', response: RESPONSE };

function read(change: object, options: object = {}) {
  const asked = optionsWith(options);
  if (!asked) throw new Error('no options');
  return readAssertion({ ...ASSERTION, ...change }, asked);
}

describe('options', () => {
  test('as WhatsApp sends them they are read, and what is not known is left out', () => {
    expect(optionsWith({ hints: ['client-device'], more: 'x'.repeat(100) })).toEqual(OPTIONS);
    expect(
      optionsWith({ allowCredentials: [{ type: 'public-key', id: 'Y3JlZA', transports: ['hybrid'] }] }),
    ).not.toBeNull();
  });

  test.each<[string, object]>([
    ["another site's", { rpId: 'web.whatsapp.com' }],
    ["another company's", { rpId: 'whatsapp.com.evil.example' }],
    ['without a site', { rpId: undefined }],
    ['without a challenge', { challenge: undefined }],
    ['with a challenge that is short', { challenge: 'YWJj' }],
    ['with a challenge that is no base64url', { challenge: `${'a'.repeat(30)}+/=` }],
    ['with a challenge that is no text', { challenge: 5 }],
    ['with an endless time', { timeout: 1e12 }],
    ['with credentials that are no list', { allowCredentials: 'all' }],
    [
      'with too many credentials',
      { allowCredentials: Array.from({ length: 65 }, () => ({ type: 'public-key', id: 'YQ' })) },
    ],
    ['with another kind of credential', { allowCredentials: [{ type: 'password', id: 'YQ' }] }],
    ['with a wish that is not known', { userVerification: 'never' }],
    ['too long', { hints: ['x'.repeat(5_000)] }],
  ])('%s are refused', (_what, change) => {
    expect(optionsWith(change)).toBeNull();
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['nothing', ''],
    ['null', 'null'],
  ])('%s is refused', (_what, text) => {
    expect(readPasskeyOptions(Buffer.from(text))).toBeNull();
  });

  test('bytes that are no UTF-8 are refused', () => {
    expect(readPasskeyOptions(Buffer.from([0xff, 0xfe]))).toBeNull();
  });
});

describe('an assertion', () => {
  test('as a browser makes it leaves with exactly its four fields', () => {
    const assertion = read({});
    expect(JSON.parse(assertion?.json ?? '')).toEqual(ASSERTION);
    expect(Buffer.from(assertion?.credentialId ?? []).toString()).toBe('cred');
    expect(read({ response: { ...RESPONSE, userHandle: 'dXNlcg' } })).not.toBeNull();
  });

  const withData = (change: object) => ({
    response: { ...RESPONSE, clientDataJSON: encoded({ ...CLIENT_DATA, ...change }) },
  });
  test.each<[string, object]>([
    ['that is nothing', { id: undefined }],
    ['of two ids', { rawId: 'b3RoZXI' }],
    ['of another type', { type: 'password' }],
    ['with more than four fields', { authenticatorAttachment: 'platform' }],
    ['with more in its response', { response: { ...RESPONSE, publicKey: 'x' } }],
    ['without a signature', { response: { ...RESPONSE, signature: undefined } }],
    ['with a signature that is no base64url', { response: { ...RESPONSE, signature: '<script>' } }],
    ['with a signature that is too long', { response: { ...RESPONSE, signature: 'a'.repeat(2_000) } }],
    ['for another challenge', withData({ challenge: Buffer.alloc(32, 6).toString('base64url') })],
    ['that makes a key instead of using one', withData({ type: 'webauthn.create' })],
    ['from another page', withData({ origin: 'https://web.whatsapp.com.evil.example' })],
    ['from the extension itself', withData({ origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' })],
    ['from a page within another', withData({ crossOrigin: true })],
    ['whose client data is no JSON', { response: { ...RESPONSE, clientDataJSON: 'e30x' } }],
    [
      'whose authenticator data is too short',
      { response: { ...RESPONSE, authenticatorData: authenticatorData(5, 36) } },
    ],
    ['at which nobody was present', { response: { ...RESPONSE, authenticatorData: authenticatorData(0) } }],
  ])('%s is refused', (_what, change) => {
    expect(read(change)).toBeNull();
  });

  test('of a credential that was not asked for is refused', () => {
    const allowCredentials = [{ type: 'public-key', id: 'b3RoZXI' }];
    expect(read({}, { allowCredentials })).toBeNull();
    expect(read({}, { allowCredentials: [{ type: 'public-key', id: 'Y3JlZA' }] })).not.toBeNull();
  });

  test.each([null, 'text', 5, [], { toString: 1 }])('%j is none', (given) => {
    const asked = optionsWith({});
    expect(asked && readAssertion(given, asked)).toBeNull();
  });
});
