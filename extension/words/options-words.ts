/** What the options page says beside links, agents and the toolbar's own words, as one shape; loaded by that page alone. */

export type Question = {
  readonly ask: string;
  readonly points: readonly string[];
  readonly act: string;
};

export type OptionsWords = {
  readonly title: string;
  readonly relay: {
    readonly running: string;
    readonly here: string;
    readonly looking: string;
    readonly notPaired: string;
  };
  readonly sections: {
    readonly nav: string;
    readonly agents: string;
    readonly test: string;
    readonly settings: string;
    readonly limits: string;
    readonly browsers: string;
    readonly data: string;
  };
  readonly faults: {
    readonly notDelivered: string;
    readonly notTested: string;
    readonly notConfirmed: string;
    readonly tooLong: string;
    readonly detail: string;
  };
  readonly actions: {
    readonly cancel: string;
    readonly close: string;
    readonly save: string;
    readonly remove: string;
    readonly edit: string;
    readonly test: string;
    readonly stop: string;
    readonly more: string;
  };
  readonly agents: {
    readonly lede: string;
    readonly noNumber: string;
    readonly since: string;
    readonly today: string;
    readonly toLink: string;
    readonly add: string;
    readonly addTitle: string;
    readonly editTitle: string;
    readonly loading: string;
    readonly from: string;
    readonly name: string;
    readonly more: string;
    readonly testAndAdd: string;
    readonly testAndSave: string;
    readonly trying: string;
    readonly missing: string;
    readonly unreadable: string;
    readonly sample: string;
    readonly added: string;
    readonly saved: string;
    readonly answered: string;
    readonly silent: string;
    readonly failing: string;
    readonly last: string;
    readonly remove: Question;
  };
  readonly key: {
    readonly label: string;
    readonly where: string;
    readonly stored: string;
    readonly replace: string;
    readonly remove: string;
    readonly keep: string;
    readonly removed: string;
    readonly again: string;
  };
  readonly fields: {
    readonly shipped: string;
    readonly none: string;
    readonly own: string;
    readonly byDefault: string;
    readonly optional: string;
    readonly rulesFormat: string;
  };
  readonly test: {
    readonly lede: string;
    readonly agent: string;
    readonly you: string;
    readonly said: string;
    readonly write: string;
    readonly example: string;
    readonly asking: string;
    readonly silence: string;
    readonly seconds: string;
    readonly tokens: string;
    readonly again: string;
    readonly talk: string;
  };
  readonly settings: {
    readonly lede: string;
    readonly advanced: string;
    readonly waits: string;
    readonly waiting: string;
    readonly now: string;
    readonly fixed: string;
    readonly back: string;
    readonly bounds: string;
    readonly system: string;
    readonly units: Readonly<Record<'seconds' | 'minutes' | 'days' | 'count' | 'factor' | 'KiB' | 'port', string>>;
  };
  readonly browsers: {
    readonly lede: string;
    readonly unnamed: string;
    readonly thisOne: string;
    readonly paired: string;
    readonly seen: string;
    readonly removeThis: Question;
    readonly removeOther: Question;
    readonly here: string;
    readonly language: string;
    readonly languageText: string;
    readonly browserLanguage: string;
    readonly port: string;
    readonly portText: string;
    readonly portSaved: string;
  };
  readonly data: {
    readonly lede: string;
    readonly exportTitle: string;
    readonly exportText: string;
    readonly exportAct: string;
    readonly exporting: string;
    readonly exported: string;
    readonly texts: string;
    readonly textsText: string;
    readonly textsAct: string;
    readonly textsForgotten: string;
    readonly all: string;
    readonly allText: string;
    readonly allAct: string;
    readonly erasing: string;
    readonly askTexts: Question;
    readonly askAll: Question;
  };
};
