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

const FOLDER = path.join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const LANGUAGES: readonly Language[] = ['en', 'pt-BR'];
const SIZE = { width: 1_220, height: 800 };
const WIDTH = 976;
const LOOK_MS = 150;
const STORY_MS = 30_000;
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
    const frames: Frame[] = [];
    let over = false;
    const filming = film(page, frames, () => over);
    await demo.play(true, (scene) => {
      process.stdout.write(`${language}: ${scene}\n`);
      if (scene === 'step-in') void still(page, language);
    });
    over = true;
    await filming;
    const seconds = ((frames.at(-1)?.at ?? 0) - (frames[0]?.at ?? 0)) / 1_000;
    process.stdout.write(`${language}: ${seconds.toFixed(0)} s\n`);
    await animate(frames, language);
  } finally {
    await browser.close();
    await server.stop();
    await demo.stop();
  }
}

async function film(page: Page, frames: Frame[], isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const png = await page.screenshot({ type: 'png' });
    if (!frames.at(-1) || Buffer.compare(frames.at(-1)?.png ?? new Uint8Array(), png) !== 0)
      frames.push({ png, at: performance.now() });
    await delay(LOOK_MS);
  }
}

/** The popup alone, lit, in both colour schemes; and the whole page, for those who want nothing that moves. */
async function still(page: Page, language: Language): Promise<void> {
  const popup = await page.$('.demo-window');
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

/** The story in half a minute: every frame is there, each for its part of the time. */
async function animate(frames: readonly Frame[], language: Language): Promise<void> {
  const [first] = frames;
  const last = frames.at(-1);
  if (!first || !last) throw new Error('nothing was filmed');
  const scale = (STORY_MS - LAST_MS) / (last.at - first.at);
  const shrunk = await Promise.all(frames.map(({ png }) => sharp(png).resize(WIDTH).png().toBuffer()));
  const delays = frames.map(({ at }, index) =>
    Math.round(((frames[index + 1]?.at ?? at + LAST_MS / scale) - at) * scale),
  );
  await sharp(shrunk, { join: { animated: true } })
    .webp({ delay: delays, loop: 0, quality: 70, effort: 6 })
    .toFile(path.join(FOLDER, `story.${language}.webp`));
}

await run();
