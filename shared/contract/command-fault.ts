/** Why a command was not done: a closed list, known to every client. Every code has a sentence and a remedy in locales/. */
export type CommandFaultCode =
  | 'unknown-command'
  | 'bad-request'
  /** A value is empty or too long; the field stands beside it. */
  | 'bad-value'
  | 'no-such-agent'
  | 'which-agent'
  | 'no-such-chat'
  | 'no-such-client'
  /** The chat has no unanswered message. */
  | 'nothing-unanswered'
  /** The chat may not be answered now: the reason stands beside it. */
  | 'may-not-answer'
  /** A group cannot be chosen to be answered. */
  | 'group-not-answered'
  /** No passkey is waited for now, or not this one. */
  | 'passkey-not-now'
  /** Another browser began this linking. */
  | 'passkey-elsewhere'
  | 'not-linked'
  | 'already-linked'
  /** The first switch-on must say who is answered. */
  | 'who-is-answered'
  | 'name-taken'
  | 'bad-settings'
  /** The agent's address changes, and its key was given for the old one. */
  | 'key-again'
  | 'last-agent'
  /** Money cannot be counted in the currency of the limit. */
  | 'no-price'
  | 'no-such-file'
  /** An agent of this kind knows nothing of files. */
  | 'reads-no-files'
  | 'files-too-large'
  /** Its parts do not fit together. */
  | 'file-broken'
  | 'no-such-setting'
  | 'setting-refused'
  /** It comes from a flag or the environment, which only a new start can change. */
  | 'setting-fixed'
  | 'settings-unreadable'
  | 'store-failed'
  | 'disk-full'
  | 'disk-read-only'
  /** A bug, or a disk that fails: the log says more. */
  | 'failed';

/** Faults that any command may have. */
export const COMMON_FAULTS = [
  'unknown-command',
  'bad-request',
  'bad-value',
  'store-failed',
  'disk-full',
  'disk-read-only',
  'failed',
] as const satisfies readonly CommandFaultCode[];

export type CommonFault = (typeof COMMON_FAULTS)[number];
