/** The demo as it runs: a simulated WhatsApp with people, the real relay, an agent, and the popup on the page or in a browser's window. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import type { Language } from '../../shared/locales/languages.ts';
import { startWhatsApp, type WhatsApp } from '../simulator/whatsapp.ts';
import { codeIn } from '../support/camera.ts';
import { startBakery } from './bakery.ts';
import { type DemoRelay, startDemoRelay } from './demo-relay.ts';
import type { Act, PageState } from './frames.ts';
import type { Hand } from './hand.ts';
import { CONTACTS, Phones } from './phones.ts';
import { playChapters, playStory, type Stage } from './story.ts';
import { StoryClock } from './story-clock.ts';
import { beginOf } from './story-times.ts';
import { DEMO_WORDS } from './words/all.ts';
import {
  CHAPTERS,
  type ChapterName,
  type DemoFault,
  type DemoWords,
  GUIDE_STEPS,
  type GuideStep,
  type PersonName,
  type SceneName,
} from './words/demo-words.ts';

const LOOK_MS = 120;
const UNTIL_MS = 30_000;
const BURST_GAP_MS = 250;
const CLOCK_SLACK_MS = 60;
const AGENT = 'Recado';

type Status = Pick<AgentSnapshot, 'on' | 'link' | 'skippedToday' | 'ignoredWhileOff' | 'today' | 'contactsKnown'>;

class Stopped extends Error {}

async function downAll(down: (() => unknown)[]): Promise<void> {
  for (const step of down.splice(0).reverse()) await step();
}

export class Demo {
  language: Language;
  /** Where the popup is; null while none is open. */
  hand: Hand | null = null;
  popup: PageState['popup'] = 'here';
  /** Called with every new state. */
  changed: (state: PageState) => void = () => undefined;
  readonly #whatsapp: WhatsApp;
  readonly #relay: DemoRelay;
  readonly #phones: Phones;
  /** What puts each part away again, in the order in which they came. */
  readonly #down: (() => unknown)[];
  readonly #tried = new Set<GuideStep>();
  #fault: DemoFault | null = null;
  #scene: SceneName | null = null;
  #shown: PersonName = 'caio';
  #story: { readonly abort: AbortController; readonly clock: StoryClock } | null = null;
  #storyAt = { chapter: CHAPTERS[0] as ChapterName, elapsed: 0, at: 0, paused: false };
  #playedToEnd = false;
  #status: Status | null = null;
  #told = '';
  #ended = false;

  private constructor(parts: {
    readonly language: Language;
    readonly whatsapp: WhatsApp;
    readonly relay: DemoRelay;
    readonly down: (() => unknown)[];
  }) {
    this.language = parts.language;
    this.#whatsapp = parts.whatsapp;
    this.#relay = parts.relay;
    this.#down = parts.down;
    this.#phones = new Phones(parts.whatsapp, this.words.people);
  }

  static async start(language: Language): Promise<Demo> {
    const home = mkdtempSync(path.join(tmpdir(), 'recado-demo-'));
    const down: (() => unknown)[] = [() => rmSync(home, { recursive: true, force: true })];
    try {
      const whatsapp = await startWhatsApp();
      down.push(() => whatsapp.stop());
      const bakery = await startBakery(() => demo.words.bakery);
      down.push(() => bakery.stop());
      const relay = await startDemoRelay(whatsapp, path.join(home, 'relay'), language);
      down.push(() => relay.stop());
      const demo: Demo = new Demo({ language, whatsapp, relay, down });
      await relay.client.ask('agents.edit', {
        agent: AGENT,
        adapter: 'webhook',
        settings: { url: `${bakery.url}/webhook/bakery/chat` },
      });
      void demo.#watch();
      return demo;
    } catch (error) {
      await downAll(down);
      throw error;
    }
  }

  get words(): DemoWords {
    return DEMO_WORDS[this.language];
  }

  get port(): number {
    return this.#relay.port;
  }

  /** A code with which a browser is paired. */
  async pairingCode(): Promise<string> {
    return (await this.#relay.client.ask<{ text: string }>('pair')).text;
  }

  async stop(): Promise<void> {
    this.#ended = true;
    this.#story?.abort.abort();
    await downAll(this.#down);
  }

  /** What somebody at the page does. Never rejects: what went wrong is told on the page. */
  async act(act: Act): Promise<void> {
    this.#fault = null;
    this.#playedToEnd = false;
    if (act.do === 'play') return this.#playForPage(act.from);
    if (act.do === 'stop') return this.#story?.abort.abort();
    if (act.do === 'pause') return this.#story?.clock.hold();
    if (act.do === 'resume') return this.#story?.clock.resume();
    if (act.do === 'close') return;
    if (act.do === 'language') return this.#speak(act.language);
    if (act.do === 'front') return this.#front();
    // Whoever does something takes over.
    await this.#endStory();
    // Reading leaves no trace: whoever goes on has seen enough of it.
    if (this.state().next === 'why') this.#tried.add('why');
    try {
      await this.#do(act);
    } catch {
      this.#fault = act.do === 'scan' ? 'code-refused' : 'failed';
    }
  }

  /** Plays all that can happen, for nobody who watches; rejects with what did not hold. */
  async play(begins: (scene: SceneName) => void = () => undefined): Promise<void> {
    await this.#tell(async (signal, clock) => {
      await this.#beginAnew();
      await playStory(this.#stage(signal, clock, false), (scene) => {
        this.#scene = scene;
        begins(scene);
      });
    });
  }

  /** Plays the chapters, with time to read; rejects with what did not hold. */
  async show(from: ChapterName, begins: (chapter: ChapterName) => void = () => undefined): Promise<void> {
    await this.#tell(async (signal, clock) => {
      await this.#beginAnew();
      const stages = { watched: this.#stage(signal, clock, true), unwatched: this.#stage(signal, clock, false) };
      await playChapters(stages, from, (chapter) => {
        if (chapter === from) clock.set(beginOf(from));
        this.#scene = chapter;
        this.#storyAt = { ...this.#storyAt, chapter };
        begins(chapter);
      });
      this.#playedToEnd = true;
    });
  }

  async #tell(story: (signal: AbortSignal, clock: StoryClock) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    const clock = new StoryClock();
    this.#playedToEnd = false;
    this.#story = { abort, clock };
    try {
      await story(abort.signal, clock);
    } finally {
      this.#story = null;
      this.#scene = null;
    }
  }

  async #endStory(): Promise<void> {
    this.#story?.abort.abort();
    await this.#until(() => this.#story === null, 'the story has stopped');
  }

  async #playForPage(from: ChapterName): Promise<void> {
    // Another chapter: the one that plays gives way.
    await this.#endStory();
    if (!this.hand) {
      this.#fault = 'no-popup';
      return;
    }
    try {
      await this.show(from);
      for (const step of GUIDE_STEPS) this.#tried.add(step);
    } catch (error) {
      if (!(error instanceof Stopped)) this.#fault = 'failed';
    }
  }

  async #do(
    act: Exclude<Act, { do: 'play' | 'pause' | 'resume' | 'stop' | 'close' | 'language' | 'front' }>,
  ): Promise<void> {
    switch (act.do) {
      case 'look':
        this.#shown = act.by;
        return;
      case 'write':
        await this.#phones.write(act.by, act.to, act.text);
        if (act.by === 'ana') this.#tried.add('step-in');
        else if (act.by === 'mother') this.#tried.add('family');
        if (act.by !== 'ana' && this.#status?.on === false && this.#tried.has('write')) this.#tried.add('off');
        return;
      case 'burst':
        this.#tried.add('burst');
        for (const text of this.words.said.burst) {
          await this.#phones.write(act.by, 'ana', text);
          await delay(BURST_GAP_MS);
        }
        return;
      case 'voice':
        this.#tried.add('voice');
        return this.#phones.sendVoice(act.by);
      case 'cut':
        this.#tried.add('cut');
        return this.#whatsapp.cut(this.#phones.person('ana'));
      case 'unlink':
        return this.#phones.person('ana').unlink();
      default:
        return this.#scan();
    }
  }

  async #scan(): Promise<void> {
    if (!this.hand) {
      this.#fault = 'no-popup';
      return;
    }
    const picture = await this.hand.picture();
    const code = picture === null ? null : await codeIn(picture);
    if (code === null) {
      this.#fault = 'no-code';
      return;
    }
    await this.#phones.person('ana').scan(code);
  }

  async #speak(language: Language): Promise<void> {
    await this.#endStory();
    this.language = language;
    await this.#front();
  }

  async #front(): Promise<void> {
    try {
      await this.hand?.open(this.language);
    } catch {
      this.#fault = 'no-popup';
    }
  }

  /** Nothing linked, no chat held, and empty screens: as if nobody had tried anything. */
  async #beginAnew(): Promise<void> {
    const ana = this.#phones.person('ana');
    if (ana.companions().length > 0) ana.unlink();
    await this.#until(async () => (await this.#look()).link.account === null, 'the number is free');
    for (const name of CONTACTS) {
      const chat = this.#phones.person(name).number;
      await this.#relay.client.ask('chats.release', { agent: AGENT, chat }).catch(() => {
        // Nobody has written from there yet: there is no such chat.
      });
    }
    // What was said before would be remembered, and the same words are not sent twice in a row.
    await this.#relay.client.ask('forget', { agent: AGENT });
    this.#phones.clear();
  }

  #stage(signal: AbortSignal, clock: StoryClock, watched: boolean): Stage {
    const { hand } = this;
    if (!hand) throw new Error('there is no popup');
    const reach = async (ms: number): Promise<void> => {
      if (watched) await clock.until(ms, () => signal.aborted);
      if (signal.aborted) throw new Stopped();
    };
    return {
      hand,
      phones: this.#phones,
      words: this.words,
      scan: async () => {
        let code: string | null = null;
        await this.#until(async () => {
          const picture = await hand.picture();
          code = picture && (await codeIn(picture));
          return code !== null;
        }, 'a code can be read');
        await this.#phones.person('ana').scan(code ?? '');
      },
      cut: () => this.#whatsapp.cut(this.#phones.person('ana')),
      until: (condition, what) => this.#until(condition, what, signal),
      isConnected: async () => {
        const { link, contactsKnown } = await this.#look();
        return link.status === 'connected' && contactsKnown;
      },
      isOn: async () => (await this.#look()).on,
      passedOver: async () => {
        const { skippedToday, ignoredWhileOff } = await this.#look();
        return skippedToday + ignoredWhileOff;
      },
      show: (person) => {
        this.#shown = person;
      },
      watched,
      pause: (ms) => reach(clock.elapsed + ms),
      reach,
    };
  }

  async #until(condition: () => boolean | Promise<boolean>, what: string, signal?: AbortSignal): Promise<void> {
    const deadline = performance.now() + UNTIL_MS;
    while (!(await condition())) {
      if (signal?.aborted) throw new Stopped();
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
      await delay(LOOK_MS);
    }
  }

  async #look(): Promise<Status> {
    const { agents } = await this.#relay.client.ask<{ agents: readonly Status[] }>('status');
    const [agent] = agents;
    if (!agent) throw new Error('the relay has no agent');
    return agent;
  }

  /** Tells what phones and relay show, as often as it changes. */
  async #watch(): Promise<void> {
    while (!this.#ended) {
      // A relay that does not answer shows on the popup; the phones go on.
      this.#status = await this.#look().catch(() => this.#status);
      this.#phones.look(this.#shown);
      const state = this.state();
      const text = JSON.stringify(state);
      if (text !== this.#told) this.changed(state);
      this.#told = text;
      await delay(LOOK_MS);
    }
  }

  state(): PageState {
    const talks = CONTACTS.map((name) => [name, this.#phones.talk(name)] as const);
    const devices = this.#phones.person('ana').companions().length;
    this.#see(
      devices,
      talks.some(([, { other }]) => other.some(({ by }) => by === 'agent')),
    );
    return {
      language: this.language,
      popup: this.popup,
      next: GUIDE_STEPS.find((step) => !this.#tried.has(step)) ?? 'done',
      scene: this.#scene,
      story: this.#storyState(),
      ended: this.#playedToEnd && this.#story === null,
      typing: this.#phones.typingTo(),
      fault: this.#fault,
      devices,
      shown: this.#shown,
      owner: Object.fromEntries(talks.map(([name, { owner }]) => [name, owner])),
      other: Object.fromEntries(talks.map(([name, { other }]) => [name, other])),
    };
  }

  /** Told anew only where it is not what a clock would say by itself. */
  #storyState(): PageState['story'] {
    if (!this.#story) return null;
    const { elapsed, paused } = this.#story.clock;
    const told = this.#storyAt;
    const expected = told.elapsed + (told.paused ? 0 : Date.now() - told.at);
    if (paused !== told.paused || Math.abs(elapsed - expected) > CLOCK_SLACK_MS)
      this.#storyAt = { ...told, elapsed, at: Date.now(), paused };
    return this.#storyAt;
  }

  /** What shows by itself that it was tried. */
  #see(devices: number, answered: boolean): void {
    if (this.#tried.has('cut') && devices === 0) this.#tried.add('unlink');
    if (devices > 0) this.#tried.add('link');
    if (this.#status?.on) this.#tried.add('switch-on');
    if (answered) this.#tried.add('write');
  }
}
