/** What the toolbar says beside links and agents (those stand in shared/words), as one shape: a language that lacks a sentence does not compile. */

export type PopupWords = {
  readonly truths: {
    readonly none: string;
    readonly linking: string;
    readonly on: string;
    readonly off: string;
    readonly lineDown: string;
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
    readonly copy: string;
    readonly copied: string;
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
    readonly notDelivered: string;
    readonly dropped: string;
    readonly ignored: string;
    readonly offSince: string;
    readonly answersLimit: string;
    readonly tokensLimit: string;
    readonly untilYou: string;
    readonly nothingKept: string;
    readonly backOn: string;
    readonly since: string;
    readonly nextTry: string;
    readonly answeredIfSoon: string;
    readonly toOptions: string;
    readonly back: string;
  };
  readonly menu: {
    readonly open: string;
    readonly answered: string;
    readonly options: string;
    readonly help: string;
    readonly offForAnHour: string;
    readonly offUntilTomorrow: string;
  };
  readonly agents: {
    readonly some: string;
    readonly none: string;
    readonly add: string;
  };
  readonly inUse: {
    readonly heading: string;
    readonly sign: string;
    readonly undone: string;
    readonly other: string;
    readonly each: string;
    readonly otherNumber: string;
    readonly freeIt: string;
    readonly open: string;
  };
  readonly unsteady: {
    readonly heading: string;
    readonly fell: string;
    readonly inOrder: string;
    readonly internet: string;
    readonly background: string;
    readonly relink: string;
    readonly restart: string;
  };
  readonly reasons: {
    readonly title: string;
    readonly today: string;
    readonly note: string;
    readonly none: string;
    readonly loading: string;
    readonly failed: string;
    readonly group: string;
    readonly someone: string;
    readonly off: string;
    readonly ignoredOne: string;
    readonly ignoredMany: string;
  };
  readonly answered: {
    readonly chats: string;
    readonly none: string;
    readonly byScope: string;
    readonly always: string;
    readonly never: string;
    readonly more: string;
  };
  readonly linking: {
    readonly steps: readonly [string, string, string, string];
    readonly preparing: string;
    readonly code: string;
    readonly seconds: string;
    readonly read: string;
    readonly readText: string;
    readonly cancelAfterScan: string;
    readonly cancel: string;
    readonly opening: string;
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
