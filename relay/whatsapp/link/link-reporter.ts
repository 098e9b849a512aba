/** Tells what people see of a link, each time that it has changed: to the conversation behind it, to whoever shows it, and to the trace of a linking. */
import type { LinkReport } from '../../../shared/contract/status.ts';
import type { Clock } from '../../clock.ts';
import type { Inbound } from '../../inbound.ts';
import type { ServerTime } from '../server-time.ts';
import type { LinkingTrace } from '../socket/linking-trace.ts';
import { reportOf } from './link-report.ts';
import { isLinking, type LinkPolicy, type LinkState } from './link-state.ts';

export type LinkReporterDeps = {
  readonly clock: Clock;
  readonly time: Pick<ServerTime, 'aheadMinutes'>;
  readonly trace: LinkingTrace;
  policy(): LinkPolicy;
  inbound(): Inbound;
  report(report: LinkReport): void;
};

const NOTHING_BESIDE = { restrictedUntil: null, restrictedRetryAt: null, clockAhead: null };

export class LinkReporter {
  readonly #deps: LinkReporterDeps;
  #latest: LinkReport;

  constructor(state: LinkState, deps: LinkReporterDeps) {
    this.#deps = deps;
    this.#latest = reportOf(state, deps.policy(), deps.clock.now(), NOTHING_BESIDE);
  }

  get latest(): LinkReport {
    return this.#latest;
  }

  /** As the link is now, whether it has changed or not. */
  begin(): void {
    this.#deps.report(this.#latest);
  }

  tell(state: LinkState): void {
    const { clock, time, trace, policy, inbound } = this.#deps;
    const { until, retryAt } = inbound().restriction;
    const ahead = (at: number | null): number | null => (at !== null && at > clock.now() ? at : null);
    const before = this.#latest;
    const next = reportOf(state, policy(), before.since, {
      restrictedUntil: ahead(until),
      restrictedRetryAt: ahead(retryAt),
      clockAhead: time.aheadMinutes,
    });
    const report = next.status === before.status ? next : { ...next, since: clock.now() };
    if (JSON.stringify(report) === JSON.stringify(before)) return;
    if (isLinking(state) || before.status === 'connecting') {
      const { status, phase, cause, qr } = report;
      trace.state({ status, phase, cause, code: qr?.number ?? null, renewals: qr?.renewals ?? null });
    }
    this.#latest = report;
    if (report.status === 'connected') inbound().linkOpened();
    else inbound().linkClosed();
    this.#deps.report(report);
  }
}
