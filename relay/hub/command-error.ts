/** A command that cannot be done: a code from a closed list, a sentence, and what to do next. */
import type { CommandFaultCode } from '../../shared/command-fault.ts';

export class CommandError extends Error {
  readonly code: CommandFaultCode;
  readonly hint: string;

  constructor(code: CommandFaultCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.code = code;
    this.hint = hint;
  }
}
