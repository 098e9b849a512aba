/** What the help says beside the hints that the cards show themselves, as one shape; loaded only when help is opened. */

type HelpTopic = { readonly title: string; readonly text: string };

export type HelpWords = {
  /** What Recado does not do, each with a word of why. */
  readonly limitsTitle: string;
  readonly limits: readonly HelpTopic[];
  readonly stability: HelpTopic;
  readonly expired: HelpTopic;
  readonly inUseText: string;
  readonly unsteadyText: string;
  readonly business: {
    readonly title: string;
    readonly text: string;
    readonly here: string;
    readonly there: string;
    readonly rows: readonly { readonly what: string; readonly here: string; readonly there: string }[];
  };
};
