/** The story that the demo plays by itself, scene by scene, and what must hold after each: the two phones are asked, not the relay. */
import type { Hand } from './hand.ts';
import type { Phones } from './phones.ts';
import { beginOf, CHAPTER_MS } from './story-times.ts';
import {
  CHAPTERS,
  type ChapterName,
  type DemoWords,
  type PersonName,
  SCENES,
  type SceneName,
} from './words/demo-words.ts';

export type Stage = {
  readonly hand: Hand;
  readonly phones: Phones;
  readonly words: DemoWords;
  /** The owner's phone scans what the popup shows. */
  scan(): Promise<void>;
  cut(): void;
  /** Polls until it holds; rejects with `what` where it does not, or the story was stopped. */
  until(condition: () => boolean | Promise<boolean>, what: string): Promise<void>;
  isConnected(): Promise<boolean>;
  isOn(): Promise<boolean>;
  /** How many messages the relay has passed over: skipped for a reason, or ignored while off. */
  passedOver(): Promise<number>;
  /** Whose phone is shown beside the owner's. */
  show(person: PersonName): void;
  /** Somebody watches: what is pressed is shown first. */
  readonly watched: boolean;
  /** Time to read, milliseconds; none where nobody watches. */
  pause(ms: number): Promise<void>;
  /** Where somebody watches: until the story's clock is at `ms`, or resolves at once where it is later. */
  reach(ms: number): Promise<void>;
};

type Scene = (stage: Stage) => Promise<void>;

const SWITCH = 'input[role="switch"]:enabled';
const LIT = '.note[data-lit]';
const MENU = '.icon-btn[aria-haspopup="menu"]';
const CAUGHT = '.latest li:first-child';
/** At 15 characters a second a sentence is read by then. */
const READ_MS = 2_400;
const GLANCE_MS = 700;

const PLAYED: Readonly<Record<SceneName, Scene>> = {
  link: async (stage) => {
    await stage.pause(READ_MS);
    await press(stage, '.primary');
    await stage.hand.waitFor('.qr svg');
    await stage.pause(READ_MS);
    await stage.scan();
    await stage.until(() => stage.isConnected(), 'the number is linked');
    await stage.hand.waitFor(SWITCH);
  },

  'switch-on': async (stage) => {
    await stage.pause(GLANCE_MS);
    if (!(await stage.isOn())) {
      await press(stage, SWITCH);
      await stage.hand.waitFor(`dialog [data-first], ${LIT}`);
      if (!(await stage.isOn())) {
        await stage.pause(READ_MS);
        await press(stage, 'dialog [data-first]');
      }
    }
    await stage.hand.waitFor(LIT);
  },

  answer: async (stage) => {
    stage.show('caio');
    await stage.pause(GLANCE_MS);
    await getsAnswer(stage, 'caio', [stage.words.said.question]);
  },

  'step-in': async (stage) => {
    stage.show('caio');
    await stage.pause(GLANCE_MS);
    const before = received(stage, 'caio');
    await stage.phones.write('ana', 'caio', stage.words.said.stepIn);
    await receives(stage, 'caio', [...before, 'owner']);
    await stage.pause(READ_MS);
    await passesOver(stage, 'caio', stage.words.said.thanks);
    await stage.pause(GLANCE_MS);
    holds(received(stage, 'caio'), [...before, 'owner'], 'the agent keeps out of the chat that Ana took over');
  },

  'give-back': async (stage) => {
    stage.show('caio');
    await stage.pause(READ_MS);
    await stage.hand.waitFor(`${CAUGHT} .ring`);
    await press(stage, `${CAUGHT} .btn`);
    await stage.hand.waitFor(`${CAUGHT}:not(:has(.ring))`);
    await getsAnswer(stage, 'caio', [stage.words.said.sunday]);
    holds(
      lastText(stage, 'caio'),
      stage.words.bakery.rules[1]?.answer ?? '',
      'the question is answered, not the thanks',
    );
  },

  burst: async (stage) => {
    stage.show('bia');
    await getsAnswer(stage, 'bia', stage.words.said.burst);
  },

  voice: async (stage) => {
    const before = received(stage, 'bia');
    await stage.phones.sendVoice('bia');
    await receives(stage, 'bia', [...before, 'agent']);
    holds(lastText(stage, 'bia'), stage.words.bakery.voice, 'the agent says that it cannot listen');
  },

  family: async (stage) => {
    stage.show('mother');
    await stage.pause(GLANCE_MS);
    await passesOver(stage, 'mother', stage.words.said.family);
    await press(stage, '.go');
    await stage.hand.waitFor('.causes li');
    await stage.pause(READ_MS);
    holds(received(stage, 'mother'), [], 'whoever is in the address book gets no answer');
    await press(stage, '.bar > .icon-btn');
    await stage.hand.waitFor(LIT);
  },

  cut: async (stage) => {
    stage.cut();
    await stage.hand.waitFor('.status[data-is="reconnecting"]');
    await stage.pause(READ_MS);
    await stage.hand.waitFor(LIT);
  },

  off: async (stage) => {
    stage.show('bia');
    await stage.pause(GLANCE_MS);
    const before = received(stage, 'bia');
    await press(stage, SWITCH);
    await stage.hand.waitFor('input[role="switch"]:not(:checked)');
    await passesOver(stage, 'bia', stage.words.said.whileOff);
    await stage.pause(READ_MS);
    holds(received(stage, 'bia'), before, 'nothing is answered while it is off');
  },

  'on-again': async (stage) => {
    await press(stage, SWITCH);
    await stage.hand.waitFor(LIT);
    await stage.pause(GLANCE_MS);
    await getsAnswer(stage, 'bia', [stage.words.said.again]);
    holds(lastText(stage, 'bia'), stage.words.bakery.rules[2]?.answer ?? '', 'the new question is answered');
  },

  unlink: async (stage) => {
    const before = [received(stage, 'caio'), received(stage, 'bia')];
    await press(stage, MENU);
    await press(stage, '[role="menuitem"].cut');
    await stage.hand.waitFor('dialog[open] .danger');
    await stage.pause(READ_MS);
    await press(stage, 'dialog .danger');
    await stage.hand.waitFor('.status[data-is="offline"]');
    await stage.until(() => stage.phones.person('ana').companions().length === 0, 'the phone lists no device');
    await stage.pause(READ_MS);
    holds(received(stage, 'mother'), [], 'nobody was written to who should not be');
    holds([received(stage, 'caio'), received(stage, 'bia')], before, 'no answer came twice or late');
  },
};

/** All that can happen, for nobody who watches. `begins` is called with each scene. Rejects with what did not hold. */
export async function playStory(stage: Stage, begins: (scene: SceneName) => void): Promise<void> {
  for (const scene of SCENES) {
    begins(scene);
    await PLAYED[scene](stage);
  }
}

/**
 * The chapters for somebody who watches. What comes before `from` happens unwatched, at once. `begins` is called with each chapter that is
 * watched. Rejects with what did not hold.
 */
export async function playChapters(
  { watched, unwatched }: { readonly watched: Stage; readonly unwatched: Stage },
  from: ChapterName,
  begins: (chapter: ChapterName) => void,
): Promise<void> {
  for (const chapter of CHAPTERS.slice(0, CHAPTERS.indexOf(from))) await PLAYED[chapter](unwatched);
  for (const chapter of CHAPTERS.slice(CHAPTERS.indexOf(from))) {
    begins(chapter);
    await PLAYED[chapter](watched);
    await watched.reach(beginOf(chapter) + CHAPTER_MS[chapter]);
  }
  // Whoever tries it now finds it on.
  await PLAYED['on-again'](unwatched);
}

function press({ hand, watched }: Stage, place: string): Promise<void> {
  return hand.press(place, watched);
}

/** Who wrote what the person's phone received, in order: the agent, or the owner by hand. */
function received({ phones }: Stage, name: PersonName): readonly string[] {
  return phones
    .talk(name)
    .other.filter(({ by }) => by !== 'contact')
    .map(({ by }) => by);
}

function lastText({ phones }: Stage, name: PersonName): string {
  return phones.talk(name).other.findLast(({ by }) => by !== 'contact')?.text ?? '';
}

async function receives(stage: Stage, name: PersonName, authors: readonly string[]): Promise<void> {
  await stage.until(() => received(stage, name).length >= authors.length, `${name} received ${authors.length}`);
  holds(received(stage, name), authors, `what ${name} received`);
}

/** Messages that get one answer together, and it comes from the agent. */
async function getsAnswer(stage: Stage, name: PersonName, texts: readonly string[]): Promise<void> {
  const before = received(stage, name);
  for (const text of texts) {
    await stage.phones.write(name, 'ana', text);
    if (text !== texts.at(-1)) await stage.pause(GLANCE_MS / 2);
  }
  await receives(stage, name, [...before, 'agent']);
}

/** A message that gets no answer: it has been judged when this resolves. */
async function passesOver(stage: Stage, name: PersonName, text: string): Promise<void> {
  const before = await stage.passedOver();
  await stage.phones.write(name, 'ana', text);
  await stage.until(async () => (await stage.passedOver()) > before, `what ${name} wrote is judged`);
}

function holds(found: unknown, wanted: unknown, what: string): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(wanted)} expected, ${JSON.stringify(found)} found`);
}
