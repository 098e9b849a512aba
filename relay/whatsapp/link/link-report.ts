/** What people are told of a link's state: pure. The four statuses, and a finer phase for the sentence beside them. */
import type { Account, Cause, LinkPhase, LinkReport, LinkStatus, QrCode } from '../../../shared/contract/status.ts';
import type { LinkPolicy, LinkState } from './link-state.ts';

type Told = {
  readonly status: LinkStatus;
  readonly phase: LinkPhase;
  readonly cause?: Cause | null;
  readonly account?: Account | null;
  readonly qr?: QrCode | null;
  readonly retryAt?: number | null;
  readonly until?: number | null;
  readonly left?: number | null;
};

export function reportOf(
  state: LinkState,
  policy: Pick<LinkPolicy, 'codes'>,
  since: number,
  beside: Pick<LinkReport, 'restrictedUntil' | 'restrictedRetryAt' | 'clockAhead'>,
): LinkReport {
  return {
    cause: null,
    account: null,
    qr: null,
    retryAt: null,
    until: null,
    left: null,
    ...told(state, policy.codes),
    since,
    ...beside,
  };
}

function pairingTold({ step, renewals }: LinkState & { type: 'pairing' }, of: number): Told {
  switch (step.type) {
    case 'showing': {
      const { text: _secret, ...code } = step.code;
      return { status: 'connecting', phase: 'showing-code', qr: { ...code, of, renewals } };
    }
    case 'typed':
      return { status: 'connecting', phase: 'code-typed' };
    case 'worn':
      return { status: 'connecting', phase: 'code-worn' };
    case 'connecting':
    case 'asking':
    case 'pausing':
      return { status: 'connecting', phase: 'preparing' };
  }
}

function told(state: LinkState, of: number): Told {
  switch (state.type) {
    case 'unlinked':
      return { status: 'offline', phase: state.cause === 'unlinking' ? 'unlinking' : 'resting', cause: state.cause };
    case 'pairing':
      return pairingTold(state, of);
    case 'passkey':
      return { status: 'connecting', phase: `passkey-${state.step}`, cause: state.failed };
    case 'finishing':
      return { status: 'connecting', phase: 'finishing', account: state.account };
    case 'opening':
      return state.first
        ? { status: 'connecting', phase: 'finishing', account: state.account }
        : // A try that follows a lost connection is still about that line.
          {
            status: 'reconnecting',
            phase: 'opening',
            account: state.account,
            cause: state.attempt > 0 ? 'connection-lost' : null,
          };
    case 'catching-up':
      return {
        status: state.first ? 'connecting' : 'reconnecting',
        phase: 'catching-up',
        account: state.account,
        left: state.left,
      };
    case 'online':
      return { status: 'connected', phase: 'online', account: state.account };
    case 'waiting':
      return {
        status: 'reconnecting',
        phase: 'waiting',
        account: state.account,
        cause: state.cause,
        retryAt: state.retryAt,
      };
    case 'blocked':
      return { status: 'offline', phase: 'resting', account: state.account, cause: state.cause, until: state.until };
  }
}
