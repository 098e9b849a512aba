/** Starts a Chromium, Chrome or Edge with a built extension in it. */
import path from 'node:path';
import puppeteer, { type Browser, type WebWorker } from 'puppeteer-core';
import { CHROMIUM_ID } from '../../shared/extension-identity.ts';
import type { Language } from '../../shared/locales/languages.ts';

/** The build that is shipped. */
const BUILT = path.join(import.meta.dirname, '..', '..', 'recado-extension', 'chrome');
const WAKING_MS = 45_000;

/** Nothing that calls home. */
const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
];

export type ChromiumLaunch = {
  readonly language: Language;
  readonly headless: boolean;
  /** The folder of another build than the one that is shipped. */
  readonly extension?: string;
  readonly flags?: readonly string[];
  /** Besides this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The profile's folder; a new one otherwise. */
  readonly profile?: string;
  /** Of those that puppeteer gives by itself. */
  readonly withoutFlags?: readonly string[];
  /** The page that opens with a new extension stays. */
  readonly keepsFirstPage?: boolean;
};

export type LaunchedChromium = {
  readonly browser: Browser;
  readonly extensionId: string;
  /** The extension's background, woken if the browser has ended it; `of`: another extension's id. */
  background(of?: string): Promise<WebWorker>;
};

export async function launchChromium(
  executablePath: string,
  {
    language,
    headless,
    extension = BUILT,
    flags = [],
    withoutFlags = [],
    environment,
    profile,
    keepsFirstPage = false,
  }: ChromiumLaunch,
): Promise<LaunchedChromium> {
  const browser = await puppeteer.launch({
    executablePath,
    headless,
    pipe: true,
    enableExtensions: true,
    defaultViewport: null,
    ...(environment && { env: { ...process.env, ...environment } }),
    ...(profile !== undefined && { userDataDir: profile }),
    ignoreDefaultArgs: [...withoutFlags],
    // Whoever is interrupted puts everything away, the browser among it; puppeteer would end the process at once.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...QUIET,
      ...flags,
      // What pages are told; the browser's own words need a language package that may not be there.
      `--accept-lang=${language}`,
      // Chromium refuses root with its sandbox; what runs here is ours alone.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    const extensionId = await browser.installExtension(extension);
    if (extensionId === CHROMIUM_ID && !keepsFirstPage) await closeFirstPage(browser);
    return { browser, extensionId, background: (of = extensionId) => backgroundOf(browser, of) };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function closeFirstPage(browser: Browser): Promise<void> {
  const target = await browser.waitForTarget((each) => each.url().endsWith('/welcome.html'), { timeout: WAKING_MS });
  await (await target.page())?.close();
}

async function backgroundOf(browser: Browser, extensionId: string): Promise<WebWorker> {
  const target = await browser.waitForTarget(
    (each) => each.type() === 'service_worker' && each.url().includes(extensionId),
    { timeout: WAKING_MS },
  );
  const worker = await target.worker();
  if (!worker) throw new Error('the background is no worker');
  return worker;
}
