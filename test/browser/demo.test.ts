/** The demo: its story in the real extension, and on the page that any browser shows, asserted by what the simulated phones received. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { urlToHttpOptions } from 'node:url';
import type { Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { expect, inject, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { LANGUAGE_CODES, type Language } from '../../shared/locales/languages.ts';
import { Demo } from '../demo/demo.ts';
import { buildPage } from '../demo/page-build.ts';
import { PageServer } from '../demo/page-server.ts';
import { DEMO_WORDS } from '../demo/words/all.ts';
import { SCENES } from '../demo/words/demo-words.ts';
import { barriersOf } from '../support/accessibility.ts';
import { inChromium } from '../support/chromium.ts';
import { launchChromium } from '../support/chromium-launch.ts';
import { inFirefox } from '../support/firefox.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** The demo without a window, and the address of its page. */
async function startDemo(language: Language): Promise<{ demo: Demo; url: string }> {
  const files = await buildPage(temporaryDirectory());
  const demo = await Demo.start(language);
  onTestFinished(() => demo.stop());
  const server = new PageServer(demo, files, 'a run of its own');
  const url = await server.start(0);
  onTestFinished(() => server.stop());
  return { demo, url };
}

async function openPage(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(60_000);
  await page.setViewport({ width: 1_280, height: 800 });
  await page.goto(url);
  await page.locator('#popup .primary').wait();
}

async function chromiumPage(url: string): Promise<Page> {
  const { browser } = await launchChromium(inject('chromium') ?? '', { language: 'en', headless: true });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await openPage(page, url);
  return page;
}

inChromium('the story holds in the real extension, scene by scene, and says what the phones received', async () => {
  const child = spawn(process.execPath, ['test/demo/main.ts', '--headless', '--language', 'es'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: '' },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { scenes, people, said } = DEMO_WORDS.es;
  for (const scene of SCENES) expect(out).toContain(scenes[scene]);
  expect(out.slice(out.indexOf(`${people.mother}:`))).toContain(`contact ${said.family}`);
});

inChromium('interrupted, it leaves nothing behind: no process, no file', async () => {
  const temporary = temporaryDirectory();
  const child = spawn(process.execPath, ['test/demo/main.ts', '--no-browser', '--language', 'en'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: '', TMPDIR: temporary },
  });
  const closed = once(child, 'close');
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await expect.poll(() => said, { timeout: 60_000 }).toContain(DEMO_WORDS.en.terminal.stop);
  expect(readdirSync(temporary).length).toBeGreaterThan(0);
  child.kill('SIGINT');
  // Its pipes close with the last process that has them: its relay's end too.
  expect(await closed).toEqual([0, null]);
  expect(said).toContain(DEMO_WORDS.en.terminal.gone);
  expect(readdirSync(temporary)).toEqual([]);
});

inChromium('somebody tries it by hand: each step is offered when the one before is done', async () => {
  const { demo, url } = await startDemo('en');
  const page = await chromiumPage(url);
  const next = (step: string) => expect.poll(() => demo.state().next, { timeout: 60_000 }).toBe(step);
  await next('link');
  await page.locator('.phone-devices .btn').click();
  await page.locator('.demo-fault').wait();
  expect(await page.$eval('.demo-fault', ({ textContent }) => textContent)).toContain('“Scan QR Code” in the popup');
  await page.locator('#popup .primary').click();
  await page.locator('#popup .qr svg').wait();
  await page.locator('.phone-devices .btn').click();
  await next('switch-on');
  await page.locator('#popup input[role="switch"]:enabled').click();
  await page.locator('#popup dialog [data-first]').click();
  await next('write');
  await page.locator('#write-other').fill('When do you open?');
  await page.keyboard.press('Enter');
  await next('step-in');
  await page.locator('#write-owner').fill('I am here myself');
  await page.keyboard.press('Enter');
  await next('burst');
  await page.locator('.phone.other summary').click();
  await page.locator('.phone.other .phone-more > .btn').click();
  await next('voice');
  // Where nothing is written, the same button speaks.
  await page.locator('.phone.other .phone-write button').click();
  await next('family');
  await page.locator('.phone.other summary').click();
  await page.locator('.phone.other .phone-who .btn:nth-of-type(3)').click();
  await page.locator('#write-other').fill('Are you coming?');
  await page.keyboard.press('Enter');
  await next('why');
  await page.locator('#popup input[role="switch"]:enabled').click();
  await page.locator('#popup .switch:not(:checked)').wait();
  await expect.poll(() => page.$eval('#popup', ({ textContent }) => textContent)).toContain('Only you are answering');
  await page.locator('#write-other').fill('Anybody there?');
  await page.keyboard.press('Enter');
  await next('cut');
  await page.locator('.demo-head .btn').click();
  await next('unlink');
  await page.locator('.phone.owner summary').click();
  await page.locator('.phone.owner .phone-devices .btn').click();
  await next('done');
  expect(demo.state().other.mother?.map(({ by }) => by)).toEqual(['contact', 'contact']);
});

inChromium(
  'somebody watches: a chapter is chosen, held and gone on with; the ticks are true, and the end leads on',
  async () => {
    const { demo, url } = await startDemo('pt-BR');
    const page = await chromiumPage(url);
    const textOf = (place: string) => page.$eval(place, ({ textContent }) => textContent);
    await page.locator('.demo-chapters li:nth-of-type(5) button').click();
    await page.locator('.demo-now').wait();
    await expect.poll(() => textOf('.demo-now'), { timeout: 60_000 }).toBe('Devolver');
    expect(await textOf('.demo-subtitle')).toBe(DEMO_WORDS['pt-BR'].scenes['give-back']);
    expect(await textOf('.demo-time')).toMatch(/^0:3\d de 0:45$/);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press(' ');
    await expect.poll(() => demo.state().story?.paused).toBe(true);
    const held = demo.state().story?.elapsed ?? 0;
    // It goes on with the next press alone, from where it was.
    await page.locator('.demo-chapters .icon-btn[aria-label="Continuar"]').click();
    await expect.poll(() => demo.state().story?.paused).toBe(false);
    expect((demo.state().story?.elapsed ?? 0) - held).toBeLessThan(100);
    await page.locator('.demo-halo').wait();
    await page.locator('.demo-curtain').wait();
    const [asked, answered] = demo.state().owner.caio ?? [];
    expect([asked?.ticks, answered?.by, answered?.ticks]).toEqual([null, 'agent', 'read']);
    // Nobody is told that a message was read unless the owner wants it.
    expect(demo.state().other.caio?.[0]?.ticks).toBe('delivered');
    await page.locator('.demo-yours li .btn').click();
    await page.waitForSelector('.demo-curtain', { hidden: true });
    await page.waitForFunction(() => document.activeElement?.id === 'write-other');
    await page.keyboard.type('Quanto custa um bolo?');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => demo.state().other.caio?.at(-1)?.text, { timeout: 60_000 })
      .toBe('O bolo de cenoura custa *R$ 35*.');
  },
);

for (const language of LANGUAGE_CODES) {
  inChromium(`everybody can use the page in ${language}, and it says what is simulated`, async () => {
    const { demo, url } = await startDemo(language === 'en' ? 'es' : 'en');
    const page = await chromiumPage(url);
    await page.select('.demo-language select', language);
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, {}, language);
    await page.locator('#popup .primary').wait();
    expect(await page.$eval('.demo-simulated', ({ textContent }) => textContent)).toBe(DEMO_WORDS[language].simulated);
    await demo.act({ do: 'write', by: 'caio', to: 'ana', text: 'oi' });
    await page.locator('.phone-talk li').wait();
    await page.locator('.phone.other summary').click();
    for (const scheme of ['light', 'dark']) {
      // Half-way through a change of colours nothing has its colour yet.
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      expect(await barriersOf(page)).toEqual([]);
    }
  });
}

inFirefox(
  'the story holds on the page too, where the popup stands between the phones, in Firefox as well',
  async () => {
    const { demo, url } = await startDemo('pt-BR');
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: inject('firefox') ?? '',
      headless: true,
    });
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await openPage(page, url);
    expect(await page.$eval('#popup', ({ textContent }) => textContent)).toContain('Nenhum número conectado');
    // The story begins anew, whatever was tried before.
    await demo.act({ do: 'write', by: 'caio', to: 'ana', text: 'antes' });
    await demo.play();
    const { other, owner, devices } = demo.state();
    expect(devices).toBe(0);
    const said = ['contact', 'agent', 'owner', 'contact', 'contact', 'agent'];
    expect(other.caio?.map(({ by }) => by)).toEqual(said);
    expect(owner.caio?.map(({ by }) => by)).toEqual(said);
    expect(other.mother?.map(({ by }) => by)).toEqual(['contact']);
  },
);

inChromium('no other page is let in, by its name or to the relay behind it', async () => {
  const { url } = await startDemo('en');
  const refused = (where: string) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}${where}`, { origin: 'http://evil.example' });
      socket.on('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode));
      socket.on('error', () => undefined);
    });
  expect(await refused('events')).toBe(403);
  expect(await refused('relay/')).toBe(403);
  expect((await fetch(`${url}pairing`)).status).toBe(404);
  // Whatever is asked for, it goes on.
  for (const target of ['//', '///x', '/\\', 'http://[', '*']) {
    const asking = request({ ...urlToHttpOptions(new URL(url)), path: target });
    asking.on('error', () => undefined);
    asking.end();
    await Promise.race([once(asking, 'response'), once(asking, 'close')]);
  }
  expect((await fetch(url)).status).toBe(200);
});
