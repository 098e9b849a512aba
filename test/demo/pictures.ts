/**
 * `npm run pictures`: the pictures of the documents. From the demo the popup lit and the story as an animation, in both languages of the
 * documents; from the machines what they do. Beside them lies what they were made of: a test compares it with the sources of now.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import { freshBuild } from '../../extension/build/fresh-build.ts';
import type { Language } from '../../shared/locales/languages.ts';
import { findBrowser, howToGet } from '../support/browser-finder.ts';
import { launchChromium } from '../support/chromium-launch.ts';
import { Demo } from './demo.ts';
import { machinePictures } from './machine-pictures.ts';
import { buildPage } from './page-build.ts';
import { PageServer } from './page-server.ts';
import { pictureSources } from './picture-sources.ts';
import { STORY_MS } from './story-times.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const LANGUAGES: readonly Language[] = ['en', 'pt-BR'];
const SIZE = { width: 1_280, height: 800 };
const WIDTH = 976;
const LOOK_MS = 150;
const LAST_MS = 3_000;

type Frame = { readonly png: Uint8Array; readonly at: number };

async function run(): Promise<void> {
  const program = findBrowser('chromium');
  if (program === null) throw new Error(`there is no Chromium: ${howToGet('chromium')}`);
  for (const what of ['relay', 'extension'] as const) {
    const build = freshBuild(what);
    if (build.type === 'failed') throw new Error(`the ${what} could not be built: ${build.why}`);
  }
  const files = await buildPage(path.join(import.meta.dirname, '..', '..', '.output', 'demo'));
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, svg] of await machinePictures()) writeFileSync(path.join(FOLDER, name), svg);
  for (const language of LANGUAGES) await draw(program, files, language);
  writeFileSync(path.join(FOLDER, 'made-of.txt'), `${pictureSources()}\n`);
}

async function draw(program: string, files: ReadonlyMap<string, string>, language: Language): Promise<void> {
  const demo = await Demo.start(language);
  const server = new PageServer(demo, files, `pictures-${language}`);
  const url = await server.start(0);
  const { browser } = await launchChromium(program, {
    language,
    headless: true,
    flags: ['--disable-gpu', '--font-render-hinting=none', '--disable-lcd-text', '--force-prefers-reduced-motion'],
  });
  try {
    const page = await browser.newPage();
    await page.setViewport(SIZE);
    await page.goto(url);
    await page.locator('#popup .primary').wait();
    const camera = new Camera(page, demo);
    const filming = camera.film();
    await demo.show('link', (chapter) => {
      process.stdout.write(`${language}: ${chapter}\n`);
      if (chapter === 'step-in') void camera.rest(() => still(page, language));
    });
    await page.locator('.demo-curtain').wait();
    camera.end();
    await filming;
    const { frames } = camera;
    const seconds = ((frames.at(-1)?.at ?? 0) - (frames[0]?.at ?? 0)) / 1_000;
    process.stdout.write(`${language}: ${seconds.toFixed(0)} s\n`);
    await animate(frames, language);
  } finally {
    await browser.close();
    await server.stop();
    await demo.stop();
  }
}

/** Films the page by the story's own clock, and not while something else is made of it. */
class Camera {
  readonly frames: Frame[] = [];
  readonly #page: Page;
  readonly #demo: Demo;
  #resting: Promise<void> | null = null;
  #shot: Promise<unknown> = Promise.resolve();
  #over = false;

  constructor(page: Page, demo: Demo) {
    this.#page = page;
    this.#demo = demo;
  }

  async film(): Promise<void> {
    while (!this.#over) {
      await this.#resting;
      const shot = this.#page.screenshot({ type: 'png' });
      this.#shot = shot;
      const png = await shot;
      const last = this.frames.at(-1);
      const at = this.#demo.state().story?.elapsed;
      const since = at === undefined ? undefined : at + Date.now() - (this.#demo.state().story?.at ?? 0);
      if (!last || Buffer.compare(last.png, png) !== 0) this.frames.push({ png, at: since ?? STORY_MS });
      await delay(LOOK_MS);
    }
  }

  /** The story is held meanwhile. */
  async rest(work: () => Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#resting = promise;
    await this.#demo.act({ do: 'pause' });
    await this.#shot;
    await work();
    await this.#demo.act({ do: 'resume' });
    this.#resting = null;
    resolve();
  }

  end(): void {
    this.#over = true;
  }
}

/** The popup alone, lit, in both colour schemes; and the whole page, for those who want nothing that moves. */
async function still(page: Page, language: Language): Promise<void> {
  const popup = await page.$('.demo-window');
  await page.evaluate(() => document.body.removeAttribute('data-playing'));
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const png = await popup?.screenshot({ type: 'png' });
    if (png)
      await sharp(png)
        .png({ palette: true })
        .toFile(path.join(FOLDER, `popup-${scheme}.${language}.png`));
  }
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  const png = await page.screenshot({ type: 'png' });
  await sharp(png)
    .resize(WIDTH)
    .png({ palette: true })
    .toFile(path.join(FOLDER, `story-still.${language}.png`));
}

/** The story as long as it lasts: every frame is there, each for its part of the time. */
async function animate(frames: readonly Frame[], language: Language): Promise<void> {
  const [first] = frames;
  const last = frames.at(-1);
  if (!first || !last) throw new Error('nothing was filmed');
  const shrunk = await Promise.all(frames.map(({ png }) => sharp(png).resize(WIDTH).png().toBuffer()));
  const delays = frames.map(({ at }, index) => Math.max(20, (frames[index + 1]?.at ?? at + LAST_MS) - at));
  await sharp(shrunk, { join: { animated: true } })
    .webp({ delay: delays, loop: 0, quality: 70, effort: 6 })
    .toFile(path.join(FOLDER, `story.${language}.webp`));
}

await run();
