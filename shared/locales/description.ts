/**
 * A link, and a message without an answer, in words that are true: a status' own description only in the state that it
 * describes, otherwise the cause's sentence. Pure; knows no agent and no screen.
 */

import type { SkipReason } from '../contract/chat.ts';
import type { LinkReport, QrCode } from '../contract/status.ts';
import { type AnsweringFacts, answering, onAgainAt } from '../rules/answering.ts';
import { fill, writeMoment, writeTime } from './format.ts';
import type { SkipReasonWords } from './shapes.ts';
import type { Words } from './words.ts';

export type LinkDescription = {
  readonly label: string;
  readonly description: string;
  /** What a person can do about it; null where nothing needs doing. */
  readonly remedy: string | null;
  /** WhatsApp's own limit on the number, and a clock that is wrong, where there are such. */
  readonly note: string | null;
};

/** The part of a report on which its words depend: that a code is on show, and of which kind, not the code. */
export type Described = Omit<LinkReport, 'qr'> & {
  readonly qr: { readonly kind?: QrCode['kind'] | undefined; readonly renewals?: number } | null;
};

export function describeReport(report: Described, words: Words): LinkDescription {
  const { language } = words;
  const { sentence, remedy } = sentenceOf(report, words);
  const until = report.until === null ? '…' : writeTime(language, report.until);
  return {
    label: words.statuses[report.status].label,
    description: fill(sentence, { until, left: report.left ?? 0 }),
    remedy: remedy === '' ? null : fill(remedy, { until }),
    note: noteOf(report, words),
  };
}

/** That this computer's clock is wrong; null where it is not. */
export function describeClock({ clockAhead }: Pick<Described, 'clockAhead'>, { phases }: Words): string | null {
  if (clockAhead === null) return null;
  return fill(phases[clockAhead > 0 ? 'clock-ahead' : 'clock-behind'], { minutes: Math.abs(clockAhead) });
}

function noteOf(report: Described, words: Words): string | null {
  const { restrictedUntil, restrictedRetryAt } = report;
  const { language, phases } = words;
  const notes = [];
  if (restrictedUntil !== null) notes.push(fill(phases.restricted, { until: writeTime(language, restrictedUntil) }));
  else if (restrictedRetryAt !== null)
    notes.push(fill(phases['restricted-openly'], { at: writeTime(language, restrictedRetryAt) }));
  const clock = describeClock(report, words);
  if (clock !== null) notes.push(clock);
  return notes.length === 0 ? null : notes.join(' ');
}

/** Whether messages are answered now, in one line: where the switch goes on by itself, with the time. */
export function sayTruth(agent: Parameters<typeof onAgainAt>[0] & AnsweringFacts, words: Words, now: number): string {
  const truth = answering(agent, now);
  const at = truth === 'off' ? onAgainAt(agent) : null;
  return at === null
    ? words.truths[truth]
    : fill(words.guidance.offUntil, { at: writeMoment(words.language, at, now) });
}

/** How many of several agents answer now. */
export function countOf(
  agents: readonly AnsweringFacts[],
  words: { readonly some: string; readonly none: string },
  now: number,
): string {
  const lit = agents.filter((agent) => answering(agent, now) === 'answering').length;
  return fill(lit > 0 ? words.some : words.none, { answering: lit, count: agents.length });
}

/** Why a message got no answer; empty for a reason of a newer relay, which has no words here. */
export function describeSkip(reason: string, skipReasons: SkipReasonWords): string {
  return isSkipReason(reason, skipReasons) ? skipReasons[reason] : '';
}

function isSkipReason(reason: string, known: object): reason is SkipReason {
  return Object.hasOwn(known, reason);
}

function sentenceOf(report: Described, words: Words): { readonly sentence: string; readonly remedy: string } {
  const own = { sentence: words.statuses[report.status].description, remedy: '' };
  if (report.phase === 'catching-up')
    return { sentence: words.phases[report.left ? 'catching-up-left' : 'catching-up'], remedy: '' };
  switch (report.status) {
    case 'connected':
      return own;
    case 'connecting':
      if (report.phase === 'showing-code' && report.qr) {
        if (report.qr.kind === 'phone-code') return { sentence: words.phases.phoneCode, remedy: '' };
        return report.qr.renewals ? { sentence: words.phases['scan-again'], remedy: '' } : own;
      }
      if (report.cause) return words.causes[report.cause];
      return { sentence: phaseOf(report.phase, words.phases) ?? words.phases.preparing, remedy: '' };
    case 'reconnecting':
      // The connection was lost, and is being restored: only then is that the whole truth.
      if (report.cause === 'connection-lost') return own;
      return report.cause ? words.causes[report.cause] : { sentence: words.phases.opening, remedy: '' };
    case 'offline':
      return report.cause === null || report.cause === 'not-linked' ? own : words.causes[report.cause];
  }
}

function phaseOf(phase: string, phases: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(phases, phase) ? phases[phase] : undefined;
}
