/**
 * `npm run demo`: all of Recado, with a simulated WhatsApp, on this computer alone.
 * `--headless` plays the story without a window and says what happened: exit code 1 where something did not hold.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freshBuild } from '../../extension/build/fresh-build.ts';
import { LANGUAGE_CODES, type Language, spokenIn } from '../../shared/locales/languages.ts';
import { findBrowser } from '../support/browser-finder.ts';
import { Demo } from './demo.ts';
import { buildPage } from './page-build.ts';
import { PageServer } from './page-server.ts';
import { PopupWindow } from './popup-window.ts';
import { DEMO_WORDS } from './words/all.ts';

const USAGE = `npm run -s demo -- [--language pt-BR|en|es] [--port N] [--no-browser] [--headless]
All of Recado with a simulated WhatsApp, on this computer alone. --port: where its page is, by default a free one.
--no-browser opens no window and prints the page's address. --headless plays the story without a window and says what happened.
`;

const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    port: { type: 'string', default: '0' },
    'no-browser': { type: 'boolean', default: false },
    headless: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const system = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
const language: Language | undefined = values.language
  ? LANGUAGE_CODES.find((code) => code === values.language)
  : (spokenIn(system) ?? 'pt-BR');
const port = Number(values.port);

if (values.help || !language || !Number.isInteger(port) || port < 0 || port > 65_535) {
  (values.help ? process.stdout : process.stderr).write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else await run(language);

async function run(spoken: Language): Promise<void> {
  const { terminal } = DEMO_WORDS[spoken];
  // Interrupted while it starts, it starts to the end and stops then: nothing is left half-way.
  const ended = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ended.resolve());
  const down: (() => unknown)[] = [];
  try {
    process.stdout.write(`${terminal.building}\n`);
    const { demo, popup, url } = await start(spoken, down);
    popup?.chromium.browser.once('disconnected', () => ended.resolve());
    if (values.headless) await Promise.race([playHeadless(demo, popup), ended.promise.then(interrupted)]);
    else {
      await popup?.showPage(url);
      process.stdout.write(
        `${popup ? terminal.inWindow : `${terminal.open} ${terminal.noBrowser}`}\n\n  ${url}\n\n${terminal.stop}\n`,
      );
      await ended.promise;
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    for (const step of down.reverse()) await step();
    process.stdout.write(`${terminal.gone}\n`);
  }
}

type Running = { readonly demo: Demo; readonly popup: PopupWindow | null; readonly url: string };

/** What puts each part away again comes into `down`. */
async function start(spoken: Language, down: (() => unknown)[]): Promise<Running> {
  for (const what of ['relay', 'extension'] as const) {
    const build = freshBuild(what);
    if (build.type === 'failed') throw new Error(`the ${what} could not be built: ${build.why}`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'recado-demo-page-'));
  down.push(() => rmSync(folder, { recursive: true, force: true }));
  const files = await buildPage(folder);
  const demo = await Demo.start(spoken);
  down.push(() => demo.stop());
  const server = new PageServer(demo, files, randomUUID());
  const url = await server.start(port);
  down.push(() => server.stop());
  const program = values['no-browser'] ? null : findBrowser('chromium');
  const popup = program !== null && (values.headless || hasDisplay()) ? await openWindow(program, demo) : null;
  if (popup) down.push(() => popup.chromium.browser.close());
  return { demo, popup, url };
}

/** Null, with the reason said, where the browser that is there does not serve: the page can do without. */
async function openWindow(program: string, demo: Demo): Promise<PopupWindow | null> {
  try {
    const popup = await PopupWindow.start(program, demo, values.headless);
    demo.popup = 'beside';
    demo.hand = popup;
    return popup;
  } catch (error) {
    process.stderr.write(`${program}: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

function interrupted(): never {
  throw new Error('interrupted');
}

async function playHeadless(demo: Demo, popup: PopupWindow | null): Promise<void> {
  if (!popup) throw new Error('there is no Chromium, Chrome or Edge here to play it in');
  const begun = performance.now();
  await demo.play((scene) => {
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    process.stdout.write(`${seconds.padStart(6)} s  ${demo.words.scenes[scene]}\n`);
  });
  const state = demo.state();
  for (const [name, bubbles] of Object.entries(state.other)) {
    process.stdout.write(`\n${demo.words.people[name as 'caio']}:\n`);
    for (const { by, kind, text } of bubbles)
      process.stdout.write(`  ${by.padEnd(8)}${kind === 'voice' ? demo.words.voiceNote : text}\n`);
  }
  process.stdout.write('\n');
}

/** Where a window can be opened: on Linux only with a display. */
function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
