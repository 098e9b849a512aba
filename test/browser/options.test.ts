/** The options page in a real Chromium: agents with their keys, a talk, settings, browsers, and erasing. */

import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import { expect } from 'vitest';
import { PRESETS } from '../../relay/agents/presets.ts';
import { barriersOf, COLOUR_SCHEMES, showIn, tooSmallOf } from '../support/accessibility.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { beginPace } from '../support/machine-pace.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { startRelayProcess } from '../support/relay-process.ts';
import { walkOptions } from '../support/screens.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { startToolbar, type ToolbarBench, type ToolbarOptions } from '../support/toolbar-bench.ts';

/** One that was free a moment ago: a relay that starts again has to be found where it was. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function openOptions(options: ToolbarOptions = {}): Promise<ToolbarBench & { readonly page: PopupDriver }> {
  const bench = await startToolbar(options);
  const { browser, extensionId } = bench.chromium;
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 800 });
  page.setDefaultTimeout(60_000);
  await page.goto(`chrome-extension://${extensionId}/options.html`);
  await page.waitForSelector('main section');
  return { ...bench, page: new PopupDriver(page) };
}

inChromium('an agent is added with its key, answers a test, and its key never comes out again', async () => {
  const model = await startFakeOpenAi({ key: 'planted-key' });
  model.reply(() => 'Abrimos às nove.');
  const { page, relay } = await openOptions();
  await page.click('Adicionar agente');
  await page.page.locator('[data-preset="other"]').click();
  await page.page.locator('#agent-name').fill('Loja');
  await page.page.locator('[id$="baseUrl"]').fill(model.baseUrl);
  await page.page.locator('[id$="-model"]').fill('small');
  await page.page.locator('input[type="password"]').fill('planted-key');
  await page.click('Testar e adicionar');
  await expect
    .poll(async () => (await relay.client.ask<{ agents: { name: string }[] }>('status')).agents.map(({ name }) => name))
    .toEqual(['Recado', 'Loja']);
  await page.shows('Loja', 'OpenAI e parecidos');
  await expect.poll(() => model.chats).toHaveLength(1);
  expect(await page.page.content()).not.toContain('planted-key');
});

inChromium(
  'a model on the same computer is found, tried and added with two presses, nothing is typed, and a third gives it the number',
  async () => {
    const model = await startFakeOpenAi({ key: null });
    model.reply(() => 'Abrimos às nove.');
    model.pages.set('/api/tags', {
      models: [{ name: 'nomic-embed-text' }, { name: 'llama3.2:latest', size: 2_019_393_189 }],
    });
    model.pages.set('/api/ps', { models: [] });
    const [ollama, studio] = PRESETS;
    if (!ollama || !studio) throw new Error('there are no presets');
    const places = [
      { ...ollama, settings: { baseUrl: model.baseUrl } },
      { ...studio, settings: { baseUrl: 'http://127.0.0.1:9/v1' } },
    ];
    const { page, relay, whatsapp } = await openOptions({ places });
    await relay.link('Recado', whatsapp.account({ number: '5511999990001', name: 'Ana' }));
    await page.click('Adicionar agente');
    await page.shows('Quem vai responder?', 'encontrado agora', 'llama3.2:latest, 2 GB', 'As mensagens não saem daqui');
    // What does not answer is a preset as all others.
    expect(await page.page.$$eval('.found h5', (names) => names.map(({ textContent }) => textContent))).toEqual([
      'Ollama',
    ]);
    expect(await page.page.$('[data-preset="lm-studio"]')).not.toBeNull();
    await page.click('Usar llama3.2:latest');
    await page.shows('Agente adicionado: Ollama.', 'Abrimos às nove.');
    expect(model.chats).toMatchObject([{ model: 'llama3.2:latest' }]);
    expect(await relay.status('Ollama')).toMatchObject({ on: false, lastFault: null });
    await page.click('Usar no +55\u00a011\u00a099999\u20110001');
    await page.hides('Agente adicionado');
    expect(await relay.status('Ollama')).toMatchObject({ link: { account: { number: '5511999990001' } } });
    expect(await relay.status('Recado')).toMatchObject({ link: { account: null } });
  },
);

inChromium(
  'with a key that is pasted the models are offered, the likeliest is chosen, and any other can be',
  async () => {
    const model = await startFakeOpenAi({ key: 'planted-key' });
    model.reply(() => 'Abrimos às nove.');
    const ids = [
      'text-embedding-3-small',
      'gpt-5',
      'gpt-5-mini',
      ...Array.from({ length: 9 }, (_, at) => `gpt-4.${at}`),
    ];
    model.pages.set('/v1/models', { data: ids.map((id) => ({ id })) });
    const { page } = await openOptions();
    await page.click('Adicionar agente');
    await page.page.locator('[data-preset="other"]').click();
    await page.page.locator('[id$="baseUrl"]').fill(`${model.baseUrl}/chat/completions`);
    await page.page.locator('#agent-key').fill('planted-key');
    await page.page.locator('#agent-name').click();
    await page.shows('Sugerido', 'Mais 5: procure');
    const chosen = () => page.page.$eval('input[name="model"]:checked', (input) => (input as HTMLInputElement).value);
    await expect.poll(chosen).toBe('gpt-5-mini');
    const typed = () => page.page.$eval('#field-model', (input) => (input as HTMLInputElement).value);
    await page.page.locator('#field-model').fill('x');
    await page.shows('Não está na lista');
    await page.page.focus('#field-model');
    await page.page.keyboard.press('Backspace');
    await expect.poll(typed).toBe('');
    await page.page.locator('#field-model').fill('4.7');
    await page.page.locator('input[name="model"][value="gpt-4.7"]').click();
    await expect.poll(chosen).toBe('gpt-4.7');
    await page.click('Testar e adicionar');
    await page.shows('Agente adicionado: Outro serviço.', 'Abrimos às nove.');
    expect(model.chats).toMatchObject([{ model: 'gpt-4.7' }]);
  },
);

inChromium('what a field’s change brings does not move the button that is being pressed', async () => {
  const model = await startFakeOpenAi({ key: null });
  model.reply(() => 'Abrimos às nove.');
  const { page } = await openOptions();
  await page.click('Adicionar agente');
  await page.page.locator('[data-preset="other"]').click();
  await page.page.type('#field-model', 'small');
  // By keys, so that the press is what leaves the field; and as slow hands press.
  await page.page.type('[id$="baseUrl"]', model.baseUrl);
  await page.page.locator('form button[type="submit"]').click({ delay: 700 });
  await page.shows('Agente adicionado');
});

inChromium('what the agent should know is asked for part by part, and the model reads it as one text', async () => {
  const model = await startFakeOpenAi({ key: null });
  model.reply(() => 'Abrimos às sete.');
  const { page } = await openOptions();
  await page.click('Adicionar agente');
  await page.page.locator('[data-preset="other"]').click();
  await page.page.type('#field-model', 'small');
  await page.page.select('.brief select', 'bakery');
  const part = (name: string) =>
    page.page.$eval(`#brief-${name}`, (area) => (area as unknown as HTMLTextAreaElement).value);
  await expect.poll(() => part('tone')).toBe('Simpático e breve, como no balcão.');
  await page.page.locator('#brief-who').fill('Padaria Bela, da Ana.');
  await page.shows('tokens em cada resposta');
  await page.page.type('[id$="baseUrl"]', model.baseUrl);
  await page.page.locator('form button[type="submit"]').click();
  await page.shows('Agente adicionado');
  const told = model.chats[0]?.messages[0]?.content ?? '';
  expect(told).toMatch(
    /^Você responde mensagens de WhatsApp\..*# Quem somos\nPadaria Bela, da Ana\.\n\n# O que oferecemos\n/s,
  );
  expect(told).toContain('ASK_OWNER');
  // The trade's questions are there to be tried.
  await page.page.select('#test select', await newest(page));
  await page.click('Vocês abrem no domingo?');
  await page.shows('Abrimos às sete.');
  // What was written comes back as it was, in the form and as the text.
  await page.page.locator('#agents li:nth-of-type(2) [aria-haspopup]').click();
  await page.click('Editar');
  await expect.poll(() => part('who')).toBe('Padaria Bela, da Ana.');
  await page.click('Editar como texto');
  const text = await page.page.$eval('[data-field="instructions"]', (area) => (area as HTMLTextAreaElement).value);
  expect(told.startsWith(text)).toBe(true);
});

inChromium(
  'files are chosen with what they cost, read once the form is saved, and no more once they are taken away',
  async () => {
    const model = await startFakeOpenAi({ key: null });
    model.reply(() => 'Abrimos às sete.');
    const { page, relay } = await openOptions();
    const folder = temporaryDirectory();
    const file = (name: string, content: string): string => {
      writeFileSync(path.join(folder, name), content);
      return path.join(folder, name);
    };
    const choose = async (...files: readonly string[]): Promise<void> => {
      const input = await page.page.waitForSelector('input[type="file"]');
      await (input as ElementHandle<HTMLInputElement>).uploadFile(...files);
    };
    await page.click('Adicionar agente');
    await page.page.locator('[data-preset="other"]').click();
    await page.page.locator('#agent-name').fill('Loja');
    await page.page.locator('#field-model').fill('small');
    await page.page.locator('[id$="baseUrl"]').fill(model.baseUrl);
    const prices = '# Preços\n'.concat('pão de queijo 4,50\n'.repeat(2_000));
    await choose(file('preços.md', prices), file('cardápio.pdf', '%PDF\u0000'));
    await page.shows('preços.md', '39 kB, cerca de 10.860 tokens · ainda não salvo');
    await page.shows(
      'cardápio.pdf não é texto.',
      'Cerca de 10.860 tokens em cada resposta.',
      'dá para cerca de 8 respostas',
    );
    await page.page.locator('form button[type="submit"]').click();
    await page.shows('Agente adicionado');
    const talk = async (): Promise<string> => {
      await relay.client.ask('agents.test', { agent: 'Loja', said: [{ author: 'contact', text: 'oi' }] });
      return model.chats.at(-1)?.messages[0]?.content ?? '';
    };
    expect(await talk()).toContain(prices.trim());
    await page.page.locator('#agents li:nth-of-type(2) [aria-haspopup]').click();
    await page.click('Editar');
    await page.shows('preços.md');
    await page.hides('ainda não salvo');
    await page.click('Remover preços.md');
    await page.hides('preços.md');
    expect(await page.page.evaluate('document.activeElement.textContent')).toBe('Adicionar arquivos');
    expect(await talk()).toContain(prices.trim());
    await page.page.locator('form button[type="submit"]').click();
    await page.shows('Agente salvo');
    expect(await talk()).not.toContain('pão de queijo');
  },
);

inChromium(
  'a linked number gets another back end without a scan, and a refused key leads to its very field',
  async () => {
    const model = await startFakeOpenAi({ key: 'planted-key' });
    model.reply(() => 'Abrimos às nove.');
    const { page, relay, whatsapp, chromium } = await openOptions();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
    await relay.link('Recado', ana);
    await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
    await page.page.locator('#agents li [aria-haspopup]').click();
    await page.click('Editar');
    await page.click('Escolher outro');
    await page.page.locator('[data-preset="other"]').click();
    await page.shows('O número continua conectado');
    await page.page.locator('[id$="baseUrl"]').fill(model.baseUrl);
    await page.page.locator('[id$="-model"]').fill('small');
    await page.page.locator('input[type="password"]').fill('wrong-key');
    await page.click('Testar e salvar');
    await page.shows('O agente recusou a chave.', 'nada foi salvo');
    expect(await relay.status('Recado')).toMatchObject({ adapter: 'built-in', lastFault: null });
    await page.click('Salvar assim mesmo');
    await page.hides('Salvar assim mesmo');
    const popup = new PopupDriver(await chromium.openPopup());
    await popup.shows('Agora só você responde', 'O agente recusou a chave');
    const before = new Set((await chromium.browser.pages()).map((each) => each.url()));
    await popup.click('Trocar a chave');
    await expect
      .poll(async () => (await chromium.browser.pages()).map((each) => each.url()).filter((url) => !before.has(url)))
      .toEqual([expect.stringMatching(/options\.html#agent=agt_\w+&fault=key-refused$/)]);
    const opened = (await chromium.browser.pages()).find((each) => each.url().includes('fault=key-refused'));
    if (!opened) throw new Error('the options did not open');
    await opened.waitForSelector('#agent-key');
    await expect.poll(() => opened.evaluate(() => document.activeElement?.id)).toBe('agent-key');
    await opened.locator('#agent-key').fill('planted-key');
    await new PopupDriver(opened).click('Testar e salvar');
    await new PopupDriver(opened).shows('Agente salvo: Recado.', 'Abrimos às nove.');
    await caio.write(ana, 'e agora?');
    await expect.poll(() => caio.received.map(({ text }) => text), { timeout: 60_000 }).toEqual(['Abrimos às nove.']);
  },
);

inChromium(
  'what is wrong with a field stands under it in the page’s language, and goes when it is typed anew',
  async () => {
    const { page } = await openOptions();
    await page.click('Adicionar agente');
    await page.page.locator('[data-preset="other"]').click();
    await page.page.locator('#agent-name').fill('Loja');
    await page.page.locator('[id$="baseUrl"]').fill('http://192.168.0.9/v1');
    await page.page.locator('[id$="-model"]').fill('small');
    await page.click('Testar e adicionar');
    await page.shows('Para http:// na rede local, permita isso neste agente.');
    expect(await page.text()).not.toMatch(/needs|These settings/);
    await expect.poll(() => page.page.evaluate(() => document.activeElement?.id)).toBe('field-baseUrl');
    await page.page.locator('[id$="baseUrl"]').fill('https://exemplo.com/v1');
    await page.hides('Para http:// na rede local');
  },
);

inChromium(
  'a setting that needs it is followed by a restart at the press of a button, and all is back within moments',
  async () => {
    const whatsapp = await loopbackWhatsApp();
    const port = await freePort();
    const relay = await startRelayProcess(whatsapp, { environment: { RECADO_PORT: String(port) } });
    const chromium = await startChromium();
    const { code } = JSON.parse((await relay.recado('pair', '--json')).out) as { code: string };
    const popup = new PopupDriver(await chromium.openTab());
    await popup.pair(code, port);
    await popup.shows('Nenhum número conectado');
    const tab = await chromium.browser.newPage();
    await tab.setViewport({ width: 1_000, height: 800 });
    await tab.goto(`chrome-extension://${chromium.extensionId}/options.html`);
    const page = new PopupDriver(tab);
    await page.shows('Valem para todos os agentes deste computador.');
    await tab.waitForSelector('#setting-language');
    await tab.select('#setting-language', 'en');
    await page.shows('Há mudanças que só valem depois de reiniciar o relay.');
    const pace = beginPace();
    await page.click('Reiniciar o relay');
    await page.hides('Há mudanças que só valem depois de reiniciar o relay.');
    await page.hides('Reiniciando…');
    await popup.shows('Nenhum número conectado');
    expect(pace.elapsed()).toBeLessThan(pace.within(15_000));
    expect(relay.relay.lines.map(({ event }) => event)).toEqual(['running', 'restarted']);
  },
);

inChromium(
  'what an agent costs stands beside how much it may spend, and a limit needs a price in its currency',
  async () => {
    const model = await startFakeOpenAi();
    const { page, relay, whatsapp } = await openOptions();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
    await relay.client.ask('agents.edit', {
      adapter: 'openai-compatible',
      settings: { baseUrl: model.baseUrl, model: 'small' },
    });
    await relay.link('Recado', ana);
    await page.click('Mais opções: Recado');
    await page.click('Custos e limites');
    await page.shows('Custos de Recado', 'Roda neste computador: não se paga nada.');
    await page.page.locator('#cost-dayMoney').fill('0,01');
    await page.click('Salvar');
    await page.shows('Não dá para contar o gasto deste agente nesta moeda');
    await page.page.locator('#cost-priceIn').fill('500');
    await page.click('Salvar');
    await page.shows('O preço tem dois valores');
    await expect.poll(() => page.page.evaluate('document.activeElement.id')).toBe('cost-priceOut');
    await page.page.locator('#cost-priceOut').fill('2000');
    await page.click('Salvar');
    await page.shows('Salvo. Vale a partir de agora.', 'R$\u00a0500,00 por milhão', 'Informado por você.');
    await relay.client.ask('switch', { on: true, scope: 'everyone' });
    await caio.write(ana, 'oi');
    // 12 tokens read and 34 written.
    await page.shows('R$\u00a00,074');
    await expect.poll(() => relay.status('Recado')).toMatchObject({ on: false, switchedBy: 'money-limit' });
    await page.click('Fechar');
    await page.hides('Custos de Recado');
  },
);

inChromium('a talk is tested right there: nothing is sent, nothing is kept', async () => {
  const { page } = await openOptions();
  await page.page.locator('#test input').fill('oi');
  await page.page.locator('#test button[type="submit"]').click();
  await expect.poll(() => page.page.$$eval('.talk li', (lines) => lines.length)).toBeGreaterThan(1);
});

inChromium('a copy of the data is written for the owner alone, and holds no key', async () => {
  const { page, relay } = await openOptions();
  await relay.client.ask('agents.add', {
    name: 'Loja',
    adapter: 'openai-compatible',
    settings: { baseUrl: 'http://127.0.0.1:9/v1', model: 'small' },
    key: 'planted-key',
  });
  await page.click('Fazer uma cópia');
  await page.shows(relay.home);
  const file = /\S+\.json/.exec(await page.text())?.[0] ?? '';
  expect(existsSync(file)).toBe(true);
  expect(path.dirname(file)).toBe(relay.home);
  expect(readFileSync(file, 'utf8')).not.toContain('planted-key');
});

inChromium('forgetting everything is asked once, and ends where pairing begins', async () => {
  const { page, relay } = await openOptions();
  const codes = relay.shownCodes();
  await page.click('Esquecer tudo');
  await page.page.locator('dialog[open] .danger').click();
  await page.shows('Tudo foi esquecido', 'Digite o código do Terminal');
  // The browser that asked is sent away once it has its answer.
  await expect.poll(async () => (await relay.client.ask<{ clients: unknown[] }>('clients.list')).clients).toEqual([]);
  // It needs another code, and the Terminal shows it without being asked by hand.
  await page.shows('O Terminal em que o relay roda mostra o código agora');
  await expect.poll(() => codes.length).toBe(1);
  await page.pair(codes[0] ?? '', relay.port);
  await page.shows('Adicionar agente');
});

/** The id of the agent that was added last. */
async function newest({ page }: PopupDriver): Promise<string> {
  return page.$eval('#test select option:last-of-type', (option) => (option as unknown as HTMLOptionElement).value);
}

const WIDE = 1000;
const WIDTHS = [WIDE, 360];

/** Fits a window of each width, the last of which it keeps. */
async function expectFitting({ page }: PopupDriver, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 700 });
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(fits, `${width} ${name}`).toBe(true);
  }
}

inChromium('the options can be used by everyone, light and dark, and none is wider than a narrow window', async () => {
  const bench = await openOptions();
  const { page } = bench.page;
  const found: string[] = [];
  await walkOptions(bench.page, bench, async (name) => {
    const look = async (place: string, of: Parameters<typeof barriersOf>[1] = null) =>
      found.push(...(await barriersOf(page, of)).map((barrier) => `${place} ${name}: ${barrier}`));
    await expectFitting(bench.page, name);
    await page.setViewport({ width: WIDE, height: 700 });
    for (const scheme of COLOUR_SCHEMES) {
      await showIn(page, scheme);
      await look(`wide ${scheme}`, scheme === 'dark' ? 'colours' : null);
    }
    await showIn(page, 'light');
  });
  expect(found).toEqual([]);
});

inChromium(
  'on a phone’s screen every control of the options is as large as a finger, and none is wider: es',
  async () => {
    const bench = await openOptions({ language: 'es' });
    const { page } = bench.page;
    await page.setViewport({ width: 412, height: 820, hasTouch: true, isMobile: true });
    await page.reload();
    await page.waitForSelector('main section');
    const found = new Set<string>();
    await walkOptions(bench.page, bench, async (name) => {
      for (const each of await tooSmallOf(page)) found.add(`${name}: ${each}`);
      for (const width of [1000, 360, 412]) {
        await page.setViewport({ width, height: 820, hasTouch: true, isMobile: true });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} ${name}`).toBe(width);
      }
    });
    expect([...found]).toEqual([]);
  },
);
