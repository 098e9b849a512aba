/** What the demo says, in one language. The popup brings its own words. */
export const GUIDE_STEPS = [
  'link',
  'switch-on',
  'write',
  'step-in',
  'burst',
  'voice',
  'family',
  'why',
  'off',
  'cut',
  'unlink',
  'done',
] as const;

/** What to try next, in the order in which it is offered. */
export type GuideStep = (typeof GUIDE_STEPS)[number];

export const SCENES = [
  'link',
  'switch-on',
  'answer',
  'step-in',
  'give-back',
  'burst',
  'voice',
  'family',
  'cut',
  'off',
  'on-again',
  'unlink',
] as const;

/** What can happen, all of it: played without a window. */
export type SceneName = (typeof SCENES)[number];

/** The story for somebody who watches. */
export const CHAPTERS = [
  'link',
  'switch-on',
  'answer',
  'step-in',
  'give-back',
  'off',
] as const satisfies readonly SceneName[];

export type ChapterName = (typeof CHAPTERS)[number];

export type PersonName = 'ana' | 'caio' | 'bia' | 'mother';

export type DemoFault = 'no-code' | 'code-refused' | 'no-popup' | 'failed';

export type DemoWords = {
  readonly title: string;
  /** On every screen: what is real here, and what is not. */
  readonly simulated: string;
  readonly next: string;
  readonly showMe: string;
  readonly pause: string;
  readonly resume: string;
  /** How far the story is: `{now}` of `{all}`. */
  readonly time: string;
  readonly chapters: Readonly<Record<ChapterName, string>>;
  readonly chaptersLabel: string;
  /** What follows the story. */
  readonly yours: {
    readonly title: string;
    readonly text: string;
    readonly tries: Readonly<
      Record<'write' | 'answer' | 'cut', { readonly title: string; readonly text: string; readonly act: string }>
    >;
    readonly use: string;
    readonly useText: string;
    readonly again: string;
  };
  readonly language: string;
  readonly people: Readonly<Record<PersonName, string>>;
  readonly owner: {
    readonly title: string;
    readonly devices: string;
    readonly noDevice: string;
    readonly device: string;
    readonly scan: string;
    readonly unlink: string;
    readonly noChat: string;
    readonly chatWith: string;
    /** What owner and agent are to those who write. */
    readonly shop: string;
  };
  readonly other: {
    readonly title: string;
    readonly who: string;
    readonly burst: string;
    readonly voice: string;
    readonly nothing: string;
    /** Of somebody in the owner's address book. */
    readonly saved: string;
  };
  readonly write: string;
  readonly send: string;
  readonly phoneMenu: string;
  readonly online: string;
  readonly typing: string;
  readonly today: string;
  readonly ticks: Readonly<Record<'sent' | 'delivered' | 'read', string>>;
  readonly browser: string;
  readonly writes: string;
  readonly byAgent: string;
  readonly voiceNote: string;
  readonly cut: string;
  readonly beside: { readonly text: string; readonly open: string };
  readonly popupTitle: string;
  readonly guide: Readonly<Record<GuideStep, string>>;
  readonly scenes: Readonly<Record<SceneName, string>>;
  readonly faults: Readonly<Record<DemoFault, string>>;
  /** What the people of the story write. */
  readonly said: {
    readonly question: string;
    readonly stepIn: string;
    readonly thanks: string;
    readonly sunday: string;
    readonly burst: readonly [string, string, string];
    readonly family: string;
    readonly whileOff: string;
    readonly again: string;
  };
  /** The small program that answers: words that it knows, what it says to a voice note, and to everything else. */
  readonly bakery: {
    readonly rules: readonly { readonly words: readonly string[]; readonly answer: string }[];
    readonly voice: string;
    readonly otherwise: string;
  };
  readonly terminal: {
    readonly building: string;
    readonly open: string;
    readonly inWindow: string;
    readonly noBrowser: string;
    readonly stop: string;
    readonly gone: string;
  };
};
