/** From an installation to a paired browser without a terminal: the program that is shipped, and the browsers' own native messaging. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CHROMIUM_ID, FIREFOX_ID } from '../../shared/extension-identity.ts';
import { type Chromium, inChromium, startChromium } from '../support/chromium.ts';
import { inFirefox, startFirefox } from '../support/firefox.ts';
import { type InstalledRecado, permittedBuild, userHome } from '../support/installed-recado.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function clientsOf({ recado }: InstalledRecado): unknown[] {
  return recado('clients', '--json')
    .out.split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** What the browser says to another extension that may call such programs, and asks for a pairing. */
async function calledByAnother({ browser, background }: Chromium): Promise<unknown> {
  const folder = path.join(temporaryDirectory(), 'other');
  mkdirSync(folder);
  const manifest = {
    manifest_version: 3,
    name: 'Other',
    version: '1',
    permissions: ['nativeMessaging'],
    background: { service_worker: 'worker.js' },
  };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'worker.js'), '');
  const worker = await background(await browser.installExtension(folder));
  return worker.evaluate(
    `chrome.runtime.sendNativeMessage('app.recado.relay', { version: 1, wants: 'pair', origin: location.origin }).then(JSON.stringify, (error) => error.message)`,
  );
}

inChromium(
  'one click wakes the relay and pairs; stopped, it is started by the next; another extension cannot call it',
  async () => {
    const user = userHome();
    expect(user.unpacked('install')).toMatchObject({ code: 0 });
    expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
    const { environment, profile } = user;
    const chromium = await startChromium({ extension: permittedBuild('chrome'), environment, profile });
    const popup = new PopupDriver(await chromium.openPopup());
    await popup.shows('Pronto neste computador');
    await popup.click('Começar');
    await popup.shows('Nenhum número conectado');
    expect(await calledByAnother(chromium)).toContain('forbidden');
    expect(clientsOf(user)).toMatchObject([{ name: 'Chrome', madeHere: true }]);
    expect(user.recado('clients').out).toContain('pareado neste computador, sem código');

    expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
    await popup.shows('Ligar o Recado');
    await popup.click('Ligar o Recado');
    await popup.shows('Nenhum número conectado');
    expect(user.recado('service', 'status')).toMatchObject({ code: 0 });

    expect(user.unpacked('uninstall', '--yes')).toMatchObject({ code: 0 });
    await popup.close();
    await new PopupDriver(await chromium.openPopup()).shows('Para ligar de novo, cole no Terminal', 'Tentar agora');
  },
);

inFirefox('in Firefox: one click wakes the relay and pairs', async () => {
  const user = userHome();
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
  const firefox = await startFirefox(FIREFOX_ID, {
    extension: permittedBuild('firefox'),
    environment: user.environment,
  });
  const popup = new PopupDriver(await firefox.openPopup());
  await popup.shows('Pronto neste computador');
  await popup.press('.primary', 'Começar');
  await popup.shows('Nenhum número conectado');
  expect(clientsOf(user)).toMatchObject([{ name: 'Firefox', madeHere: true }]);
});

test('the ids that are let in are those of the builds', () => {
  const built = (browser: string) =>
    JSON.parse(
      readFileSync(path.join(import.meta.dirname, '..', '..', 'recado-extension', browser, 'manifest.json'), 'utf8'),
    );
  expect(built('firefox').browser_specific_settings.gecko.id).toBe(FIREFOX_ID);
  expect(idOf(built('chrome').key)).toBe(CHROMIUM_ID);
});

/** As Chromium makes it: half of the key's hash, in letters from a to p. */
function idOf(key: string): string {
  const half = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...half].map((digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16))).join('');
}
