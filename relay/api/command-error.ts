/** A command that cannot be done: a code from a closed list, a sentence, and what to do next. */
import type { SkipReason } from '../../shared/contract/chat.ts';
import type { CommandFaultCode } from '../../shared/contract/command-fault.ts';
import type { FieldProblem } from '../../shared/contract/wire.ts';
import { StoreError } from '../store/store.ts';

export class CommandError extends Error {
  readonly code: CommandFaultCode;
  readonly hint: string;
  /** What is wrong with which setting, where that is why. */
  readonly problems: readonly FieldProblem[];
  /** What there is to choose from. */
  readonly names: readonly string[];

  constructor(
    code: CommandFaultCode,
    message: string,
    hint: string,
    { problems = [], names = [], ...options }: ErrorOptions & Partial<Pick<CommandError, 'problems' | 'names'>> = {},
  ) {
    super(message, options);
    this.problems = problems;
    this.names = names;
    this.name = 'CommandError';
    this.code = code;
    this.hint = hint;
  }
}

type DiskFault = Extract<CommandFaultCode, 'disk-full' | 'disk-read-only' | 'store-failed'>;

/** What the store, and the file system beside it, say of a disk. */
const DISK_FAULTS: ReadonlyMap<string, DiskFault> = new Map([
  ['disk-full', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['not-writable', 'disk-read-only'],
  ['EROFS', 'disk-read-only'],
  ['EACCES', 'disk-read-only'],
  ['EPERM', 'disk-read-only'],
  ['failed', 'store-failed'],
  ['damaged', 'store-failed'],
  ['EIO', 'store-failed'],
]);

const SENTENCES: Readonly<Record<DiskFault, readonly [message: string, hint: string]>> = {
  'disk-full': ['The disk is full.', 'Make room on it; nothing was lost.'],
  'disk-read-only': ['The disk takes no writing.', 'Check it: recado doctor.'],
  'store-failed': ['The disk could not be read or written.', 'Check it: recado doctor.'],
};

/** The fault of a disk as a command's; null for an error of another kind. */
export function diskErrorOf(error: unknown): CommandError | null {
  const word =
    error instanceof StoreError ? error.fault : error instanceof Error && 'code' in error ? error.code : null;
  const code = DISK_FAULTS.get(String(word));
  return code ? new CommandError(code, ...SENTENCES[code], { cause: error }) : null;
}

/** The first switch-on with a number says who is answered. */
export function whoIsAnswered(): CommandError {
  return new CommandError(
    'who-is-answered',
    'Before it is switched on for the first time: who is answered?',
    'Say --answer unknown-people, --answer listed (chats chosen with: recado chats answer) or --answer everyone.',
  );
}

/** The step that must come first, by the reason for which a chat may not be answered. */
const REMEDIES: ReadonlyMap<SkipReason, string> = new Map([
  ['switched-off', 'Switch the agent on first: recado on.'],
  ['not-in-scope', 'Let this chat be answered first: recado chats answer.'],
  ['owner-wrote', 'Give the chat back first: recado release.'],
  ['brake', 'Give the chat back first: recado release.'],
  ['asked-for-you', 'Give the chat back first: recado release.'],
]);

/** A chat may not be answered now: why not, and what to do first. */
export function mayNotAnswer(reason: SkipReason): CommandError {
  return new CommandError('may-not-answer', `It may not be answered now: ${reason}.`, REMEDIES.get(reason) ?? '');
}
