/** Over https the server must be who it says it is; nothing in the environment softens that. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withinTime } from '../../relay/agents/http-client.ts';
import { type FakeHttp, startFakeHttp } from '../support/fake-http.ts';
import { beginPace } from '../support/machine-pace.ts';
import { SELF_SIGNED } from '../support/self-signed.ts';
import { deps, patient } from './asking.ts';

const usual = getCACertificates('default');
let server: FakeHttp;

beforeEach(async () => {
  server = await startFakeHttp(() => ({ body: 'here' }), SELF_SIGNED);
});
afterEach(async () => {
  setDefaultCACertificates(usual);
  vi.unstubAllEnvs();
  await server.stop();
});

function get(url: string) {
  return withinTime(deps({ agentRetries: 3 }), false, patient, (call) =>
    call.send({ method: 'GET', url, headers: {}, body: null }),
  );
}

test('a certificate that somebody vouches for is taken', async () => {
  setDefaultCACertificates([...usual, SELF_SIGNED.cert]);
  expect(await get(server.url)).toMatchObject({ type: 'reply', body: 'here' });
});

test('a self-signed one is refused at once, without a second try, and the owner is told why', async () => {
  const pace = beginPace();
  expect(await get(server.url)).toEqual({
    type: 'fault',
    fault: 'certificate',
    detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  expect(pace.elapsed()).toBeLessThan(pace.within(400));
  expect(server.requests).toHaveLength(0);
});

test('NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  expect(await get(server.url)).toMatchObject({ fault: 'certificate' });
  expect(server.requests).toHaveLength(0);
});

test('a certificate for another name is refused', async () => {
  setDefaultCACertificates([...usual, SELF_SIGNED.cert]);
  expect(await get(server.url.replace('127.0.0.1', 'localhost'))).toMatchObject({
    fault: 'certificate',
    detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});
