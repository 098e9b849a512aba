/** How long a server asks to be left alone, in the ways in which servers say it. */
import { describe, expect, test } from 'vitest';
import { resultOf } from '../../relay/agents/answer-text.ts';
import { faultOfErrorObject } from '../../relay/agents/http-fault.ts';
import { waitInBody, waitInHeader, waitInHeaders, waitInWords } from '../../relay/agents/retry-wait.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const google = { error: { code: 429, details: [{ '@type': 'RetryInfo', retryDelay: '45.837906927s' }] } };

describe('in the header', () => {
  test.each([
    ['7', 7_000],
    [' 0.05 ', 50],
    ['3, 5', 5_000],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['99999999', 86_400_000],
    ['-1', null],
    ['3, -5', null],
    ['1e3', null],
    ['soon', null],
    ['2001', 2_001_000],
    ['', null],
  ])('%j is %s ms', (header, ms) => {
    expect(waitInHeader(header, NOW)).toBe(ms);
  });
});

describe('in words', () => {
  test.each([
    ['Please try again in 4.5s. Visit the console for more.', 4_500],
    ['Please retry after 20 seconds. Please go here to increase the limit.', 20_000],
    ['Please retry in 26.660853464s.', 26_661],
    ['Try again in 450ms.', 450],
    ['Rate limit reached. Please try again in 1m30s.', 90_000],
    ['Please try again in 2h 5m.', 7_500_000],
    ['try again in about 1 minute', 60_000],
    ['Too many requests, please wait 30 seconds before trying again.', 30_000],
    ['Your quota will reset after 2h7m23s', 7_643_000],
    ['The limit resets in 2h7m23s', 7_643_000],
    ['Limite atingido. Tente novamente em 20 segundos.', 20_000],
    ['Aguarde 1 minuto e 30 segundos.', 90_000],
    ['Demasiadas solicitudes: inténtelo de nuevo en 15 segundos', 15_000],
    ['Please retry after 3 attempts.', null],
    ['Try again in 5 months.', null],
    ['We waited 30 seconds for the model.', null],
    ['Please try again later.', null],
  ])('%j is %s ms', (words, ms) => {
    expect(waitInWords(words)).toBe(ms);
  });

  test('a long text costs no more than its beginning', () => {
    expect(waitInWords(`${'try again in 9'.repeat(100_000)} 5s`)).toBeNull();
  });
});

describe('in the body of a refusal', () => {
  test.each([
    ['a number beside the error', { error: { retry_after: 20 } }, 20_000],
    ['a number in the body', { retry_after: 3 }, 3_000],
    ['a number as a text', { retry_after: '1.5' }, 1_500],
    ['milliseconds', { error: { retry_after_ms: 250 } }, 250],
    ["Google's details", google, 45_838],
    ["Google's details in a list", [google], 45_838],
    ['words of the error', { error: { message: 'Please try again in 4.5s.', code: 'rate_limit_exceeded' } }, 4_500],
    ['words alone', { detail: 'retry after 20 seconds' }, 20_000],
    ['a wait that is none', { error: { retry_after: 'soon' } }, null],
    ['a delay that is none', { error: { details: [{ retryDelay: 'xs' }, null] } }, null],
    ['a wait below zero', { retry_after: -1 }, null],
    ['a list of nothing', [], null],
    ['nothing', null, null],
  ])('%s', (_, body, ms) => {
    expect(waitInBody(JSON.stringify(body))).toBe(ms);
  });

  test('plain text', () => {
    expect(waitInBody('Too Many Requests. Retry after 20 seconds.')).toBe(20_000);
  });
});

test('an error inside of a 200 says it too, and one in place of an answer', () => {
  expect(faultOfErrorObject({ error: { code: 429, message: 'Please try again in 4.5s.' } })).toMatchObject({
    fault: 'rate-limited',
    retryAfterMs: 4_500,
  });
  expect(resultOf('Rate limit reached for model x. Please try again in 4.5s.', null)).toMatchObject({
    type: 'fault',
    fault: 'rate-limited',
    retryAfterMs: 4_500,
  });
});

describe('in the headers of a refusal', () => {
  const wait = (headers: Record<string, string>, status = 429) =>
    waitInHeaders(new Map(Object.entries(headers)), status, NOW);

  test.each<[string, Record<string, string>, number | null]>([
    ['milliseconds of their own', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
    ['Retry-After before all limits', { 'retry-after': '3', 'x-ratelimit-reset': '60' }, 3_000],
    ['a limit’s seconds', { 'x-ratelimit-reset': '60' }, 60_000],
    ['a limit’s moment in seconds', { 'x-ratelimit-reset': String(NOW / 1_000 + 90) }, 90_000],
    ['a limit’s moment in milliseconds', { 'x-ratelimit-reset': String(NOW + 90_000) }, 90_000],
    ['a duration', { 'x-ratelimit-reset-requests': '1m30s', 'x-ratelimit-remaining-requests': '0' }, 90_000],
    ['only what is used up', { 'x-ratelimit-reset-tokens': '6m0s', 'x-ratelimit-remaining-tokens': '500' }, null],
    [
      'Anthropic’s moment',
      {
        'anthropic-ratelimit-requests-reset': new Date(NOW + 5_000).toISOString(),
        'anthropic-ratelimit-requests-remaining': '0',
      },
      5_000,
    ],
    ['the draft’s one header', { ratelimit: 'limit=100, remaining=0, reset=50' }, 50_000],
    ['the later draft’s', { ratelimit: '"daily";r=0;t=120' }, 120_000],
    ['the longest of several', { 'x-ratelimit-reset': '5', 'ratelimit-reset': '9' }, 9_000],
    ['nothing that is a wait', { 'x-ratelimit-limit': '60' }, null],
  ])('%s', (_what, headers, ms) => {
    expect(wait(headers)).toBe(ms);
  });

  test('a good answer’s limits are no reason to wait', () => {
    expect(wait({ 'x-ratelimit-reset': '60' }, 200)).toBeNull();
  });
});
