/**
 * What the command line says beside links and agents (those stand in shared/words), as one shape:
 * a language that lacks a sentence does not compile. `{blanks}` are filled in; all languages have the same.
 */
import type { Advice } from '../../../shared/words/words.ts';
import type { CliFaultCode } from '../cli-error.ts';

export type CliWords = {
  readonly faults: Readonly<Record<CliFaultCode, Advice>>;
  readonly start: {
    readonly running: string;
    readonly data: string;
    readonly nextLink: string;
    readonly nextOn: string;
    readonly answering: string;
    readonly toolbar: string;
    readonly inChrome: string;
    readonly inFirefox: string;
    readonly askCode: string;
    readonly code: string;
    readonly toStop: string;
    readonly stopping: string;
    readonly stopped: string;
  };
  readonly status: {
    readonly switch: string;
    readonly today: string;
    readonly ignored: string;
    readonly retry: string;
    readonly scope: Readonly<Record<'everyone' | 'listed', string>>;
  };
  readonly link: {
    readonly follow: string;
    readonly code: string;
    readonly left: string;
    readonly linked: string;
    readonly nextOn: string;
    readonly cancelling: string;
    readonly toCancel: string;
    readonly reconnecting: string;
    readonly unlinked: string;
  };
  readonly switch: {
    readonly on: string;
    readonly off: string;
    readonly dropped: string;
    readonly ask: string;
    readonly askAgain: string;
  };
  readonly agents: {
    readonly added: string;
    readonly edited: string;
    readonly removed: string;
    readonly key: string;
    readonly keyOptional: string;
    readonly keyStored: string;
    readonly keyNone: string;
    readonly testBegins: string;
    readonly you: string;
    readonly silence: string;
    readonly tokens: string;
    readonly confirmRemove: string;
  };
  readonly chats: {
    readonly none: string;
    readonly group: string;
    readonly rules: Readonly<Record<'answer' | 'never' | 'none', string>>;
    readonly ruled: Readonly<Record<'answer' | 'never' | 'none', string>>;
    readonly forgotten: string;
    readonly skipped: string;
    readonly more: string;
  };
  readonly clients: {
    readonly code: string;
    readonly codeLife: string;
    readonly none: string;
    readonly pairedAt: string;
    readonly seenAt: string;
    readonly revoked: string;
    readonly unnamed: string;
  };
  readonly export: { readonly written: string; readonly holds: string };
  readonly forget: {
    readonly askTexts: string;
    readonly askEverything: string;
    readonly texts: string;
    readonly everything: string;
    /** What counts as yes, in small letters. */
    readonly yes: readonly string[];
    readonly leftAlone: string;
  };
  readonly doctor: {
    readonly ok: string;
    readonly warning: string;
    readonly failed: string;
    readonly relayRunning: string;
    readonly relayNotRunning: Advice;
    readonly directory: string;
    readonly directoryMissing: Advice;
    readonly directoryNotOurs: Advice;
    readonly directoryOpen: Advice;
    readonly disk: string;
    readonly diskLow: Advice;
    readonly diskFull: Advice;
    readonly clock: string;
    readonly clockUnknown: string;
    readonly clockWrong: Advice;
    readonly clockBack: Advice;
    readonly port: string;
    readonly portFree: string;
    readonly portAny: string;
    readonly portTaken: Advice;
    readonly whatsapp: string;
    readonly whatsappSimulated: string;
    readonly whatsappUnreachable: Advice;
    readonly whatsappNotTrusted: Advice;
    readonly agent: string;
    readonly agentsUnknown: string;
    readonly link: string;
    readonly healthy: string;
    readonly worth: string;
    readonly broken: string;
  };
  readonly settings: {
    readonly name: string;
    readonly value: string;
    readonly source: string;
    readonly unit: string;
    readonly default: string;
    readonly environment: string;
    readonly flag: string;
    readonly meaning: string;
  };
};
