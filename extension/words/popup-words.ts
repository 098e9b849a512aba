/** What the toolbar says beside links and agents (those stand in shared/words), as one shape: a language that lacks a sentence does not compile. */

import type { Refusal } from '../relay-link/link-state.ts';
import type { PairingFault } from '../relay-link/pairing.ts';

export type PopupWords = {
  readonly truths: {
    readonly none: string;
    readonly linking: string;
    readonly on: string;
    readonly off: string;
    readonly lineDown: string;
  };
  readonly pair: {
    readonly title: string;
    readonly lede: string;
    readonly stepStart: string;
    readonly stepCode: string;
    readonly codeHint: string;
    readonly copy: string;
    readonly copied: string;
    readonly where: string;
    readonly whereText: string;
    readonly act: string;
    readonly pairing: string;
    readonly port: string;
    readonly portText: string;
    readonly refusals: Readonly<Record<Exclude<Refusal, 'not-paired'>, string>>;
    readonly faults: Readonly<Record<PairingFault | 'not-a-port', string>>;
  };
  readonly noRelay: {
    readonly sign: string;
    readonly title: string;
    readonly lede: string;
    readonly last: string;
    readonly number: string;
    readonly link: string;
    readonly agent: string;
    readonly again: string;
    readonly retry: string;
    readonly byItself: string;
  };
  readonly card: {
    readonly scan: string;
    readonly takeOver: string;
    readonly replyOnly: string;
    readonly replyOnlyText: string;
    readonly beta: string;
    readonly today: string;
    readonly messages: string;
    readonly answers: string;
    readonly tokens: string;
    readonly answersAtOnce: string;
    readonly answersLater: string;
    readonly ignoresAll: string;
    readonly asOf: string;
    readonly notConfirmed: string;
    readonly menu: string;
    readonly agents: string;
    readonly back: string;
  };
  readonly linking: {
    readonly steps: readonly [string, string, string, string];
    readonly preparing: string;
    readonly code: string;
    readonly seconds: string;
    readonly read: string;
    readonly readText: string;
    readonly cancel: string;
    readonly close: string;
  };
  readonly unlink: {
    readonly act: string;
    readonly ask: string;
    readonly leaves: string;
    readonly back: string;
    readonly chats: string;
    readonly pause: string;
  };
  readonly scope: {
    readonly ask: string;
    readonly everyone: string;
    readonly listed: string;
    readonly note: string;
  };
};
