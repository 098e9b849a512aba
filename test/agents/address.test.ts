/** Which addresses an agent may live at: as text, as an IP address, and as what a name resolves to. */
import type { LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { problemWithUrl, reachOf, withScheme } from '../../relay/agents/address.ts';
import { problemsWith } from '../../relay/agents/agent.ts';
import { withinTime } from '../../relay/agents/http-client.ts';
import { type FakeHttp, startFakeHttp } from '../support/fake-http.ts';
import { deps, patient } from './asking.ts';

test.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.0.9', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.0.10', 'private'],
  ['::ffff:192.168.0.10', 'private'],
  ['100.100.1.1', 'private'],
  ['fd12:3456::1', 'private'],
  ['8.8.8.8', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['2001:4860:4860::8888', 'public'],
  ['169.254.169.254', 'never'],
  ['::ffff:169.254.169.254', 'never'],
  ['fe80::1', 'never'],
  ['fd00:ec2::254', 'never'],
  ['0.0.0.0', 'never'],
  ['::', 'never'],
  ['224.0.0.1', 'never'],
  ['255.255.255.255', 'never'],
  ['ff02::1', 'never'],
  ['fec0::1', 'never'],
  // NAT64, 6to4, SIIT, IPv4-compatible and Teredo forms of what is not public, and of what is.
  ['64:ff9b::10.0.0.1', 'never'],
  ['64:ff9b::a9fe:a9fe', 'never'],
  ['64:ff9b::127.0.0.1', 'never'],
  ['64:ff9b::192.168.0.10', 'never'],
  ['64:ff9b::8.8.8.8', 'public'],
  ['64:ff9b:1::8.8.8.8', 'never'],
  ['2002:a00:1::1', 'never'],
  ['2002:a9fe:a9fe::', 'never'],
  ['2002:7f00:1::', 'never'],
  ['2002:c0a8:a::1', 'never'],
  ['2002:808:808::', 'public'],
  ['::ffff:0:10.0.0.1', 'never'],
  ['::10.0.0.1', 'never'],
  ['2001::1', 'never'],
  ['2001:db8::1', 'public'],
])('%s is %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach);
});

describe('a text as an agent’s address', () => {
  test.each([
    'https://api.openai.com/v1',
    'https://192.168.0.10:8443/v1',
    'http://127.0.0.1:11434/v1',
    'http://[::1]:8080/',
    'http://localhost:1234/v1',
    'http://0x7f000001/v1',
  ])('%s is taken', (text) => {
    expect(problemWithUrl(text, false)).toBeNull();
  });

  test.each([
    ['http://8.8.8.8/v1', 'address-public-http'],
    ['http://192.168.0.10:11434/v1', 'address-private-http'],
    ['http://[::ffff:192.168.0.10]/v1', 'address-private-http'],
    ['https://169.254.169.254/latest/meta-data', 'address-of-nobody'],
    ['http://2852039166/', 'address-of-nobody'],
    ['ftp://example.com', 'address-scheme'],
    ['file:///etc/passwd', 'address-scheme'],
    ['gopher://127.0.0.1/', 'address-scheme'],
    ['javascript:alert(1)', 'address-scheme'],
    ['https://ana:hunter22@example.com', 'address-with-password'],
    ['example.com/v1', 'address-incomplete'],
    ['', 'address-incomplete'],
  ])('%s is refused', (text, problem) => {
    expect(problemWithUrl(text, false)).toBe(problem);
  });

  test('http to a private address is taken after an explicit yes, http to a public one never', () => {
    expect(problemWithUrl('http://192.168.0.10:11434/v1', true)).toBeNull();
    expect(problemWithUrl('http://8.8.8.8/v1', true)).toBe('address-public-http');
    expect(problemWithUrl('http://169.254.169.254/', true)).toBe('address-of-nobody');
  });
});

describe('a name is judged by what it resolves to when it is connected to', () => {
  let server: FakeHttp;
  beforeEach(async () => {
    server = await startFakeHttp(() => ({ body: 'here' }));
  });
  afterEach(() => server.stop());

  async function ask(addresses: readonly string[], allowPrivateHttp: boolean, signal = patient) {
    const lookup: LookupFunction = (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    const url = server.url.replace('127.0.0.1', 'agent.test');
    return withinTime(deps({ agentSeconds: 3 }, { lookup }), allowPrivateHttp, signal, (call) =>
      call.send({ method: 'GET', url, headers: {}, body: null }),
    );
  }

  test('loopback: asked', async () => {
    expect(await ask(['127.0.0.1'], false)).toMatchObject({ type: 'reply', body: 'here' });
  });

  test.each([[['8.8.8.8']], [['169.254.169.254']], [['10.0.0.1']], [['8.8.8.8', 'fe80::1']]])(
    '%s: refused before a byte leaves',
    async (addresses) => {
      expect(await ask(addresses, false)).toMatchObject({ type: 'fault', fault: 'address-refused' });
      expect(server.connections()).toBe(0);
    },
  );

  test.each([
    [['8.8.8.8', '127.0.0.1']],
    [['fe80::1', '127.0.0.1']],
    [['127.0.0.1', '169.254.10.2']],
    [['fe80::ba27:ebff:fe00:1', '169.254.10.2', '127.0.0.1']],
  ])('%s, as a router or .local tells it: the good address is asked, the others never', async (addresses) => {
    expect(await ask(addresses, false)).toMatchObject({ type: 'reply', body: 'here' });
    expect(server.requests).toHaveLength(1);
  });

  test('a name of none but bad addresses: refused with the reason of the first', async () => {
    expect(await ask(['fe80::1', '8.8.8.8'], false)).toMatchObject({ detail: 'address-of-nobody' });
  });

  test('a private address after a yes: no longer refused', async () => {
    const allowed = await ask(['127.0.0.1', '10.255.255.1'], true);
    expect(allowed).not.toMatchObject({ fault: 'address-refused' });
  });
});

test.each([
  ['api.openai.com/v1', 'https://api.openai.com/v1'],
  ['n8n.example.com:5678/webhook/x?y=1', 'https://n8n.example.com:5678/webhook/x?y=1'],
  ['localhost:11434/v1', 'http://localhost:11434/v1'],
  ['127.0.0.1:1234', 'http://127.0.0.1:1234'],
  ['[::1]:1234/v1', 'http://[::1]:1234/v1'],
  ['192.168.0.9:11434', 'http://192.168.0.9:11434'],
  ['8.8.8.8/v1', 'https://8.8.8.8/v1'],
  ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
  ['http://example.com', 'http://example.com'],
  // What has another beginning, or a name and a password, stays as it is and is refused.
  ['javascript:alert(1)', 'javascript:alert(1)'],
  ['user:secret@example.com', 'user:secret@example.com'],
  ['', ''],
])('an address whose beginning was left out is read as it is meant: %s', (typed, meant) => {
  expect(withScheme(typed)).toBe(meant);
});

test('what is typed without its beginning is asked there, and judged as the whole', () => {
  const backEnd = (baseUrl: string) => ({ adapter: 'openai-compatible', settings: { baseUrl, model: 'm' } }) as const;
  expect(problemsWith(backEnd('api.openai.com/v1'), null)).toEqual([]);
  expect(problemsWith(backEnd('192.168.0.9:11434/v1'), null)).toEqual([
    { field: 'baseUrl', problem: 'address-private-http' },
  ]);
  expect(problemsWith(backEnd('169.254.169.254/v1'), null)).toEqual([
    { field: 'baseUrl', problem: 'address-of-nobody' },
  ]);
  expect(problemsWith(backEnd('user:secret@example.com'), null)).not.toEqual([]);
});
