/**
 * A link, and a message without an answer, in words that are true: a status' own description only in the state that it
 * describes, otherwise the cause's sentence. Pure; knows no agent and no screen.
 */

import type { SkipReason } from '../contract/chat.ts';
import { fill, writeTime } from './format.ts';
import type { SkipReasonWords } from './shapes.ts';
import { type Described, describeState } from './state-description.ts';
import type { ReportWords } from './words.ts';

export type LinkDescription = {
  readonly label: string;
  readonly description: string;
  /** What a person can do about it; null where nothing needs doing. */
  readonly remedy: string | null;
  /** WhatsApp's own limit on the number, and a clock that is wrong, where there are such. */
  readonly note: string | null;
};

export function describeReport(report: Described, words: ReportWords): LinkDescription {
  const { label } = words.statuses[report.status];
  const note = noteOf(report, words);
  const own = describeState(report, words);
  if (own !== null || report.cause === null) return { label, description: own ?? '', remedy: null, note };
  const { sentence, remedy } = words.causes[report.cause];
  const until = report.until === null ? '…' : writeTime(words.language, report.until);
  return {
    label,
    description: fill(sentence, { until }),
    remedy: remedy === '' ? null : fill(remedy, { until }),
    note,
  };
}

/** That this computer's clock is wrong; null where it is not. */
export function describeClock(
  { clockAhead }: Pick<Described, 'clockAhead'>,
  { linkNotes }: Pick<ReportWords, 'linkNotes'>,
): string | null {
  if (clockAhead === null) return null;
  return fill(linkNotes[clockAhead > 0 ? 'clock-ahead' : 'clock-behind'], { minutes: Math.abs(clockAhead) });
}

function noteOf(report: Described, words: ReportWords): string | null {
  const { restrictedUntil, restrictedRetryAt } = report;
  const { language, linkNotes } = words;
  const notes = [];
  if (restrictedUntil !== null) notes.push(fill(linkNotes.restricted, { until: writeTime(language, restrictedUntil) }));
  else if (restrictedRetryAt !== null)
    notes.push(fill(linkNotes['restricted-openly'], { at: writeTime(language, restrictedRetryAt) }));
  const clock = describeClock(report, words);
  if (clock !== null) notes.push(clock);
  return notes.length === 0 ? null : notes.join(' ');
}

/** Why a message got no answer; empty for a reason of a newer relay, which has no words here. */
export function describeSkip(reason: string, skipReasons: SkipReasonWords): string {
  return isSkipReason(reason, skipReasons) ? skipReasons[reason] : '';
}

function isSkipReason(reason: string, known: object): reason is SkipReason {
  return Object.hasOwn(known, reason);
}
