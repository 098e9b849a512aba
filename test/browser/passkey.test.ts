/** Linking where WhatsApp asks for a passkey: the built extension, the browser's own WebAuthn, the relay, a WhatsApp that checks every proof. */
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { Passkey } from '../simulator/people/passkey.ts';
import type { Person } from '../simulator/people/person.ts';
import { barriersOf } from '../support/accessibility.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { inNextTab, type WebPage, webWhatsApp, withAuthenticator } from '../support/passkey-stage.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { codeOf, startToolbar, type ToolbarBench } from '../support/toolbar-bench.ts';

const NUMBER = '+55\u00a011\u00a099999\u20110001';

type Stage = ToolbarBench & {
  readonly ana: Person;
  /** The page of this linking, as the popup's button opens it. */
  readonly passkeyPage: PopupDriver;
  /** How the phone's part ends. */
  readonly scanned: Promise<unknown>;
  readonly asked: readonly string[];
  readonly web: WebPage;
};

/** The phone has scanned, and the page with its one question is open. */
async function stage({ takesNoProof = false } = {}): Promise<Stage> {
  const web = await webWhatsApp();
  const bench = await startToolbar({ ...web.options, inTab: true });
  const { popup, whatsapp, chromium } = bench;
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  ana.needsPasskey = true;
  ana.takesNoProof = takesNoProof;
  await popup.click('Escanear QR Code');
  const scanned = ana.scan(await popup.readCode());
  scanned.catch(() => undefined);
  await popup.shows('O WhatsApp pede mais um passo, no navegador: uma chave de acesso.');
  await popup.click('Continuar numa aba');
  const page = await pageOf(chromium.browser);
  return { ...bench, ana, scanned, asked: web.asked, web, passkeyPage: new PopupDriver(page) };
}

async function pageOf(browser: ToolbarBench['chromium']['browser']): Promise<Page> {
  const target = await browser.waitForTarget((each) => each.url().includes('/passkey.html'), { timeout: 60_000 });
  const page = await target.page();
  if (!page) throw new Error('the tab is no page');
  page.setDefaultTimeout(60_000);
  return page;
}

const SIGN = async (page: Page): Promise<void> => {
  // The tab closes by itself, and the key's own answer with it.
  await page.keyboard.press('Enter').catch(() => undefined);
};

inChromium('with a proof: one click, the browser asks, and the number is linked', async () => {
  const { passkeyPage, chromium, ana, scanned, popup, relay, asked } = await stage();
  await passkeyPage.shows(
    'O WhatsApp pede uma chave de acesso',
    'O Recado nunca vê a chave de acesso.',
    'Novo: ainda não provado',
  );
  expect(await barriersOf(passkeyPage.page)).toEqual([]);
  const tab = inNextTab(chromium, async (page, session) => {
    await withAuthenticator(session, ana.passkey);
    await SIGN(page);
  });
  await passkeyPage.click('Continuar');
  await tab;
  await scanned;
  await passkeyPage.shows(`${NUMBER} está conectado`);
  await popup.shows('Conectado com sucesso e recebendo mensagens.', NUMBER);
  expect((await relay.status('Recado')).link.status).toBe('connected');
  expect(asked).toEqual(['/robots.txt']);
  expect(ana.comparedCodes).toEqual([]);
  await passkeyPage.click('Abrir o Recado');
  await new PopupDriver(await chromium.openedPopup()).shows('Conectado com sucesso e recebendo mensagens.');
  const open = (await chromium.browser.pages()).map((page) => page.url());
  expect(open.filter((url) => url.includes('web.whatsapp.com'))).toEqual([]);
});

inChromium('a proof that comes too late for the phone: the page shows the code that the phone shows', async () => {
  const { passkeyPage, chromium, ana, scanned, popup } = await stage({ takesNoProof: true });
  const confirmed = Promise.withResolvers<boolean>();
  ana.confirms = () => confirmed.promise;
  const tab = inNextTab(chromium, async (page, session) => {
    await withAuthenticator(session, ana.passkey);
    await SIGN(page);
  });
  await passkeyPage.click('Continuar');
  await tab;
  await passkeyPage.shows('Se o celular mostrar um código, ele tem que ser este.');
  await expect.poll(() => ana.comparedCodes).toHaveLength(1);
  await passkeyPage.shows(ana.comparedCodes[0] ?? '');
  expect(await barriersOf(passkeyPage.page)).toEqual([]);
  confirmed.resolve(true);
  await scanned;
  await passkeyPage.shows(`${NUMBER} está conectado`);
  await popup.shows('Conectado com sucesso e recebendo mensagens.');
});

inChromium('a closed tab is said, and the second try shows a code that phone and page have in common', async () => {
  const { passkeyPage, chromium, ana, scanned, popup } = await stage();
  const closed = inNextTab(chromium, async (page) => page.close());
  await passkeyPage.click('Continuar');
  await closed;
  await passkeyPage.shows('Não deu certo', 'a aba foi fechada', 'No fim, o celular e esta página mostram um código.');
  const tab = inNextTab(chromium, async (page, session) => {
    await withAuthenticator(session, ana.passkey);
    await SIGN(page);
  });
  await passkeyPage.click('Tentar mais uma vez');
  await tab;
  await passkeyPage.shows('O celular mostra o mesmo código?');
  await expect.poll(() => ana.comparedCodes).toHaveLength(1);
  await passkeyPage.shows(ana.comparedCodes[0] ?? '');
  expect(await barriersOf(passkeyPage.page)).toEqual([]);
  await passkeyPage.click('Sim, é igual');
  await scanned;
  await passkeyPage.shows(`${NUMBER} está conectado`);
  await popup.shows('Conectado com sucesso e recebendo mensagens.');
});

inChromium('no passkey there, twice: one clear end, and nothing is linked', async () => {
  const { passkeyPage, chromium, ana, popup, relay } = await stage();
  for (const button of ['Continuar', 'Tentar mais uma vez']) {
    const tab = inNextTab(chromium, async (page, session) => {
      await withAuthenticator(session, null);
      await SIGN(page);
    });
    await passkeyPage.click(button);
    await tab;
    if (button === 'Continuar') await passkeyPage.shows('Não deu certo');
  }
  await passkeyPage.shows('O número não foi conectado', 'O navegador não trouxe a chave de acesso');
  await popup.shows('Offline', 'O navegador não trouxe a chave de acesso', 'Escanear QR Code');
  expect(ana.companions()).toEqual([]);
  expect((await relay.status('Recado')).link.account).toBeNull();
});

inChromium('after letters that were typed into the phone: the same page, and the number is linked', async () => {
  const { popup, chromium, whatsapp } = await startToolbar({ ...(await webWhatsApp()).options, inTab: true });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  ana.needsPasskey = true;
  await popup.click('Escanear QR Code');
  await popup.readCode();
  await popup.click('Sem câmera? Use um código');
  await popup.page.locator('#number').fill('+55 11 99999-0001');
  await popup.page.keyboard.press('Enter');
  await popup.page.locator('.compared').wait();
  const typed = ana.enterCode(await popup.page.$eval('.compared', (shown) => shown.textContent ?? ''));
  await popup.click('Continuar numa aba');
  const passkeyPage = new PopupDriver(await pageOf(chromium.browser));
  const tab = inNextTab(chromium, async (page, session) => {
    await withAuthenticator(session, ana.passkey);
    await SIGN(page);
  });
  await passkeyPage.click('Continuar');
  await tab;
  await typed;
  await passkeyPage.shows(`${NUMBER} está conectado`);
});

inChromium("another account's passkey: WhatsApp refuses it, and it is said so", async () => {
  const { passkeyPage, chromium, ana, scanned } = await stage();
  const tab = inNextTab(chromium, async (page, session) => {
    await withAuthenticator(session, new Passkey());
    await SIGN(page);
  });
  await passkeyPage.click('Continuar');
  await tab;
  await passkeyPage.shows(
    'O número não foi conectado',
    'O WhatsApp não aceitou a chave de acesso.',
    'desta mesma conta',
  );
  await expect(scanned).rejects.toThrow("not this account's");
  expect(ana.companions()).toEqual([]);
});

inChromium('a second browser looks on, and cannot take part; cancelled, nothing is left', async () => {
  const { relay, passkeyPage, popup, ana, web } = await stage();
  const other = await startChromium(web.options);
  const looking = new PopupDriver(await other.openTab());
  await looking.pair(await codeOf(relay), relay.port);
  await looking.shows('Conectando', 'O WhatsApp pede mais um passo, no navegador');
  await looking.page.goto(
    `chrome-extension://${other.extensionId}/passkey.html#agent=${(await relay.status('Recado')).id}`,
  );
  await looking.shows('O WhatsApp pede uma chave de acesso');
  await looking.click('Continuar');
  await looking.shows('Esta conexão começou em outro navegador.');
  expect(web.asked).toEqual([]);
  await passkeyPage.click('Cancelar');
  await looking.shows('O número não foi conectado', 'A conexão foi cancelada.');
  await passkeyPage.shows('O número não foi conectado');
  await popup.shows('Offline');
  expect(ana.companions()).toEqual([]);
});

inChromium(
  'the relay ends in the middle: the page says that there is nothing to do, and no half link is left',
  async () => {
    const { relay, passkeyPage, ana, whatsapp } = await stage();
    await relay.stop();
    await passkeyPage.shows('Não dá para saber como está agora');
    await expect.poll(() => whatsapp.server.connectionsOf().length).toBe(0);
    expect(ana.companions()).toEqual([]);
  },
);
