/** A command that cannot be done: a code from a closed list, a sentence, and what to do next. */

export type CommandErrorCode =
  | 'unknown-command'
  | 'bad-request'
  | 'no-such-agent'
  | 'which-agent'
  | 'no-such-chat'
  | 'not-linked'
  | 'already-linked'
  | 'who-is-answered'
  | 'name-taken'
  | 'bad-settings'
  | 'last-agent'
  | 'store-failed'
  | 'relay-stops'
  | 'failed';

export class CommandError extends Error {
  readonly code: CommandErrorCode;
  readonly hint: string;

  constructor(code: CommandErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.code = code;
    this.hint = hint;
  }
}
