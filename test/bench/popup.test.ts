/**
 * How long the popup takes beside an empty one, in turns in some browsers, and how much script it loads. Judges the size alone.
 * A browser shows frames every 16 ms and counts from a moment of its own, so that a median jumps by a frame from one browser to the
 * next: these are means, over several browsers.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { build } from 'wxt';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { MOST_SCRIPT, popupScriptBytes } from '../support/popup-scripts.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { codeOf } from '../support/toolbar-bench.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const EMPTY = path.join(import.meta.dirname, 'empty-popup');
const BENCH = path.join(ROOT, '.output', 'bench');
const BROWSERS = 4;
const ROUNDS = 20;

type Times = { readonly paint: number; readonly spoke: number };

inChromium('the popup beside an empty one', async () => {
  await buildEmpty();
  const whatsapp = await loopbackWhatsApp();
  const relay = await startRelayBench(whatsapp);
  await relay.link('Recado', whatsapp.account({ number: '5511999990001', name: 'Ana' }));
  const empty: number[] = [];
  const ours: Times[] = [];
  let version = '';
  for (let each = 0; each < BROWSERS; each++) {
    const chromium = await startChromium();
    const first = new PopupDriver(await chromium.openPopup());
    await first.pair(await codeOf(relay), relay.port);
    await first.shows('Conectado com sucesso');
    await first.close();
    const emptyId = await chromium.browser.installExtension(path.join(BENCH, 'empty-popup', 'chrome-mv3'));
    for (let round = 0; round < ROUNDS; round++) {
      const blank = await chromium.openPopup(emptyId);
      empty.push(await paintOf(blank));
      await blank.close();
      const page = await chromium.openPopup();
      ours.push({ paint: await paintOf(page), spoke: await markOf(page, 'relay-spoke') });
      await page.close();
    }
    version = await chromium.browser.version();
    await chromium.browser.close();
  }

  const size = Math.max(...LANGUAGE_CODES.map(popupScriptBytes));
  const base = mean(empty);
  const figures = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    browser: version,
    browsers: BROWSERS,
    rounds: ROUNDS,
    emptyPaintMs: base,
    paintMs: mean(ours.map(({ paint }) => paint)),
    relaySpokeMs: mean(ours.map(({ spoke }) => spoke)),
    scriptBytes: size,
  };
  mkdirSync(BENCH, { recursive: true });
  writeFileSync(path.join(BENCH, 'popup.json'), `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(tableOf(figures, base));
  expect(size).toBeLessThanOrEqual(MOST_SCRIPT);
});

/** As for people: a test runner's own mode would make the baseline slower than it is. */
async function buildEmpty(): Promise<void> {
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    root: EMPTY,
    configFile: false,
    manifest: { name: 'Empty', version: '1.0.0' },
    imports: false,
    outDir: path.join(BENCH, 'empty-popup'),
    logger: SILENT,
  });
  process.env.NODE_ENV = mode;
}

function tableOf(
  { machine, browser, browsers, rounds, paintMs, relaySpokeMs, scriptBytes }: Record<string, unknown>,
  base: number,
): string {
  const row = (name: string, ms: number): string => `| ${name} | ${ms.toFixed(0)} ms | ${(ms / base).toFixed(2)} |\n`;
  return (
    `\n${machine}, ${browser}, means of ${browsers} browsers, ${rounds} rounds in turns in each\n\n| from the start of the document | | ratio |\n|---|---|---|\n` +
    row('empty popup: first contentful paint', base) +
    row('popup: first contentful paint', Number(paintMs)) +
    row('popup: first word of the relay', Number(relaySpokeMs)) +
    `\nScript loaded for the card: ${(Number(scriptBytes) / 1_000).toFixed(1)} kB gzip, of ${MOST_SCRIPT / 1_000} kB\n`
  );
}

async function paintOf(page: Page): Promise<number> {
  return markOf(page, 'first-contentful-paint');
}

async function markOf(page: Page, name: string): Promise<number> {
  const handle = await page.waitForFunction((wanted) => performance.getEntriesByName(wanted)[0]?.startTime, {}, name);
  return Number(await handle.jsonValue());
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Its own progress is not part of the table. */
const SILENT = {
  debug: () => undefined,
  log: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
  success: () => undefined,
  level: 0,
};
