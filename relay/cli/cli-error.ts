/** Why the command line ends without having done what was asked: a closed list, a sentence, an exit code. Knows no command. */

export type CliFaultCode =
  | 'install-unknown-system'
  | 'install-as-root'
  | 'install-unbuilt'
  | 'install-not-started'
  | 'not-installed'
  | 'update-no-file'
  | 'update-no-sum'
  | 'update-wrong-sum'
  | 'update-not-ours'
  | 'update-older'
  | 'update-taken-back'
  | 'update-no-before'
  | 'update-no-way-back'
  | 'usage'
  | 'settings-wrong'
  | 'relay-not-running'
  | 'relay-silent'
  | 'relay-in-use'
  | 'port-taken'
  /** The system keeps it for itself. */
  | 'port-refused'
  /** By no relay. */
  | 'relay-held'
  | 'relay-damaged'
  | 'relay-lost'
  | 'relay-newer'
  | 'home-not-ours'
  | 'home-not-a-file'
  | 'home-not-owned'
  | 'home-open-to-others'
  | 'relay-not-writable'
  | 'relay-disk-full'
  | 'relay-disk-failing'
  | 'relay-failed'
  | 'relay-crashed'
  | 'odd-reply'
  | 'not-a-number'
  | 'no-attempt'
  | 'link-rests'
  | 'key-as-argument'
  | 'key-empty'
  | 'key-twice'
  | 'file-unreadable'
  | 'file-not-taken'
  | 'yes-needed'
  | 'interrupted';

/** What a script reads from the exit code; docs and `--help` list the same. */
export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  notRunning: 3,
  cannotStart: 4,
  notLinked: 5,
  crashed: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export class CliError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly exitCode: ExitCode;

  /** `code` is one of CliFaultCode, of the relay's command faults, of the causes, or of the agent faults. */
  constructor(
    fault: { readonly code: string; readonly message: string; readonly hint: string; readonly exitCode: ExitCode },
    options?: ErrorOptions,
  ) {
    super(fault.message, options);
    this.name = 'CliError';
    this.code = fault.code;
    this.hint = fault.hint;
    this.exitCode = fault.exitCode;
  }
}
