/** From an installation to a lit note, on the page that opens by itself: the program that is shipped, a simulated WhatsApp, no terminal. */
import type { Browser } from 'puppeteer-core';
import { expect } from 'vitest';
import { barriersOf, COLOUR_SCHEMES, showIn } from '../support/accessibility.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { permittedBuild, userHome } from '../support/installed-recado.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { PopupDriver } from '../support/popup-driver.ts';

/** The page that has opened by itself. */
async function firstPageOf(browser: Browser): Promise<PopupDriver> {
  const target = await browser.waitForTarget((each) => each.url().endsWith('/welcome.html'), { timeout: 60_000 });
  const page = await target.page();
  if (!page) throw new Error('the first page is no page');
  page.setDefaultTimeout(60_000);
  return new PopupDriver(page);
}

inChromium('the page leads from the installation to the lit note, and goes on by itself', async () => {
  const whatsapp = await loopbackWhatsApp();
  const user = userHome({
    whatsappUrl: whatsapp.url,
    whatsappRootKey: Buffer.from(whatsapp.rootKey).toString('hex'),
  });
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
  const { environment, profile } = user;
  const extension = permittedBuild('chrome');
  const { browser } = await startChromium({ extension, environment, profile, keepsFirstPage: true });
  const page = await firstPageOf(browser);
  await page.page.bringToFront();
  const found: string[] = [];
  const look = async (): Promise<void> => {
    for (const scheme of COLOUR_SCHEMES) {
      await showIn(page.page, scheme);
      found.push(...(await barriersOf(page.page, scheme === 'dark' ? 'colours' : null)));
    }
  };

  await page.shows('Um agente responde no seu WhatsApp', 'Pronto neste computador');
  await look();
  await page.click('Começar');
  await page.shows('Fixe o Recado na barra');
  await look();
  await page.click('Fixar depois');
  await page.shows('Conecte seu número');
  await look();
  await page.click('Escanear QR Code');
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const code = await page.readCode();
  await look();
  await ana.scan(code);
  await page.shows('Quem o agente responde?');
  await look();
  await page.click('Ligar');
  await page.shows('Daqui em diante, fica na barra', 'O agente responde por você', 'Só quem não está nos contatos');
  await look();
  expect(found).toEqual([]);
  expect(await page.page.$('.note[data-lit]')).not.toBeNull();
});

inChromium('where nothing is installed, the page leads on by the two steps of a terminal', async () => {
  const { environment, profile } = userHome();
  const extension = permittedBuild('chrome');
  const { browser } = await startChromium({ extension, environment, profile, keepsFirstPage: true });
  const page = await firstPageOf(browser);
  await page.shows('Primeiro, ligue o relay', 'Digite o código que aparecer lá');
});
