/**
 * What people are told about a link: four statuses, a closed list of causes, and what to do.
 * Sentences stand in locales/, a folder a language; here are only the codes.
 */

export const LINK_STATUSES = ['offline', 'connecting', 'connected', 'reconnecting'] as const;

export type LinkStatus = (typeof LINK_STATUSES)[number];

/** Why a link is not online. A closed list; every one has a sentence and a remedy in locales/. */
export const CAUSES = [
  /** Never linked, or linked no more and explained already. */
  'not-linked',
  /** The owner unlinked it here. */
  'unlinked-here',
  /** The owner removed the device on the phone (401). */
  'unlinked-on-phone',
  /** WhatsApp itself removed the device (516). */
  'unlinked-by-whatsapp',
  /** All codes of one attempt went unscanned. */
  'qr-expired',
  /** The attempt was cancelled before the phone scanned. */
  'link-cancelled',
  /** Another agent of this relay holds the number. */
  'number-in-use',
  /** WhatsApp gave no code to type for that number. */
  'phone-code-refused',
  /** The connection was not ready when the code was asked for (428). */
  'phone-code-too-early',
  /** WhatsApp wants a pause before the next one (429). */
  'phone-code-too-often',
  /** WhatsApp lets this account be linked by QR code only (452). */
  'phone-code-not-offered',
  /** WhatsApp did not answer. */
  'phone-code-silent',
  /** All codes to type of one attempt went unused. */
  'phone-code-expired',
  /** WhatsApp asks this account for a passkey while linking, and the owner has switched that off. */
  'passkey-required',
  /** The browser brought none: refused, not found, or its page was closed. */
  'passkey-not-given',
  /** WhatsApp does not take the passkey: most likely another account's. */
  'passkey-refused',
  /** Nobody went on for as long as WhatsApp waits. */
  'passkey-expired',
  /** The passkey was taken, and then the phone said nothing. */
  'passkey-silent',
  /** The phone showed another code than the one here. */
  'passkey-mismatch',
  /** Linking failed in a way WhatsApp did not explain. */
  'link-failed',
  /** The logout request waits for WhatsApp's answer. */
  'unlinking',
  /** WhatsApp never answered the logout request, and it was given up: the phone may still list the device. */
  'unlink-unconfirmed',
  /** Another program took over this link's connection (440). */
  'replaced',
  /** A temporary ban (402); `until` says when it ends. */
  'banned-until',
  /** Banned, locked, or the main device is gone (403, 406). */
  'banned',
  /** WhatsApp refuses this program's version (405, 409). */
  'relay-outdated',
  /** The account must turn on linked devices first (411). */
  'multi-device-off',
  /** WhatsApp cannot be reached at all. */
  'unreachable',
  /** The server is not who it says it is: wrong certificate. */
  'server-not-trusted',
  /** The connection broke or fell silent. */
  'connection-lost',
  /** WhatsApp had more for this device, and did not hand it over: nobody is answered before that is read. */
  'queue-stuck',
  /** WhatsApp answered with an error of its own (500, 503). */
  'whatsapp-unavailable',
  /** The relay's own disk is full, read-only or failing: nothing is received until it can be written. */
  'disk',
] as const;

export type Cause = (typeof CAUSES)[number];

/** A picture to scan, or eight letters to type into the phone. */
export const CODE_KINDS = ['picture', 'phone-code'] as const;

/** A code on show. Its text is a secret, and goes only to the client that asked for it. */
export type QrCode = {
  readonly kind: (typeof CODE_KINDS)[number];
  /** Which code of the attempt, from 1. */
  readonly number: number;
  /** As many codes as an attempt shows. */
  readonly of: number;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** How often in this attempt WhatsApp has asked for a new secret: the code to scan is drawn anew then. */
  readonly renewals: number;
};

export type Account = {
  /** Phone number with country code, digits only. */
  readonly number: string;
  /** The account's LID user part; null where WhatsApp named none. */
  readonly lid: string | null;
};

/** A finer word than the status, for the cause's own sentence and the linking panel. */
export const LINK_PHASES = [
  'resting',
  'preparing',
  'showing-code',
  'code-typed',
  'code-worn',
  'passkey-asked',
  'passkey-signing',
  'passkey-phone',
  'passkey-comparing',
  'passkey-finishing',
  'finishing',
  'opening',
  'catching-up',
  'online',
  'waiting',
  'unlinking',
] as const;

export type LinkPhase = (typeof LINK_PHASES)[number];

/** One agent's link as people see it. Equal values are not told twice. */
export type LinkReport = {
  readonly status: LinkStatus;
  readonly phase: LinkPhase;
  readonly cause: Cause | null;
  readonly account: Account | null;
  /** Only while a code is on show. */
  readonly qr: QrCode | null;
  /** When the next try starts, epoch ms; null when none is planned. */
  readonly retryAt: number | null;
  /** When a temporary ban ends, epoch ms. */
  readonly until: number | null;
  /** While what waited is read: how many stanzas are still to come; null where WhatsApp has not said, and in every other phase. */
  readonly left: number | null;
  /** Since when this status holds, epoch ms. */
  readonly since: number;
  /** WhatsApp's own restriction on new chats, shown and obeyed; null when none is known. */
  readonly restrictedUntil: number | null;
  /** The moment at which an answer is tried again if the restriction has no known end, epoch ms; null otherwise. */
  readonly restrictedRetryAt: number | null;
  /** By how many minutes the computer's clock is ahead of WhatsApp's, less than 0 where it is behind; null where it is right enough. */
  readonly clockAhead: number | null;
};
