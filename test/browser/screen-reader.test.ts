/** The way from pairing to an agent that answers, as one goes it who does not see: by what has the focus, and by what is said aloud. */
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { inChromium, startChromium } from '../support/chromium.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { codeOf, startToolbar } from '../support/toolbar-bench.ts';

/** Role, name and state of what has the focus, by the browser's own tree. */
async function focused(page: Page): Promise<string> {
  const handle = await page.evaluateHandle(() => document.activeElement as HTMLElement);
  const node = await page.accessibility.snapshot({ root: handle, interestingOnly: false });
  await handle.dispose();
  const state = node?.checked === undefined ? '' : node.checked ? ', on' : ', off';
  return `${node?.role}: ${node?.name}${state}`;
}

/** Everything that live regions say from now on, in turn. */
async function hear(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const live = '[role="status"], [role="alert"], [aria-live="polite"]';
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(live);
        const text = region?.textContent?.trim() ?? '';
        if (text !== '' && said.at(-1) !== text) said.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate('said') as Promise<readonly string[]>;
}

inChromium(
  'pairing, scanning and switching on without seeing: each step has its place, and each change is said once',
  async () => {
    const whatsapp = await loopbackWhatsApp();
    const relay = await startRelayBench(whatsapp);
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    const chromium = await startChromium();
    const { page } = new PopupDriver(await chromium.openTab());
    const popup = new PopupDriver(page);
    const has = (what: string) => expect.poll(() => focused(page), { timeout: 60_000 }).toBe(what);

    await has('button: Começar');
    await page.keyboard.press('Tab');
    await has('button: Tenho um código do Terminal');
    await page.keyboard.press('Enter');
    await has('textbox: Digite o código que aparecer lá');
    const said = await hear(page);
    await page.keyboard.type('00000');
    await page.keyboard.press('Enter');
    await expect.poll(said).toContainEqual(expect.stringMatching(/código/i));
    await popup.pair(await codeOf(relay), relay.port);
    await has('button: Escanear QR Code');
    await expect.poll(said).toContain('Offline. Nenhum número conectado.');

    await page.keyboard.press('Enter');
    await has('heading: Escanear QR Code');
    await expect.poll(said).toContain('Conectando. Conectando um número.');
    const code = await popup.readCode();
    await page.locator('::-p-aria([name="Escanear QR Code"][role="image"])').wait();
    await ana.scan(code);
    await has('switch: Desligado, off');
    await expect.poll(said).toContain('Conectado. Só você responde.');

    await page.keyboard.press('Space');
    await has('button: Só quem não está nos meus contatos');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await has('switch: Ligado, on');
    await expect.poll(said).toContain('Conectado. O agente responde por você.');
    // What counts down, and what stays as it is, is not said over and over.
    expect(await said()).toHaveLength(new Set(await said()).size);
  },
);

inChromium('what was left by a key is found again: menu, question and screen give the focus back', async () => {
  const { popup, relay, whatsapp } = await startToolbar({ inTab: true });
  const { page } = popup;
  await relay.link('Recado', whatsapp.account({ number: '5511999990001', name: 'Ana' }));
  const has = (what: string) => expect.poll(() => focused(page), { timeout: 60_000 }).toBe(what);
  await has('switch: Desligado, off');
  await page.keyboard.press('Delete');
  await has('button: Cancelar');
  await page.keyboard.press('Escape');
  await has('switch: Desligado, off');
  await page.focus('.icon-btn[aria-haspopup="menu"]');
  await page.keyboard.press('ArrowUp');
  await has('menuitem: Desconectar');
  await page.keyboard.press('Enter');
  await has('button: Cancelar');
  await page.keyboard.press('Enter');
  await has('button: Mais opções');
  await page.keyboard.press('ArrowDown');
  await has('menuitem: Quem é respondido');
  await page.keyboard.press('Enter');
  await has('heading: Quem é respondido');
  await page.keyboard.press('Escape');
  await has('switch: Desligado, off');
});
