/** What a link's state says by itself, and whether an agent answers: all that a page needs before it knows reasons. Pure. */
import type { LinkReport, QrCode } from '../contract/status.ts';
import { type AnsweringFacts, answering, onAgainAt } from '../rules/answering.ts';
import { fill, writeMoment } from './format.ts';
import type { Words } from './words.ts';

/** The part of a report on which its words depend: that a code is on show, and of which kind, not the code. */
export type Described = Omit<LinkReport, 'qr'> & {
  readonly qr: { readonly kind?: QrCode['kind'] | undefined; readonly renewals?: number } | null;
};

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

/** What a state says by itself; null where a cause explains it. */
export function describeState(report: Described, { statuses, phases }: Words): string | null {
  const { status, phase, cause, qr } = report;
  const { description } = statuses[status];
  if (phase === 'catching-up')
    return fill(phases[report.left ? 'catching-up-left' : 'catching-up'], { left: report.left ?? 0 });
  switch (status) {
    case 'connected':
      return description;
    case 'connecting':
      if (phase === 'showing-code' && qr) {
        if (qr.kind === 'phone-code') return phases.phoneCode;
        return qr.renewals ? phases['scan-again'] : description;
      }
      return cause ? null : (phaseOf(phase, phases) ?? phases.preparing);
    case 'reconnecting':
      // The connection was lost, and is being restored: only then is that the whole truth.
      if (cause === 'connection-lost') return description;
      return cause ? null : phases.opening;
    case 'offline':
      return cause === null || cause === 'not-linked' ? description : null;
  }
}

function phaseOf(phase: string, phases: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(phases, phase) ? phases[phase] : undefined;
}
