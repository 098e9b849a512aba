/** The story that the demo plays by itself, scene by scene, and what must hold after each: the two phones are asked, not the relay. */
import type { Hand } from './hand.ts';
import type { Phones } from './phones.ts';
import { type DemoWords, type PersonName, SCENES, type SceneName } from './words/demo-words.ts';

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
  /** Time to read, milliseconds; none where nobody watches. */
  pause(ms: number): Promise<void>;
};

type Scene = (stage: Stage) => Promise<void>;

const SWITCH = 'input[role="switch"]:enabled';
const LIT = '.note[data-lit]';
const MENU = '.icon-btn[aria-haspopup="menu"]';
const READ_MS = 1_900;
const GLANCE_MS = 750;

const PLAYED: Readonly<Record<SceneName, Scene>> = {
  link: async (stage) => {
    await stage.pause(GLANCE_MS);
    await stage.hand.press('.primary');
    await stage.hand.waitFor('.qr svg');
    await stage.pause(READ_MS);
    await stage.scan();
    await stage.until(() => stage.isConnected(), 'the number is linked');
    await stage.hand.waitFor(SWITCH);
  },

  'switch-on': async (stage) => {
    await stage.pause(GLANCE_MS);
    if (!(await stage.isOn())) {
      await stage.hand.press(SWITCH);
      await stage.hand.waitFor(`dialog [data-first], ${LIT}`);
      if (!(await stage.isOn())) {
        await stage.pause(READ_MS);
        await stage.hand.press('dialog [data-first]');
      }
    }
    await stage.hand.waitFor(LIT);
  },

  answer: async (stage) => {
    stage.show('caio');
    await stage.pause(GLANCE_MS);
    await stage.phones.write('caio', 'ana', stage.words.said.question);
    await receives(stage, 'caio', ['agent']);
  },

  'step-in': async (stage) => {
    await stage.phones.write('ana', 'caio', stage.words.said.stepIn);
    await receives(stage, 'caio', ['agent', 'owner']);
    await stage.pause(READ_MS);
    await passesOver(stage, 'caio', stage.words.said.thanks);
    await stage.pause(GLANCE_MS);
    holds(received(stage, 'caio'), ['agent', 'owner'], 'the agent keeps out of the chat that Ana took over');
  },

  burst: async (stage) => {
    stage.show('bia');
    for (const text of stage.words.said.burst) {
      await stage.phones.write('bia', 'ana', text);
      await stage.pause(GLANCE_MS / 2);
    }
    await receives(stage, 'bia', ['agent']);
  },

  voice: async (stage) => {
    await stage.phones.sendVoice('bia');
    await receives(stage, 'bia', ['agent', 'agent']);
    holds(lastText(stage, 'bia'), stage.words.bakery.voice, 'the agent says that it cannot listen');
  },

  family: async (stage) => {
    stage.show('mother');
    await stage.pause(GLANCE_MS);
    await passesOver(stage, 'mother', stage.words.said.family);
    await stage.hand.press('.go');
    await stage.hand.waitFor('.causes li');
    await stage.pause(READ_MS);
    holds(received(stage, 'mother'), [], 'whoever is in the address book gets no answer');
    await stage.hand.press('.bar > .icon-btn');
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
    await stage.hand.press(MENU);
    // Third: off for an hour.
    await stage.hand.press('[role="menuitem"]:nth-of-type(3)');
    await stage.hand.waitFor('input[role="switch"]:not(:checked)');
    await stage.pause(GLANCE_MS);
    await passesOver(stage, 'bia', stage.words.said.whileOff);
    await stage.pause(READ_MS);
    holds(received(stage, 'bia'), ['agent', 'agent'], 'nothing is answered while it is off');
  },

  'on-again': async (stage) => {
    await stage.hand.press(SWITCH);
    await stage.hand.waitFor(LIT);
    await stage.pause(GLANCE_MS);
    await stage.phones.write('bia', 'ana', stage.words.said.again);
    await receives(stage, 'bia', ['agent', 'agent', 'agent']);
    holds(lastText(stage, 'bia'), stage.words.bakery.rules[1]?.answer ?? '', 'the new question is answered');
  },

  unlink: async (stage) => {
    await stage.hand.press(MENU);
    await stage.hand.press('[role="menuitem"].cut');
    await stage.hand.waitFor('dialog[open] .danger');
    await stage.pause(READ_MS);
    await stage.hand.press('dialog .danger');
    await stage.hand.waitFor('.status[data-is="offline"]');
    await stage.until(() => stage.phones.person('ana').companions().length === 0, 'the phone lists no device');
    await stage.pause(READ_MS);
    holds(received(stage, 'mother'), [], 'nobody was written to who should not be');
    holds(received(stage, 'caio'), ['agent', 'owner'], 'no answer came twice or late');
    holds(
      received(stage, 'bia'),
      ['agent', 'agent', 'agent'],
      'one answer to three messages, and none to what came while off',
    );
  },
};

/** `begins` is called with each scene. Rejects with what did not hold. */
export async function playStory(stage: Stage, begins: (scene: SceneName) => void): Promise<void> {
  for (const scene of SCENES) {
    begins(scene);
    await stage.pause(READ_MS);
    await PLAYED[scene](stage);
    await stage.pause(GLANCE_MS);
  }
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
