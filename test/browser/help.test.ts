/** What the popup explains: help and limits, who is answered, and why something was not. */
import type { Browser } from 'puppeteer-core';
import { expect } from 'vitest';
import { barriersOf } from '../support/accessibility.ts';
import { inChromium } from '../support/chromium.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import type { PopupDriver } from '../support/popup-driver.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

/** The page of the documents that a click opened, and the heading that it leads to. */
async function helpBehind({ page }: PopupDriver, browser: Browser): Promise<string> {
  const opened = browser.waitForTarget((each) => each.url().includes('/docs/'), { timeout: 60_000 });
  await page.locator('::-p-aria(Mais sobre isso)').click();
  const help = await (await opened).asPage();
  await help.waitForSelector(':target');
  expect(await barriersOf(help)).toEqual([]);
  const heading = await help.$eval(':target', (anchor) => anchor.parentElement?.textContent ?? '');
  await help.close();
  return heading;
}

inChromium('help says the limits in plain words and what to do about each trouble (S8, S30–S34)', async () => {
  const { popup } = await startToolbar();
  await popup.click('Mais opções');
  await popup.click('Ajuda e limites');
  await popup.shows(
    'Não começa conversas',
    'Não tem API de envio',
    'painel de depuração',
    'Depende da sessão conectada',
  );
  await popup.page.$$eval('details', (topics) => {
    for (const topic of topics) topic.open = true;
  });
  await popup.shows(
    'QR Code Expirado',
    'Número de Telefone Já em Uso',
    'Conexão Fica Reconectando',
    'tenha um plano B',
  );
  await popup.shows('WhatsApp Business', 'Verificação da empresa', 'Estabilidade');
  // Escape leads back, and leaves the popup open.
  await popup.page.keyboard.press('Escape');
  await popup.shows('Nenhum número conectado');
});

inChromium('why there was no answer: a reason for each message, and never its text (S6)', async () => {
  const { popup, relay, whatsapp } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'listed' });
  await caio.write(ana, 'um segredo do Caio');
  await popup.shows('1 hoje');
  await popup.page.locator('.go').click();
  await popup.shows('Só os motivos, nunca o texto das mensagens.', '~Caio', 'Não escolhida');
  await popup.page.locator('.causes .who').click();
  await popup.shows('Esta conversa não é respondida', 'Nunca responder');
  expect(await popup.page.content()).not.toContain('segredo');
});

inChromium('who is answered: for all, and chat by chat, from the popup', async () => {
  const { popup, relay, whatsapp } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'listed' });
  await caio.write(ana, 'obrigado');
  await popup.shows('1 hoje');
  await popup.click('Mais opções');
  await popup.click('Quem é respondido');
  await popup.shows('Caio');
  await popup.page.select('.chats select', 'answer');
  await expect
    .poll(async () => (await relay.client.ask<{ chats: { rule: string }[] }>('chats.list')).chats[0]?.rule)
    .toBe('answer');
  await caio.write(ana, 'obrigado');
  await expect.poll(() => caio.received.length, { timeout: 60_000 }).toBe(1);
  await popup.click('Todos que escreverem');
  await expect
    .poll(async () => popup.page.$eval('input[value="everyone"]', (choice) => choice.matches(':checked')))
    .toBe(true);
});

inChromium('the menu is used by keys alone, and Escape closes it and nothing else', async () => {
  const { popup } = await startToolbar();
  const { page } = popup;
  await page.focus('.icon-btn[aria-haspopup="menu"]');
  await page.keyboard.press('Enter');
  await page.locator('[role="menuitem"]:focus').wait();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await page.locator('.icon-btn[aria-haspopup="menu"]:focus').wait();
  expect(await page.$('[role="menu"]')).toBeNull();
  // The focus is on the button still, as it is while the entries are about to come.
  await page.$eval('.icon-btn[aria-haspopup="menu"]', (button) => {
    if (!(button instanceof HTMLElement)) return;
    button.click();
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  });
  expect(await page.$('[role="menu"]')).toBeNull();
  expect(await page.$eval('.icon-btn[aria-haspopup="menu"]', (button) => button.ariaExpanded)).toBe('false');
  await popup.shows('Nenhum número conectado');
});

inChromium('every trouble leads to its place in the documents, which lie in the extension', async () => {
  const { popup, relay, whatsapp, chromium } = await startToolbar({ inTab: true });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  whatsapp.endWith('replaced', ana);
  await popup.shows('Outro programa assumiu esta conexão');
  expect(await helpBehind(popup, chromium.browser)).toBe('Outro programa tomou a conexão');
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: (await startFakeOpenAi({ key: 'another-key' })).baseUrl, model: 'small' },
    key: 'wrong-key',
  });
  await popup.click('Retomar a conexão');
  await popup.shows('Conectado com sucesso e recebendo mensagens.');
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await whatsapp.contact({ number: '5511988880001', name: 'Caio' }).write(ana, 'tem bolo?');
  await popup.page.locator('.rows [data-is="attention"]').wait();
  expect(await helpBehind(popup, chromium.browser)).toBe('O agente falha');
  await popup.page.locator('.go').click();
  await popup.page.locator('.causes').wait();
  expect(await helpBehind(popup, chromium.browser)).toBe('Alguém fica sem resposta');
  await popup.page.locator('.bar > .icon-btn').click();
  await relay.stop();
  await popup.page.locator('.note[data-stale]').wait();
  expect(await helpBehind(popup, chromium.browser)).toBe('O popup não encontra o relay');
});

inChromium('the whole handbook opens from the help, in the language of the reader', async () => {
  const { popup, chromium } = await startToolbar({ language: 'en' });
  await popup.click('More options');
  await popup.click('Help and limits');
  const opened = chromium.browser.waitForTarget((each) => each.url().includes('/docs/'), { timeout: 60_000 });
  await popup.click('The whole handbook');
  const page = await (await opened).asPage();
  await page.waitForSelector('h1');
  expect(await page.$eval('h1', ({ textContent }) => textContent)).toBe('First steps');
  for (const link of ['When something does not work', 'How it works']) {
    await page.locator(`nav ::-p-aria(${link}[role="link"])`).click();
    await page.waitForFunction((wanted) => document.querySelector('h1')?.textContent === wanted, {}, link);
  }
  await page.waitForFunction(
    () => [...document.images].length === 3 && [...document.images].every((image) => image.naturalWidth > 100),
  );
  expect(await barriersOf(page)).toEqual([]);
});
