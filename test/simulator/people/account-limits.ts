/**
 * WhatsApp's own limits on an account's new chats, as it announces and tells them: GraphQL answers in `w:mex` queries and notifications.
 * The two queries are known by the ids that Baileys 7.0.0-rc14 asks them with.
 */
import type { QueryHandler } from '../server/queries.ts';
import { bytesOf, child, node, SERVER_JID, type Stanza, seconds } from '../wire/stanza.ts';

const TIME_LOCK_QUERY = '23983697327930364';
const QUOTA_QUERY = '24503548349331633';

export type TimeLock = { readonly untilSeconds: number; readonly type: string };
export type Quota = {
  readonly total: number;
  readonly used: number;
  readonly capped: boolean;
  readonly cycleEndsSeconds: number;
};

export class AccountLimits {
  timeLock: TimeLock | null = null;
  quota: Quota | null = null;

  lockFields(): object {
    const { timeLock } = this;
    return {
      is_active: timeLock !== null,
      time_enforcement_ends: timeLock ? String(timeLock.untilSeconds) : null,
      enforcement_type: timeLock?.type ?? 'DEFAULT',
    };
  }

  quotaFields(): object {
    const quota = this.quota ?? { total: 0, used: 0, capped: false, cycleEndsSeconds: 0 };
    return {
      total_quota: quota.total,
      used_quota: quota.used,
      cycle_end_timestamp: String(quota.cycleEndsSeconds),
      server_sent_timestamp: seconds(),
      capping_status: quota.capped ? 'CAPPED' : 'NONE',
    };
  }
}

export function limitsQuery(limitsOf: (number: string) => AccountLimits): QueryHandler {
  return (query, { device }) => {
    const { query_id: id } = child(query, 'query')?.attrs ?? {};
    // The variables are JSON; a client that writes something else is refused.
    JSON.parse(bytesOf(query, 'query')?.toString() ?? '');
    const limits = limitsOf(device.user.number);
    if (id === TIME_LOCK_QUERY) return [result({ xwa2_fetch_account_reachout_timelock: limits.lockFields() })];
    if (id === QUOTA_QUERY) return [result({ xwa2_message_capping_info: limits.quotaFields() })];
    throw new Error('item-not-found');
  };
}

export function timeLockNotice(id: string, limits: AccountLimits): Stanza {
  return notice(id, 'NotificationUserReachoutTimelockUpdate', {
    xwa2_notify_account_reachout_timelock: limits.lockFields(),
  });
}

export function quotaNotice(id: string, limits: AccountLimits): Stanza {
  return notice(id, 'MessageCappingInfoNotification', {
    xwa2_notify_new_chat_messages_capping_info_update: limits.quotaFields(),
  });
}

/** Somebody has chosen what they are called, or gives it up with null. */
export function usernameNotice(id: string, lid: string, username: string | null): Stanza {
  return username === null
    ? notice(id, 'UsernameDeleteNotification', { xwa2_notify_username_delete: { lid } })
    : notice(id, 'UsernameSetNotification', { xwa2_notify_username_on_change: { username, lid } });
}

function result(data: object): Stanza {
  return node('result', {}, Buffer.from(JSON.stringify({ data })));
}

function notice(id: string, operation: string, data: object): Stanza {
  return node('notification', { id, from: SERVER_JID, type: 'mex', t: seconds() }, [
    node('update', { op_name: operation }, Buffer.from(JSON.stringify({ data }))),
  ]);
}
