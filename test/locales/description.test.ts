import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cause, LinkPhase, LinkReport, LinkStatus } from '../../shared/contract/status.ts';
import { wordsIn } from '../../shared/locales/all.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { ACCOUNT, CONNECTED, OFFLINE, report, showing } from '../support/fake-relay-api.ts';

const { statuses, causes, phases } = wordsIn('pt-BR');
const describe = (link: LinkReport) => describeReport(link, wordsIn('pt-BR'));
const CAUSES = Object.keys(causes) as Cause[];

test('the description of a status stands where it is true (S27)', () => {
  expect(describe(OFFLINE).description).toBe(statuses.offline.description);
  expect(describe(showing(3, 'code')).description).toBe(statuses.connecting.description);
  expect(describe(CONNECTED).description).toBe(statuses.connected.description);
  const lost = report({ status: 'reconnecting', phase: 'waiting', cause: 'connection-lost', account: ACCOUNT });
  expect(describe(lost).description).toBe(statuses.reconnecting.description);
});

test('a code that was generated is spoken of only while one is shown', () => {
  for (const phase of ['preparing', 'finishing'] as const) {
    const { label, description } = describe(report({ status: 'connecting', phase }));
    expect(label).toBe('Conectando');
    expect(description).toBe(phases[phase]);
  }
  expect(describe(report({ status: 'connecting', phase: 'showing-code' })).description).toBe(phases.preparing);
});

test('offline with a cause says the cause, and what to do', () => {
  for (const cause of CAUSES) {
    if (cause === 'not-linked') continue;
    const { description, label } = describe(report({ cause, until: 0 }));
    expect(label).toBe('Offline');
    expect(description, cause).not.toBe(statuses.offline.description);
    expect(description.slice(0, 10), cause).toBe(causes[cause].sentence.slice(0, 10));
  }
});

test('opening a line is not called lost', () => {
  const opening = report({ status: 'reconnecting', phase: 'opening', account: ACCOUNT });
  expect(describe(opening).description).toBe(phases.opening);
});

test('a suspension says until when, in the language of who reads', () => {
  const banned = report({ cause: 'banned-until', account: ACCOUNT, until: Date.UTC(2026, 11, 24, 12) });
  for (const language of LANGUAGE_CODES) {
    const { description } = describeReport(banned, wordsIn(language));
    expect(description).toMatch(/24/);
    expect(description).not.toContain('{');
  }
});

test("WhatsApp's own limit on a number is told beside a working link", () => {
  const restricted = describe({ ...CONNECTED, restrictedUntil: Date.UTC(2026, 11, 24, 12) });
  expect(restricted.description).toBe(statuses.connected.description);
  expect(restricted.note).toMatch(/24/);
  // WhatsApp may restrict a number without saying for how long.
  expect(describe({ ...CONNECTED, restrictedUntil: Number.MAX_SAFE_INTEGER }).note).toContain('…');
  expect(describe(CONNECTED).note).toBeNull();
});

test('a clock that is wrong is told beside a working link, in every language, with the minutes', () => {
  for (const language of LANGUAGE_CODES) {
    const notes = [20, -20].map(
      (clockAhead) => describeReport(report({ ...CONNECTED, clockAhead }), wordsIn(language)).note,
    );
    expect(new Set(notes).size).toBe(2);
    for (const note of notes) expect(note).toMatch(/\b20 minut/);
  }
  const both = describe({ ...CONNECTED, clockAhead: 3, restrictedUntil: Date.UTC(2026, 11, 24, 12) });
  expect(both.note).toMatch(/24.*3 minut/);
});

test('every report has a sentence without blanks, in every language', () => {
  const status = fc.constantFrom<LinkStatus>('offline', 'connecting', 'connected', 'reconnecting');
  const phase = fc.constantFrom<LinkPhase>('resting', 'preparing', 'showing-code', 'finishing', 'opening', 'online');
  const cause = fc.option(fc.constantFrom(...CAUSES));
  const time = fc.option(fc.integer({ min: 0, max: 4e12 }));
  fc.assert(
    fc.property(status, phase, cause, time, time, (...[one, two, three, until, restrictedUntil]) => {
      const link = report({ status: one, phase: two, cause: three, until, restrictedUntil });
      for (const language of LANGUAGE_CODES) {
        const { label, description, remedy, note } = describeReport(link, wordsIn(language));
        for (const text of [label, description, remedy, note]) expect(text ?? 'x').toMatch(/^[^{}]+$/);
      }
    }),
  );
});
