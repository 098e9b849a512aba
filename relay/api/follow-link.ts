/**
 * An agent's link followed for the client that asked: every code and status of an attempt, or the next report that fits.
 * Only watches; an attempt whose last follower goes is told so, and decides for itself.
 */
import type { AgentId } from '../../shared/chat.ts';
import type { MadeProgressOf } from '../../shared/commands/command.ts';
import type { link, Report } from '../../shared/commands/link-commands.ts';
import type { LinkReport } from '../../shared/status.ts';
import type { CommandContext } from './command.ts';
import type { RelayApi } from './relay-api.ts';

/** How many follow each agent's attempt: two windows may show one code. */
const FOLLOWERS = new WeakMap<RelayApi, Map<AgentId, number>>();

/** Tells each code and each status until the attempt has ended, one way or the other. */
export function followLink(
  id: AgentId,
  before: LinkReport,
  context: CommandContext<MadeProgressOf<typeof link>>,
): Promise<Report> {
  const { relay, signal, emit } = context;
  return new Promise((resolve, reject) => {
    count(relay, id, 1);
    let lastCode: string | null = null;
    let started = false;
    let ended = false;
    const end = relay.watchLink(id, (report) => {
      // The report from before the attempt is neither its news nor its end.
      started ||= report.status === 'connecting' || report.since !== before.since;
      if (!started || ended) return;
      // Another means begins anew with the first; the same code may be drawn with another secret.
      const shown = report.qr && `${report.qr.kind} ${report.qr.number} ${report.qr.renewals}`;
      if (report.qr && shown !== lastCode) {
        lastCode = shown;
        emit({
          event: report.qr.kind === 'phone-code' ? 'phone-code' : 'qr',
          text: report.qr.text,
          number: report.qr.number,
          of: report.qr.of,
          expiresAt: report.qr.expiresAt,
          renewals: report.qr.renewals,
        });
      }
      const { qr: _code, ...told } = report;
      emit({ event: 'status', ...told });
      if (report.status === 'connecting') return;
      ended = true;
      // Not while the statuses call their listeners.
      queueMicrotask(finish);
      resolve(told);
    });
    const onAbort = (): void => {
      if (ended) return;
      ended = true;
      // The client is gone; the attempt goes on for a while, in case it comes back.
      if (finish() === 0) relay.panelClosed(id);
      reject(signal.reason);
    };
    /** Says how many others follow still. */
    const finish = (): number => {
      signal.removeEventListener('abort', onAbort);
      end();
      return count(relay, id, -1);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

/** The first report that fits, or the latest when the time is over. */
export function nextReport(
  id: AgentId,
  { relay, signal }: Pick<CommandContext, 'relay' | 'signal'>,
  fits: (report: LinkReport) => boolean,
  mostMs: number,
): Promise<LinkReport | null> {
  return new Promise((resolve) => {
    let latest: LinkReport | null = null;
    const finish = (): void => {
      clearTimeout(timer);
      queueMicrotask(() => end());
      resolve(latest);
    };
    const timer = setTimeout(finish, mostMs);
    const end = relay.watchLink(id, (report) => {
      latest = report;
      if (fits(report)) finish();
    });
    signal.addEventListener('abort', finish, { once: true });
  });
}

/** One follower more or less; says how many there are then. */
function count(relay: RelayApi, id: AgentId, change: 1 | -1): number {
  const counts = FOLLOWERS.get(relay) ?? new Map<AgentId, number>();
  const left = (counts.get(id) ?? 0) + change;
  FOLLOWERS.set(relay, counts.set(id, left));
  return left;
}
