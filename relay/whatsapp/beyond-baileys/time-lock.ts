/**
 * Learns of WhatsApp's own limits on new chats: the time-lock and the quota. Baileys 7.0.0-rc14 tells of a time-lock that WhatsApp announces,
 * but does not ask for one that stands already, and its branch that would ask after a refusal (463) cannot be reached: it tests for the
 * same code twice. Of the quota it tells when WhatsApp does; a refusal for it (475) it does not know.
 * Remove when Baileys asks for the time-lock at the login, and for either limit after such a refusal.
 */
import {
  type BaileysEventMap,
  type BinaryNode,
  getBinaryNodeChild,
  QueryIds,
  type WASocket,
} from '@whiskeysockets/baileys';
import * as v from 'valibot';
import type { RestrictionEnd } from '../../inbound.ts';
import type { Log } from '../../log.ts';

type Socket = Pick<WASocket, 'ws' | 'ev' | 'query'>;
type Lock = NonNullable<BaileysEventMap['connection.update']['reachoutTimeLock']>;
type Cap = BaileysEventMap['message-capping.update'];

/** What WhatsApp answers to a message that its limits do not allow. */
const TIME_LOCKED = '463';
const QUOTA_USED = '475';
const SECOND_MS = 1_000;
const NO_END = Number.POSITIVE_INFINITY;

/** The answers to both questions, as GraphQL writes them; epoch seconds are texts. */
const LockAnswerSchema = v.object({
  data: v.object({
    xwa2_fetch_account_reachout_timelock: v.object({
      is_active: v.nullish(v.boolean()),
      time_enforcement_ends: v.nullish(v.union([v.string(), v.number()])),
    }),
  }),
});
const CapAnswerSchema = v.object({
  data: v.object({
    xwa2_message_capping_info: v.object({
      capping_status: v.nullish(v.string()),
      cycle_end_timestamp: v.nullish(v.union([v.string(), v.number()])),
    }),
  }),
});

/**
 * `limited` is told until when new chats are restricted, epoch ms; null where they are not, and `endless` where WhatsApp names no end. Both
 * limits count: the later end holds.
 * The questions are asked here, not by Baileys, whose own would be told as if WhatsApp had announced them: an answer that was on its way
 * when WhatsApp announced something newer is dropped.
 */
export function watchLimits(socket: Socket, log: Log, limited: (until: RestrictionEnd) => void): void {
  const ends: { lock: number | null; cap: number | null } = { lock: null, cap: null };
  const news = { lock: 0, cap: 0 };
  const set = (which: 'lock' | 'cap', until: number | null): void => {
    ends[which] = until;
    const { lock, cap } = ends;
    const end = Math.max(lock ?? 0, cap ?? 0);
    limited(lock === null && cap === null ? null : end === NO_END ? 'endless' : end);
  };
  const announced = (which: 'lock' | 'cap', until: number | null): void => {
    news[which] += 1;
    set(which, until);
  };
  const ask = (which: 'lock' | 'cap'): void => {
    const before = news[which];
    const answered = which === 'lock' ? askLock(socket) : askCap(socket);
    answered.then(
      (until) => {
        if (news[which] === before) set(which, until);
      },
      (err: unknown) => log.debug({ err, which }, 'a limit of WhatsApp could not be asked'),
    );
  };
  socket.ev.on('message-capping.update', (cap) => announced('cap', endOfCap(cap)));
  socket.ev.on('connection.update', ({ connection, reachoutTimeLock: lock }) => {
    if (lock) announced('lock', endOfLock(lock));
    if (connection === 'open') ask('lock');
  });
  socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
    if (attrs.error === TIME_LOCKED) ask('lock');
    if (attrs.error === QUOTA_USED) ask('cap');
  });
}

async function askLock(socket: Socket): Promise<number | null> {
  const answer = await ask(socket, QueryIds.REACHOUT_TIMELOCK, {});
  const { is_active: isActive, time_enforcement_ends: ends } = v.parse(LockAnswerSchema, answer).data
    .xwa2_fetch_account_reachout_timelock;
  return isActive ? momentOf(ends) : null;
}

async function askCap(socket: Socket): Promise<number | null> {
  const answer = await ask(socket, QueryIds.MESSAGE_CAPPING_INFO, { input: { type: 'INDIVIDUAL_NEW_CHAT_MSG' } });
  const { capping_status: status, cycle_end_timestamp: ends } = v.parse(CapAnswerSchema, answer).data
    .xwa2_message_capping_info;
  return status === 'CAPPED' ? momentOf(ends) : null;
}

/** Rejects where WhatsApp does not answer, or with something else than JSON. */
async function ask({ query }: Socket, id: string, variables: object): Promise<unknown> {
  const answer = await query({
    tag: 'iq',
    attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:mex' },
    content: [{ tag: 'query', attrs: { query_id: id }, content: Buffer.from(JSON.stringify({ variables })) }],
  });
  // A query that timed out resolves to nothing.
  const result: unknown = answer && getBinaryNodeChild(answer, 'result')?.content;
  if (!(result instanceof Uint8Array)) throw new Error('WhatsApp did not answer');
  return JSON.parse(Buffer.from(result).toString());
}

function endOfLock({ isActive, timeEnforcementEnds }: Lock): number | null {
  return isActive ? (timeEnforcementEnds?.getTime() ?? NO_END) : null;
}

function endOfCap({ capping_status: status, cycle_end_timestamp: ends }: Cap): number | null {
  return status === 'CAPPED' ? momentOf(ends) : null;
}

/** Without an end a limit stands until it is lifted. */
function momentOf(seconds: string | number | null | undefined): number {
  const moment = Number(seconds) * SECOND_MS;
  return moment > 0 ? moment : NO_END;
}
