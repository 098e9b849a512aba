/**
 * An agent's link followed for the client that asked: every code and status of an attempt, or the next report that fits.
 * Only watches; an attempt whose last follower goes is told so, and decides for itself.
 */
import type { MadeProgressOf } from '../../shared/contract/commands/command.ts';
import type { link, Report } from '../../shared/contract/commands/link-commands.ts';
import type { LinkReport } from '../../shared/contract/status.ts';
import type { CommandContext } from './command.ts';
import type { AgentApi } from './relay-api.ts';

/** Tells each code and each status until the attempt has ended, one way or the other. */
export function followLink(
  agent: AgentApi,
  before: LinkReport,
  { signal, emit }: CommandContext<MadeProgressOf<typeof link>>,
): Promise<Report> {
  return new Promise((resolve, reject) => {
    let lastCode: string | null = null;
    let started = false;
    let ended = false;
    const end = agent.link.follow((report) => {
      // The report from before the attempt is neither its news nor its end.
      started ||= report.status === 'connecting' || report.since !== before.since;
      if (!started || ended) return;
      const { qr, ...told } = report;
      // Another means begins anew with the first; the same code may be drawn with another secret.
      const shown = qr && `${qr.kind} ${qr.number} ${qr.renewals}`;
      const text = agent.link.code();
      if (qr && text !== null && shown !== lastCode) {
        lastCode = shown;
        const { kind, ...code } = qr;
        emit({ event: kind === 'phone-code' ? 'phone-code' : 'qr', text, ...code });
      }
      emit({ event: 'status', ...told });
      if (report.status === 'connecting') return;
      ended = true;
      // The statuses may be calling their listeners now.
      queueMicrotask(finish);
      resolve(told);
    });
    const onAbort = (): void => {
      if (ended) return;
      ended = true;
      // The client is gone; the attempt goes on for a while, in case it comes back.
      if (finish() === 0) agent.link.panelClosed();
      reject(signal.reason);
    };
    /** Says how many others follow still. */
    const finish = (): number => {
      signal.removeEventListener('abort', onAbort);
      return end();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

/** The first report that fits, or the latest when `mostMs` are over; null where none has come. */
export function nextReport(
  agent: AgentApi,
  { clock, signal }: Pick<CommandContext, 'clock' | 'signal'>,
  fits: (report: LinkReport) => boolean,
  mostMs: number,
): Promise<LinkReport | null> {
  return new Promise((resolve) => {
    let latest: LinkReport | null = null;
    const finish = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', finish);
      queueMicrotask(() => end());
      resolve(latest);
    };
    const timer = clock.after(mostMs, finish);
    const end = agent.link.watch((report) => {
      latest = report;
      if (fits(report)) finish();
    });
    signal.addEventListener('abort', finish, { once: true });
  });
}
