/** The face in the real popup: who answers and until when, what an answer needs, what happens now, the latest chats, and what each act does at the phone. */
import { expect } from 'vitest';
import { inChromium } from '../support/chromium.ts';
import { readChats, readFace } from '../support/face-reader.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import type { PopupDriver } from '../support/popup-driver.ts';
import type { RelayBench } from '../support/running-relay.ts';
import { startToolbar, type ToolbarOptions } from '../support/toolbar-bench.ts';

const NUMBER = '+55\u00a011\u00a099999\u20110001';
const TIME = String.raw`\d{1,2}:\d\d`;

/** A number that is linked, on, and answered by a model. */
async function answeringBench(options: ToolbarOptions = {}) {
  const bench = await startToolbar(options);
  const { whatsapp, relay, popup } = bench;
  const model = await startFakeOpenAi({ key: 'right-key' });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  const bia = whatsapp.contact({ number: '5511988880002', name: 'Bia Rocha' });
  await relay.client.ask('agents.edit', { name: 'Padaria', ...backEnd(model), key: 'right-key' });
  await relay.link('Padaria', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  await popup.page.locator('.note[data-lit]').wait();
  return { ...bench, model, ana, caio, bia };
}

const backEnd = ({ baseUrl }: FakeOpenAi) => ({
  adapter: 'openai-compatible',
  settings: { baseUrl, model: 'gpt-5-mini' },
});

const facing = (popup: PopupDriver) => expect.poll(() => readFace(popup), { timeout: 60_000 });
const listing = (popup: PopupDriver) => expect.poll(() => readChats(popup), { timeout: 60_000 });
const matching = (pattern: string) => expect.stringMatching(new RegExp(`^${pattern}$`));

inChromium(
  'an agent that answers: whom, with what, through which number; then who is being answered, and what came of it',
  async () => {
    const { popup, model, ana, caio } = await answeringBench({ settings: { paceSeconds: 0, agentSeconds: 60 } });
    await facing(popup).toEqual({
      truth: 'O agente responde por você',
      rows: ['Todos que escreverem', 'Padaria · gpt-5-mini', `Conectado | ${NUMBER}`],
      wrong: [],
      act: '',
      live: 'Ninguém escreveu ainda',
      lit: true,
    });
    await popup.shows('Quem escrever aparece aqui. O agente nunca começa uma conversa.');
    const late = Promise.withResolvers<string>();
    model.reply(() => late.promise);
    await caio.write(ana, 'oi');
    await facing(popup).toMatchObject({ live: matching('Respondendo a ~Caio há [3-9] s'), lit: true });
    await listing(popup).toEqual([matching(`~Caio \\| Chegou às ${TIME} \\| Assumir`)]);
    await facing(popup).toMatchObject({ live: matching('Sem resposta do agente há 2\\d s') });
    late.resolve('Bom dia.');
    await listing(popup).toEqual([matching(`~Caio \\| Respondida às ${TIME} \\| Assumir`)]);
    await facing(popup).toMatchObject({
      rows: ['Todos que escreverem', 'Padaria · gpt-5-mini | 46 tokens', `Conectado | ${NUMBER}`],
      live: 'Ninguém esperando resposta',
    });
    await popup.shows('1 mensagem, 1 resposta hoje');
  },
);

inChromium(
  'a chat is taken without a word, what comes meanwhile waits for its owner, and it is given back',
  async () => {
    const { popup, model, ana, caio, whatsapp } = await answeringBench({ settings: { paceSeconds: 0 } });
    model.hang();
    await caio.write(ana, 'oi');
    await popup.page.locator('.latest .beat').wait();
    await popup.click('Assumir: ~Caio');
    await listing(popup).toEqual([matching(`~Caio \\| É seu até ${TIME} \\| Devolver`)]);
    await facing(popup).toMatchObject({ live: '1 mensagem de ~Caio espera você', lit: true });
    model.reply(() => 'Já vou ver.');
    await caio.write(ana, 'alguém?');
    await facing(popup).toMatchObject({ live: '2 mensagens de ~Caio esperam você' });
    expect(caio.received).toEqual([]);
    await popup.click('Devolver: ~Caio');
    await whatsapp.until(() => caio.received.length === 1, 'what waited is answered');
    expect(caio.received[0]?.text).toBe('Já vou ver.');
    await listing(popup).toEqual([matching(`~Caio \\| Respondida às ${TIME} \\| Assumir`)]);
  },
);

inChromium(
  'a person must answer: what the agent wants said is said, the chat stands on top, and rests until its owner has written',
  async () => {
    const { popup, model, ana, caio, bia, whatsapp } = await answeringBench({ settings: { paceSeconds: 0 } });
    model.reply(() => 'Vou chamar a Ana.\nASK_OWNER');
    await caio.write(ana, 'quero falar com alguém');
    await whatsapp.until(() => caio.received.length === 1, 'what is said meanwhile has arrived');
    expect(caio.received[0]?.text).toBe('Vou chamar a Ana.');
    model.reply(({ messages }) => `Resposta a ${messages.at(-1)?.content}`);
    await bia.write(ana, 'oi');
    await listing(popup).toEqual([
      matching(`~Caio \\| Pede você desde ${TIME} \\| Abrir`),
      matching(`~Bia Rocha \\| Respondida às ${TIME} \\| Assumir`),
    ]);
    await popup.shows('1 pede você', 'Últimas conversas');
    await facing(popup).toMatchObject({ live: 'Ninguém esperando o agente', lit: true });
    await caio.write(ana, 'alô?');
    await bia.write(ana, 'e agora?');
    await whatsapp.until(() => bia.received.length === 2, 'another chat goes on');
    expect(caio.received).toHaveLength(1);
    await ana.write(caio, 'Oi, é a Ana.');
    await listing(popup).toEqual([
      matching(`~Caio \\| É seu até ${TIME} \\| Devolver`),
      matching(`~Bia Rocha \\| Respondida às ${TIME} \\| Assumir`),
    ]);
    await popup.hides('1 pede você');
  },
);

inChromium(
  'only where its owner does not answer: the popup says in how long, has it answer now, or leaves the chat to them',
  async () => {
    const { popup, model, ana, caio, bia, whatsapp } = await answeringBench({ settings: { paceSeconds: 0 } });
    model.reply(() => 'Olá.');
    await popup.click('Mais opções');
    await popup.click('Quem é respondido');
    await popup.page.locator('select.field:not(.small)').wait();
    await popup.page.select('select.field:not(.small)', '5');
    await popup.shows('Conta a partir da última mensagem.');
    await popup.page.locator('.bar > .icon-btn').click();
    await caio.write(ana, 'oi');
    await bia.write(ana, 'oi');
    const row = (name: string) =>
      matching(String.raw`~${name} \| Chegou às ${TIME}, responde em [45]:\d\d \| Responder já \| Deixa comigo`);
    await listing(popup).toEqual([row('Bia Rocha'), row('Caio')]);
    await facing(popup).toMatchObject({
      live: matching(String.raw`2 conversas esperam você primeiro, [45]:\d\d`),
      lit: true,
    });
    await popup.click('Responder já: ~Caio');
    await whatsapp.until(() => caio.received.length === 1, 'Caio is answered at once');
    await facing(popup).toMatchObject({
      live: matching(String.raw`Responde a ~Bia Rocha em [45]:\d\d se você não responder`),
    });
    await popup.click('Deixa comigo: ~Bia Rocha');
    await listing(popup).toEqual([
      matching(`~Bia Rocha \\| É seu até ${TIME} \\| Devolver`),
      matching(`~Caio \\| Respondida às ${TIME} \\| Assumir`),
    ]);
    expect(bia.received).toEqual([]);
  },
);

inChromium(
  'nobody was chosen: the row says so, its act leads to the chats, and a chat is chosen in its own row',
  async () => {
    const { popup, model, ana, caio, relay, whatsapp } = await answeringBench({ settings: { paceSeconds: 0 } });
    await relay.client.ask('scope', { scope: 'listed' });
    await caio.write(ana, 'oi');
    await facing(popup).toMatchObject({
      truth: 'Agora só você responde',
      wrong: ['Ninguém foi escolhidoSó as conversas que você escolher'],
      act: 'Escolher conversas',
      live: 'Espera sua escolha',
      lit: false,
    });
    await listing(popup).toEqual([matching(`~Caio \\| Não escolhida, ${TIME} \\| Sempre responder`)]);
    await popup.click('Escolher conversas');
    await popup.shows('Quem é respondido', 'Conversa por conversa');
    await popup.page.locator('.bar > .icon-btn').click();
    await popup.click('Sempre responder: ~Caio');
    await facing(popup).toMatchObject({ truth: 'O agente responde por você', lit: true, wrong: [] });
    model.reply(() => 'Olá.');
    await caio.write(ana, 'e agora?');
    await whatsapp.until(() => caio.received.length === 1, 'the chosen chat is answered');
  },
);

inChromium(
  'a key that is refused: what is wrong, since when, what helps; and a chat is answered once it is mended',
  async () => {
    const {
      popup: first,
      model,
      ana,
      caio,
      bia,
      relay,
      chromium,
      whatsapp,
      reopen,
    } = await answeringBench({
      settings: { paceSeconds: 0 },
    });
    await relay.client.ask('agents.edit', { ...backEnd(model), key: 'wrong-key' });
    await caio.write(ana, 'oi');
    await facing(first).toMatchObject({
      truth: 'Agora só você responde',
      wrong: [matching(`O agente recusou a chavePadaria · gpt-5-mini, desde ${TIME}Informe uma chave válida\\.`)],
      act: 'Trocar a chave',
      live: 'Volta assim que a chave valer',
      lit: false,
    });
    await listing(first).toEqual([matching(`~Caio \\| Sem resposta, ${TIME} \\| Abrir`)]);
    await first.shows('1 espera você');
    const opened = chromium.browser.waitForTarget((target) => target.url().includes('5511988880001'));
    await first.click('Abrir: ~Caio');
    expect((await opened).url()).toMatch(/^https:\/\/(wa\.me|api\.whatsapp\.com)\/[^?]*5511988880001$/);
    await (await (await opened).page())?.close();
    const popup = await reopen();
    await relay.client.ask('agents.edit', { ...backEnd(model), key: 'right-key' });
    model.reply(() => 'Aqui estou.');
    await facing(popup).toMatchObject({ truth: 'O agente responde por você', lit: true });
    await listing(popup).toEqual([matching(`~Caio \\| Sem resposta, ${TIME} \\| Responder`)]);
    await bia.write(ana, 'bom dia');
    await whatsapp.until(() => bia.received.length === 1, 'somebody else is answered');
    expect(caio.received).toEqual([]);
    await popup.click('Responder: ~Caio');
    await whatsapp.until(() => caio.received.length === 1, 'the chat is answered after all');
  },
);

inChromium(
  'off: nothing is kept, until a time it goes on by itself, and the limit of a day says which it was',
  async () => {
    const { popup, model, ana, caio, relay } = await answeringBench({ settings: { paceSeconds: 0, dailyAnswers: 2 } });
    model.reply(() => 'Olá.');
    await caio.write(ana, 'oi');
    await listing(popup).toEqual([matching(`~Caio \\| Respondida às ${TIME} \\| Assumir`)]);
    await popup.flip();
    await facing(popup).toMatchObject({
      truth: 'Só você responde',
      live: 'Nada é guardado nem respondido depois',
      wrong: [],
      lit: false,
    });
    await listing(popup).toEqual([matching(`~Caio \\| Respondida às ${TIME}`)]);
    await popup.shows('Antes de desligar');
    await caio.write(ana, 'ei');
    await facing(popup).toMatchObject({ live: '1 ignorada, nada guardado' });
    await relay.client.ask('switch', { on: false, until: Date.now() + 60_000 });
    await facing(popup).toMatchObject({
      truth: matching(`Até ${TIME} só você responde`),
      live: 'Depois liga sozinho',
    });
    const backOnAt = async (): Promise<number | undefined> =>
      (await relay.client.ask<{ agents: { backOnAt: number }[] }>('status')).agents[0]?.backOnAt;
    const before = await backOnAt();
    await popup.click('Mais 1 hora');
    await expect.poll(backOnAt, { timeout: 60_000 }).toBe((before ?? 0) + 3_600_000);
    await popup.click('Até amanhã, 8h');
    await facing(popup).toMatchObject({ truth: 'Até amanhã, 8h só você responde' });
    await popup.flip();
    await popup.page.locator('.note[data-lit]').wait();
    model.reply(() => 'Olá de novo.');
    await caio.write(ana, 'oi de novo');
    await facing(popup).toMatchObject({
      truth: 'Só você responde',
      wrong: ['2 de 2 respostas hojePadaria · gpt-5-mini'],
      act: 'Continuar hoje sem limite',
      live: matching(`Desligou sozinho às ${TIME}`),
    });
    await popup.click('Continuar hoje sem limite');
    await facing(popup).toMatchObject({ truth: 'O agente responde por você', lit: true });
  },
);

inChromium(
  'the connection: its sentence on a press, restored, taken by another program, restricted, and gone from the phone',
  async () => {
    const { popup, ana, whatsapp, relay } = await answeringBench({ settings: { backoffFirstSeconds: 3 } });
    await popup.page.locator('.rows > li:last-child button').click();
    await popup.page.locator('.opens .btn').wait();
    expect(await popup.page.$eval('.opens', ({ textContent }) => textContent)).toBe(
      'Conectado com sucesso e recebendo mensagens.Desconectar',
    );
    await popup.page.locator('.rows > li:last-child button').click();
    whatsapp.cut(ana);
    await facing(popup).toMatchObject({
      truth: 'Agora só você responde',
      wrong: ['ReconectandoConexão perdida, tentando restaurar automaticamente.'],
      live: 'Depois responde ao que for recente',
      lit: false,
    });
    await popup.page.locator('.note[data-lit]').wait();
    const untilSeconds = Math.floor(Date.now() / 1_000) + 3_600;
    whatsapp.timeLock(ana, { type: 'DEFAULT', untilSeconds });
    await facing(popup).toMatchObject({
      truth: matching(`Até (amanhã, )?\\S+ só você responde`),
      wrong: [`O WhatsApp restringiu o númeroConectado em ${NUMBER}`],
      live: 'Depois volta sozinho',
      lit: false,
    });
    whatsapp.timeLock(ana, null);
    await popup.page.locator('.note[data-lit]').wait();
    whatsapp.endWith('replaced', ana);
    await facing(popup).toMatchObject({
      truth: 'Agora só você responde',
      wrong: [matching(`Outro programa assumiu esta conexãoOffline desde ${TIME}\\. Feche o outro programa.*`)],
      act: 'Retomar a conexão',
      live: 'Espera a conexão',
    });
    expect(await popup.page.$('.rows [data-is="attention"]')).not.toBeNull();
    await popup.click('Retomar a conexão');
    await popup.page.locator('.note[data-lit]').wait();
    ana.unlink();
    await facing(popup).toMatchObject({
      truth: 'Nenhum número conectado',
      rows: ['Padaria · gpt-5-mini', matching(`O número foi desconectado pelo celularOffline desde ${TIME}\\. .*`)],
      act: 'Escanear QR Code',
      live: '',
    });
    expect(await popup.page.$('input[role="switch"]')).toBeNull();
    expect((await relay.status('Padaria')).on).toBe(false);
  },
);

inChromium(
  'the reasons: each chat once with its act, what became of it in its place, undone within ten seconds, and one button for all',
  async () => {
    const { popup, model, ana, caio, bia, relay, whatsapp } = await answeringBench({ settings: { paceSeconds: 0 } });
    const davi = whatsapp.contact({ number: '5511988880003', name: 'Davi' });
    const reasons = () => readChats(popup, '.causes');
    const listed = expect.poll(reasons, { timeout: 60_000 });
    await relay.client.ask('agents.edit', { ...backEnd(model), key: 'wrong-key' });
    for (const person of [caio, bia]) await person.write(ana, 'tem bolo?');
    await popup.shows('2 esperam você');
    // Which of the two is dealt with first, nobody has promised; this comes after both.
    await caio.write(ana, 'oi?');
    await popup.shows('3 hoje');
    await relay.client.ask('chats.rule', { chat: davi.number, rule: 'never' });
    await davi.write(ana, 'oi');
    await relay.client.ask('agents.edit', { ...backEnd(model), key: 'right-key' });
    await popup.page.locator('.note[data-lit]').wait();
    await popup.page.locator('.go').click();
    await listed.toEqual([
      matching(`~Davi \\| Nunca respondida, ${TIME}`),
      matching(`~Caio \\| Sem resposta, ${TIME} \\| Responder`),
      matching(`~Bia Rocha \\| Sem resposta, ${TIME} \\| Responder`),
    ]);
    await popup.shows('Hoje, 3 conversas ficaram sem resposta', '2 ainda querem resposta');
    let answers = 0;
    model.reply(() => `Resposta ${++answers}.`);
    await popup.click('Responder às 2');
    await whatsapp.until(() => caio.received.length === 1 && bia.received.length === 1, 'both are answered');
    await expect
      .poll(async () => (await reasons()).slice(1), { timeout: 60_000 })
      .toEqual([
        matching(`~Caio \\| Respondida às ${TIME} \\| Assumir`),
        matching(`~Bia Rocha \\| Respondida às ${TIME} \\| Assumir`),
      ]);
    await popup.hides('ainda querem resposta');

    await popup.page.locator('.causes > li:nth-of-type(3) .who').click();
    await popup.shows('O agente falhou');
    await popup.click('Nunca responder');
    await popup.shows('Nunca será respondida');
    await expect.poll(async () => ruleOf(relay, bia.number), { timeout: 60_000 }).toBe('never');
    await popup.click('Desfazer: ~Bia Rocha');
    await expect.poll(async () => ruleOf(relay, bia.number), { timeout: 60_000 }).toBeNull();
    await popup.click('Assumir: ~Caio');
    await popup.click('Devolver: ~Caio');
    await popup.shows('De volta ao agente');
    await popup.click('Desfazer: ~Caio');
    await popup.shows('É seu até');
  },
);

async function ruleOf(relay: RelayBench, number: string): Promise<string | null | undefined> {
  const { chats: known } = await relay.client.ask<{ chats: { number: string; rule: string | null }[] }>('chats.list');
  return known.find((chat) => chat.number === number)?.rule;
}

inChromium('a second agent is led to the number that the first has, and takes it without a scan', async () => {
  const { popup, relay } = await answeringBench();
  await relay.client.ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: {} });
  await popup.click('Loja');
  await facing(popup).toMatchObject({ truth: 'Nenhum número conectado', act: 'Escanear QR Code' });
  await popup.click(`Usar o ${NUMBER}, que está com Padaria`);
  await facing(popup).toMatchObject({ truth: 'Só você responde', live: 'Ainda não foi ligado' });
  expect((await relay.status('Padaria')).link.account).toBeNull();
  expect((await relay.status('Loja')).link.account).not.toBeNull();
});

inChromium(
  'after the connection was away it is caught up with, the word still moves the switch, and one cause is told at a time',
  async () => {
    const { popup, model, ana, caio, bia, whatsapp, relay } = await answeringBench({
      settings: { agentSeconds: 60, backoffFirstSeconds: 0.2 },
    });
    const away = async (): Promise<void> => {
      whatsapp.faults.httpStatus = 503;
      whatsapp.cut(ana);
      await whatsapp.until(() => whatsapp.server.connectionsOf().length === 0, 'it is away');
    };
    model.hang();
    await away();
    for (const person of [caio, bia]) await person.write(ana, 'oi');
    whatsapp.faults.httpStatus = null;
    await facing(popup).toMatchObject({ live: 'Pondo em dia: 0 de 2 conversas', lit: true });
    expect(await popup.page.$eval('progress', ({ value, max }) => [value, max])).toEqual([0, 2]);
    await popup.page.locator('.word').click();
    await facing(popup).toMatchObject({ truth: 'Só você responde' });

    await relay.client.ask('agents.edit', { ...backEnd(model), key: 'wrong-key' });
    model.reply(() => 'Olá.');
    await popup.flip();
    await popup.page.locator('.note[data-lit]').wait();
    await caio.write(ana, 'e agora?');
    await facing(popup).toMatchObject({ wrong: [matching('O agente recusou a chave.*')] });
    await away();
    await facing(popup).toMatchObject({
      wrong: [matching('(Reconectando|Não foi possível alcançar|O WhatsApp respondeu).*')],
    });
  },
);
