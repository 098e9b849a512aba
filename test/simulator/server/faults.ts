/** What the server does wrong on command. Everything is as WhatsApp has it until a test asks; `clear` ends all of it. */
import type { ChainFlaw } from '../wire/certificate.ts';
import { node, type Stanza } from '../wire/stanza.ts';

/** A stanza that ends a connection, as WhatsApp sends it, and what Baileys 7.0.0-rc14 makes of it. */
export const ENDINGS = {
  /** 515: restart required. */
  restart: () => node('stream:error', { code: '515' }),
  /** 440: another connection took over. */
  replaced: () => node('stream:error', {}, [node('conflict', { type: 'replaced' })]),
  /** 401: the device was removed. */
  deviceRemoved: () => node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })]),
  /** No code; 500 to Baileys. */
  missedAck: () => missingAck(node('message', { type: 'text', id: '3AMISSED' })),
  streamError503: () => node('stream:error', { code: '503' }),
  xmlNotWellFormed: () => node('stream:error', {}, [node('xml-not-well-formed')]),
  /** 516: logged out by WhatsApp. */
  forceLogout: () => node('stream:error', { code: '516' }),
  /** 411: linked devices are not enabled. */
  downgrade: () => node('ib', {}, [node('downgrade_webclient')]),
  /** 428. */
  streamEnd: () => node('xmlstreamend'),
} satisfies Record<string, () => Stanza>;

export type Ending = keyof typeof ENDINGS;

/** An end for a stanza that was never acknowledged: it is named, and there is no code. */
export function missingAck({ tag, attrs }: Stanza): Stanza {
  return node('stream:error', {}, [node('ack', { class: tag, type: attrs.type, id: attrs.id })]);
}

/** A refusal at login: `reason` as WhatsApp numbers them; 402 comes with `expire`, seconds from now, 403 with what it tells the owner. */
export type Refusal = {
  readonly reason: string | null;
  readonly expire?: number;
  readonly header?: string;
  readonly subtext?: string;
};

const ACK_PATIENCE_MS = 50 * 60_000;
/** A connection that breaks takes with it what was on its way. */
const LOST_CONFIRMATIONS = 0.1;

export class Faults {
  /** The next logins are refused so, until cleared. */
  refusal: Refusal | null = null;
  chainFlaw: ChainFlaw = 'none';
  /** Queries of these namespaces get no answer. */
  readonly ignoredQueries = new Set<string>();
  /** Sent messages are acknowledged with this error; `null` acknowledges them normally. */
  ackError: string | null = null;
  /** After a device has refused a stanza from its queue, the rest of the queue is withheld: one account has been seen to be treated so. */
  withholdAfterRefusal = true;
  /** The share of what confirms a message that never arrives, from 0 to 1: chosen by message and login, so that a later login settles it. */
  lostConfirmations = LOST_CONFIRMATIONS;
  /** How long a status may stay unacknowledged before its connection is ended; WhatsApp's own patience is about 50 minutes. */
  ackPatienceMs = ACK_PATIENCE_MS;
  /** The end of what waited is never marked: nothing that comes later is delivered on such a connection. */
  neverClosesQueue = false;
  /** Sent messages are delivered, but never acknowledged. */
  withholdAcks = false;
  /** Sent messages are neither delivered nor acknowledged. */
  dropSends = false;
  /** The WebSocket is refused with this HTTP status: what a proxy in between does, not WhatsApp. */
  httpStatus: number | null = null;
  /** The TCP connection is accepted, and that is all. */
  deafFromStart = false;
  /** Answers wait this long, in milliseconds. */
  answerDelayMs = 0;

  refuseLogins(reason: string | null, more: Omit<Refusal, 'reason'> = {}): void {
    this.refusal = { reason, ...more };
  }

  refuseAcks(error: string): void {
    this.ackError = error;
  }

  ignoreQueries(...namespaces: readonly string[]): void {
    for (const name of namespaces) this.ignoredQueries.add(name);
  }

  clear(): void {
    this.refusal = null;
    this.chainFlaw = 'none';
    this.ignoredQueries.clear();
    this.ackError = null;
    this.withholdAcks = false;
    this.withholdAfterRefusal = true;
    this.lostConfirmations = LOST_CONFIRMATIONS;
    this.ackPatienceMs = ACK_PATIENCE_MS;
    this.dropSends = false;
    this.neverClosesQueue = false;
    this.httpStatus = null;
    this.deafFromStart = false;
    this.answerDelayMs = 0;
  }
}
