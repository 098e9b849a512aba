import { describe, expect, test } from 'vitest';
import { momentAhead } from '../../relay/cli/off-times.ts';
import type { ClientId } from '../../relay/store/client-ledger.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { tomorrowMorning } from '../../shared/rules/switch-times.ts';
import { ACCOUNT, CONNECTED, FakeRelayApi, report, showing } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { run } from './command-bench.ts';

/** A relay with these agents, and what runs a command against it. */
async function bench(...names: readonly string[]) {
  const relay = new FakeRelayApi(...names);
  const { home } = await openLocalServer(relay);
  return {
    relay,
    recado: (argv: readonly string[], given: Parameters<typeof run>[1] = {}) => run(argv, { home, ...given }),
  };
}

const ALL_COMMANDS = [
  'status',
  'link',
  'reconnect',
  'unlink',
  'on --answer listed',
  'off',
  'schedule',
  'why',
  'unanswered',
  'answer 5511',
  'release 5511',
  'take 5511',
  'open 5511',
  'agents list',
  'agents adapters',
  'agents add X',
  'agents edit --name Y',
  'agents remove X --yes',
  'agents test --say hi',
  'pair',
  'clients',
  'clients revoke cli_1',
  'chats',
  'chats answer 5511',
  'chats never 5511',
  'chats clear 5511',
  'chats forget 5511',
  'export',
  'forget --yes',
];

test.each(ALL_COMMANDS)('without a running relay, "%s" says how to start one', async (line) => {
  const argv = line.split(' ');
  const human = await run(argv);
  expect(human).toMatchObject({ code: 3, out: '' });
  expect(human.err).toContain('npm start');

  const script = await run([...argv, '--json']);
  expect(script).toMatchObject({ code: 3, err: '' });
  expect(script.terminal.objects).toEqual([
    { error: { code: 'relay-not-running', message: expect.any(String), hint: expect.stringContaining('npm start') } },
  ]);
});

test('errors are worded in the language of who reads them', async () => {
  const said = await Promise.all(
    LANGUAGE_CODES.map(async (language) => (await run(['status', '--language', language])).err),
  );
  expect(said[0]).toContain('O relay não está rodando.');
  expect(said[1]).toContain('The relay is not running.');
  expect(said[2]).toContain('El relay no está en marcha.');
});

test('a refusal of the relay is worded in the language of who reads it, with its code for scripts', async () => {
  const { recado } = await bench('Recado');
  const human = await recado(['unlink', '--language', 'es']);
  expect(human).toMatchObject({ code: 1, out: '' });
  expect(human.err).toContain('Este agente no tiene ningún número vinculado.');
  const script = await recado(['unlink', '--json', '--language', 'en']);
  expect(script.terminal.objects).toMatchObject([{ error: { code: 'not-linked' } }]);
});

test('with one agent its name may be left out; with several the names are told', async () => {
  const one = await bench('Recado');
  expect((await one.recado(['off'])).code).toBe(0);
  const { recado, relay } = await bench('Sales', 'Support');
  const unnamed = await recado(['off']);
  expect(unnamed.code).toBe(1);
  expect(unnamed.err).toContain('Sales, Support');
  expect((await recado(['off', 'sales'])).code).toBe(0);
  expect(relay.acts).toEqual([['switchTo', relay.idOf('Sales'), false]]);
});

test('status shows the status in its fixed words, the switch and the counts (S14, S27)', async () => {
  const { relay, recado } = await bench('Recado');
  relay.move('Recado', CONNECTED);
  relay.set('Recado', { today: { messages: 5, answers: 4, inputTokens: 300, outputTokens: 20 } });
  const { out, code } = await recado(['status']);
  expect(code).toBe(0);
  for (const part of ['Conectado', '5511999990001', 'Conectado com sucesso e recebendo mensagens.', 'Desligado']) {
    expect(out).toContain(part);
  }
  expect(out).toMatch(/mensagens 5, respostas 4, tokens 320/);
  expect(out).not.toContain('Ignoradas enquanto desligado');
  relay.set('Recado', { ignoredWhileOff: 1 });
  expect((await recado(['status'])).out).toContain('Ignoradas enquanto desligado: 1');
  relay.set('Recado', { on: true });
  expect((await recado(['status'])).out).not.toContain('Ignoradas enquanto desligado');
});

test('--json may stand before the command as well', async () => {
  const { recado } = await bench('Sales');
  const after = await recado(['agents', 'list', '--json']);
  expect(after.terminal.objects.length).toBeGreaterThan(0);
  for (const argv of [
    ['--json', 'agents', 'list'],
    ['agents', '--json', 'list'],
    ['--json', 'agents'],
  ]) {
    expect((await recado(argv)).terminal.objects).toEqual(after.terminal.objects);
  }
});

test('status --json is one object an agent, without codes', async () => {
  const { relay, recado } = await bench('Sales', 'Support');
  relay.move('Sales', showing(1, 'planted-code'));
  const { terminal, everything } = await recado(['status', '--json']);
  expect(terminal.objects).toMatchObject([
    { name: 'Sales', on: false, scope: null, link: { status: 'connecting' }, today: { answers: 0 } },
    { name: 'Support', link: { status: 'offline', cause: 'not-linked' } },
  ]);
  expect(everything).not.toContain('planted-code');
});

test('names from strangers cannot drive a terminal', async () => {
  const { relay, recado } = await bench('Recado');
  const name = '\u001b[2J\u202eAna\u0007';
  const chatId = '110@lid' as ChatId;
  relay.chatList.push({
    chatId,
    kind: 'direct',
    name,
    username: null,
    number: null,
    rule: null,
    heldUntil: null,
    mutedUntil: null,
    asksSince: null,
    automaticAt: null,
    lastMessageAt: 0,
    lastSkip: null,
  });
  const { out } = await recado(['chats']);
  expect(out).toContain('[2JAna');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
});

test('the first switch-on asks a person who is answered; Enter takes the choice that leaves family alone', async () => {
  for (const [answers, scope] of [
    [[''], 'unknown-people'],
    [['7', '2'], 'listed'],
    [['3'], 'everyone'],
  ] as const) {
    const { relay, recado } = await bench('Recado');
    const { code, out } = await recado(['on'], { person: true, answers });
    expect(code).toBe(0);
    expect(out).toContain('ligado');
    expect(relay.acts).toEqual([['switchTo', relay.idOf('Recado'), true, scope]]);
  }
});

test('where nobody can be asked, the first switch-on wants --answer; later ones want nothing', async () => {
  const { relay, recado } = await bench('Recado');
  const refused = await recado(['on']);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('--answer');
  expect(relay.acts).toEqual([]);
  expect((await recado(['on', '--answer', 'everyone'])).code).toBe(0);
  expect((await recado(['on'])).code).toBe(0);
});

test('switching off says how many answers were dropped, and that the number stays linked (S25, S26)', async () => {
  const { relay, recado } = await bench('Recado');
  relay.droppedAnswers = 2;
  const { out } = await recado(['off']);
  expect(out).toMatch(/O número continua conectado/);
  expect(out).toMatch(/2/);
  expect((await recado(['off', '--json'])).terminal.objects).toMatchObject([{ on: false, droppedAnswers: 2 }]);
});

test('settings of a back end are read by their kind', async () => {
  const { relay, recado } = await bench();
  const set = ['baseUrl=http://localhost:1/v1?a=b', 'model=x', 'allowPrivateHttp=sim'];
  const argv = ['agents', 'add', 'Sales', '--adapter', 'openai-compatible', ...set.flatMap((each) => ['--set', each])];
  expect((await recado(argv)).code).toBe(0);
  const rules = '[{"words":["a"],"answer":"b"}]';
  await recado(['agents', 'add', 'Rules', '--set', 'repeatHours=1,5', '--set', `rules=${rules}`]);
  expect(relay.acts.map(([, , backEnd]) => backEnd)).toEqual([
    {
      adapter: 'openai-compatible',
      settings: { baseUrl: 'http://localhost:1/v1?a=b', model: 'x', allowPrivateHttp: true },
    },
    { adapter: 'built-in', settings: { repeatHours: 1.5, rules: [{ words: ['a'], answer: 'b' }] } },
  ]);
});

test('edit changes what is named and nothing else', async () => {
  const { relay, recado } = await bench('Sales');
  relay.set('Sales', {
    adapter: 'openai-compatible',
    settings: { baseUrl: 'https://a', model: 'x', instructions: 'y' },
  });
  await recado(['agents', 'edit', '--set', 'model=z', '--unset', 'instructions']);
  await recado(['agents', 'edit', '--name', 'Shop']);
  expect(relay.acts.map(([, , change]) => change)).toEqual([
    { backEnd: { adapter: 'openai-compatible', settings: { baseUrl: 'https://a', model: 'z' } } },
    { name: 'Shop' },
  ]);
});

test('a preset fills in where an agent is, and a model that nobody named is chosen and told', async () => {
  const { recado, relay } = await bench('Sales');
  const model = (id: string) => ({ id, bytes: null, loaded: null });
  relay.offered = { type: 'models', models: [model('nomic-embed-text'), model('llama3.2:latest')] };
  expect((await recado(['agents', 'presets'])).out).toMatch(/ollama\s+Ollama\s+http:\/\/127\.0\.0\.1:11434\/v1/);
  const added = await recado(['agents', 'add', 'Padaria', '--preset', 'ollama', '--language', 'en']);
  expect(added).toMatchObject({ code: 0 });
  expect(added.out).toContain('Model: llama3.2:latest');
  const settings = { baseUrl: 'http://127.0.0.1:11434/v1', model: 'llama3.2:latest' };
  expect(relay.acts.at(-1)).toEqual(['addAgent', 'Padaria', { adapter: 'openai-compatible', settings }, null]);
  await recado(['agents', 'add', 'Loja', '--preset', 'lm-studio', '--set', 'model=mine']);
  expect(relay.acts.at(-1)).toMatchObject(['addAgent', 'Loja', { settings: { model: 'mine' } }, null]);
  const unknown = await recado(['agents', 'add', 'X', '--preset', 'gpt']);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('ollama | lm-studio');
});

test('a back end that does not exist is told with those that do', async () => {
  const { recado } = await bench('Sales');
  const { code, err } = await recado(['agents', 'add', 'X', '--adapter', 'gpt']);
  expect(code).toBe(2);
  expect(err).toContain('built-in | openai-compatible');
});

test('a name that is too long, or names that could be meant, are told in the reader’s language', async () => {
  const { recado } = await bench('Loja', 'Casa');
  const environment = { LANG: 'pt_BR.UTF-8' };
  const long = await recado(['agents', 'add', 'x'.repeat(1_000)], { environment });
  expect(long.err).toContain('Assim não dá; nada mudou.\nname: O texto é longo demais.\nCorrija');
  const which = await recado(['off', 'Lojas'], { environment });
  expect(which.err).toContain('Não há nenhum agente com esse nome. (Loja, Casa)');
  expect(`${long.err}${which.err}`).not.toMatch(/\b(the|is|are|there)\b/i);
});

test('what nothing brings back is asked about once, and only a yes does it', async () => {
  for (const argv of [['forget'], ['forget', '--all'], ['agents', 'remove', 'Recado']]) {
    const { relay, recado } = await bench('Recado');
    const declined = await recado(argv, { person: true, answers: [''] });
    expect(declined).toMatchObject({ code: 1 });
    expect(declined.terminal.questions).toHaveLength(1);
    expect((await recado(argv)).err).toContain('--yes');
    expect((await recado([...argv, '--json'], { person: true, answers: ['s'] })).code).toBe(2);
    expect(relay.acts).toEqual([]);
    expect((await recado(argv, { person: true, answers: ['S'] })).code).toBe(0);
    expect(relay.acts).toHaveLength(1);
  }
});

test('what is kept for WhatsApp to be told is said, and goes with --now', async () => {
  const { relay, recado } = await bench();
  relay.logoutsLeft = 1;
  const left = await recado(['forget', '--all', '--yes']);
  expect(left.out).toContain('menos o que avisa ao WhatsApp que os aparelhos saíram');
  expect(left.out).toContain('em até 14 dias');
  expect((await recado(['forget', '--all', '--now', '--yes'])).out).not.toContain('menos o que avisa');
});

test('forget takes one agent, all texts, or everything', async () => {
  const { relay, recado } = await bench('Sales', 'Support');
  for (const argv of [['forget'], ['forget', 'Sales'], ['forget', '--all']]) await recado([...argv, '--yes']);
  expect(relay.acts).toEqual([['forgetTexts', null], ['forgetTexts', relay.idOf('Sales')], ['forgetAll']]);
});

test('chats are listed with a reason each and ruled by id or number', async () => {
  const { relay, recado } = await bench('Recado');
  const chatId = '110@lid' as ChatId;
  const lastSkip = { reason: 'too-old', at: 5 } as const;
  const chat = {
    chatId,
    kind: 'direct',
    name: 'Ana',
    username: null,
    number: '5511988880001',
    rule: null,
    heldUntil: null,
    mutedUntil: null,
    asksSince: null,
    automaticAt: null,
    lastMessageAt: 5,
    lastSkip,
  } as const;
  relay.chatList.push(chat);
  expect((await recado(['chats'])).out).toContain('sem resposta: a mensagem já era antiga');
  expect((await recado(['chats', '--json'])).terminal.objects).toEqual([chat]);
  for (const [rule, told] of [
    ['answer', 'Esta conversa será respondida.'],
    ['never', 'Esta conversa nunca será respondida.'],
    ['clear', 'Vale de novo o que está escolhido para o agente.'],
  ] as const)
    expect((await recado(['chats', rule, rule === 'answer' ? '+55 11 98888-0001' : '110@lid'])).out).toContain(told);
  expect(relay.acts.map(([, , chatOf, rule]) => [chatOf, rule])).toEqual([
    [chatId, 'answer'],
    [chatId, 'never'],
    [chatId, null],
  ]);
});

test('agents test talks on: each line is answered with what was said before', async () => {
  const { relay, recado } = await bench('Recado');
  const { out, code } = await recado(['agents', 'test'], { input: 'hi\n\nand you?\n' });
  expect(code).toBe(0);
  expect(out.match(/hello/g)).toHaveLength(2);
  expect(relay.acts.map(([, said]) => said)).toEqual([
    ['contact: hi'],
    ['contact: hi', 'agent: hello', 'contact: and you?'],
  ]);
  expect(new Set(relay.talks).size).toBe(1);
  await recado(['agents', 'test', '--say', 'hi']);
  expect(new Set(relay.talks).size).toBe(2);
});

test('agents test shows what the contact would have got, message by message, with tokens and time', async () => {
  const { relay, recado } = await bench('Recado');
  const usage = { inputTokens: 3, outputTokens: 4 };
  relay.answer = { type: 'answer', texts: ['one', 'two'], usage, shortened: 'too-long', asksOwner: false };
  const human = await recado(['agents', 'test', '--say', 'hi', '--language', 'en']);
  expect(human.out).toMatch(
    /^Message 1 of 2:\none\nMessage 2 of 2:\ntwo\n\(An answer was longer .*\)\n\(took \d+(\.\d)? s, 7 tokens\)\n$/,
  );
  const script = await recado(['agents', 'test', '--say', 'hi', '--json']);
  expect(script.terminal.objects).toMatchObject([
    { texts: ['one', 'two'], reason: null, shortened: 'too-long', usage, ms: expect.any(Number) },
  ]);
});

test('agents test says why nothing would have been sent', async () => {
  const { relay, recado } = await bench('Recado');
  relay.answer = { type: 'silence', reason: 'same-answer', usage: null };
  const human = await recado(['agents', 'test', '--say', 'hi', '--language', 'en']);
  expect(human.out).toMatch(/^\(nothing would be sent: the agent repeated what it had just said\)\n/);
  const script = await recado(['agents', 'test', '--say', 'hi', '--json']);
  expect(script.terminal.objects).toMatchObject([{ texts: [], reason: 'same-answer' }]);
});

test("an agent's fault is a sentence with what to do, and a code", async () => {
  const { relay, recado } = await bench('Recado');
  relay.answer = { type: 'fault', fault: 'key-refused', detail: 'HTTP 401', usage: null };
  const human = await recado(['agents', 'test', '--say', 'hi', '--language', 'en']);
  expect(human).toMatchObject({ code: 1, err: 'The agent refused the key. (HTTP 401)\nGive it a valid key.\n' });
  const script = await recado(['agents', 'test', '--say', 'hi', '--json']);
  expect(script.terminal.objects).toMatchObject([{ error: { code: 'key-refused' } }]);
});

test('unlink says when WhatsApp has yet to confirm (S28)', async () => {
  const { relay, recado } = await bench('Recado');
  relay.move('Recado', CONNECTED);
  expect((await recado(['unlink'])).out).toContain('Desconectado.');
  relay.move('Recado', { ...CONNECTED, since: 20 });
  relay.afterUnlink = report({ cause: 'unlink-unconfirmed', since: 21 });
  expect((await recado(['unlink'])).out).toContain('Aparelhos Conectados');
});

test('a connection that another program took is taken back without a scan', async () => {
  const { relay, recado } = await bench('Recado');
  expect((await recado(['reconnect'])).code).toBe(1);
  relay.move('Recado', report({ cause: 'replaced', account: ACCOUNT }));
  expect((await recado(['reconnect'])).code).toBe(0);
  expect(relay.acts).toEqual([['takeOver', relay.idOf('Recado')]]);
});

test('pair shows a code, to be typed within two minutes', async () => {
  const { recado } = await bench('Sales');
  expect((await recado(['pair', '--language', 'en'])).out).toContain('Type this in the browser: ABCDE-FGHJK');
  expect((await recado(['pair', '--json'])).terminal.objects).toEqual([
    { code: 'ABCDE-FGHJK', expiresAt: Date.UTC(2100, 0) },
  ]);
});

test('paired browsers are listed without their keys, and revoked by id', async () => {
  const { relay, recado } = await bench('Sales');
  expect((await recado(['clients', '--language', 'en'])).out).toContain('No browser is paired');
  const client = {
    id: 'cli_1' as ClientId,
    name: 'Chrome',
    origin: 'chrome-extension://a',
    pairedAt: 1,
    seenAt: 2,
    madeHere: true,
  };
  relay.clientList.push({ ...client, publicKey: 'planted-key' });
  const { terminal, everything } = await recado(['clients', '--json']);
  expect(terminal.objects).toEqual([client]);
  expect(everything).not.toContain('planted-key');
  expect((await recado(['clients', 'revoke', 'cli_1', '--json'])).terminal.objects).toEqual([{ id: 'cli_1' }]);
  expect(await recado(['clients', 'revoke', 'cli_2'])).toMatchObject({ code: 1 });
  expect(relay.acts.at(-1)).toEqual(['revokeClient', 'cli_2']);
});

describe('off for a time', () => {
  const hour = 3_600_000;
  test.each([
    ['--for 1h', (now: number) => now + hour],
    ['--for 90m', (now: number) => now + 1.5 * hour],
    ['--until tomorrow', tomorrowMorning],
  ])('off %s goes on again by itself', async (flags, at) => {
    const { relay, recado } = await bench('Sales');
    const before = Date.now();
    const { code, terminal } = await recado(['off', ...flags.split(' '), '--json']);
    expect(code).toBe(0);
    const [told] = terminal.objects as readonly { backOnAt: number }[];
    expect(told?.backOnAt).toBeGreaterThanOrEqual(at(before));
    expect(told?.backOnAt).toBeLessThanOrEqual(at(Date.now()));
    expect(relay.acts.at(-1)).toEqual(['switchTo', relay.idOf('Sales'), false, told?.backOnAt]);
  });

  test.each([
    '--for soon',
    '--for 0h',
    '--for -1h',
    '--for 9999d',
    '--until yesterday',
    '--until 25:00',
    '--until 2001-01-01',
  ])('off %s is refused, and nothing is switched', async (flags) => {
    const { relay, recado } = await bench('Sales');
    expect((await recado(['off', ...flags.split(' ')])).code).toBe(2);
    expect(relay.acts).toEqual([]);
  });

  test('a time of day that has passed is tomorrow’s', () => {
    const noon = new Date(2026, 10, 24, 12).getTime();
    expect(momentAhead('18:30', noon)).toBe(noon + 6.5 * hour);
    expect(momentAhead('09:00', noon)).toBe(noon + 21 * hour);
    expect(momentAhead('2026-11-25', noon)).toBe(noon + 12 * hour);
    expect(momentAhead('2026-11-25T08:00', noon)).toBe(noon + 20 * hour);
  });
});

test('schedule shows, sets and clears the times of a week, and the first time asks who is answered', async () => {
  const { relay, recado } = await bench('Sales');
  const text = 'mon-fri 09:00-12:00, sat 22:00-02:00';
  expect((await recado(['schedule', '--set', 'whenever'])).code).toBe(2);
  expect((await recado(['schedule', '--set', text, '--json'])).terminal.objects).toMatchObject([
    { error: { code: 'who-is-answered' } },
  ]);
  const set = await recado(['schedule', '--set', text, '--answer', 'listed', '--json']);
  expect(set.terminal.objects).toMatchObject([{ on: true, text, droppedAnswers: 0 }]);
  expect(relay.acts.map(([act]) => act)).toEqual(['setScope', 'setSchedule']);
  expect((await recado(['schedule'])).out).toContain(text);
  expect((await recado(['schedule', '--clear', '--json'])).terminal.objects).toMatchObject([
    { schedule: [], text: '' },
  ]);
});

test('owner-first tells, gives and ends the minutes that the owner has to answer first', async () => {
  const { relay, recado } = await bench('Sales');
  expect((await recado(['owner-first'])).out).toContain('Sales: responde na hora.');
  for (const wrong of ['0', '241', '1.5', 'ten'])
    expect((await recado(['owner-first', '--minutes', wrong])).code).toBe(2);
  const set = await recado(['owner-first', 'Sales', '--minutes', '10', '--json']);
  expect(set.terminal.objects).toMatchObject([{ name: 'Sales', ownerMinutes: 10 }]);
  expect((await recado(['owner-first', '--language', 'en'])).out).toContain('within 10 minutes');
  await recado(['owner-first', '--clear']);
  expect(relay.acts).toEqual([
    ['setOwnerMinutes', relay.idOf('Sales'), 10],
    ['setOwnerMinutes', relay.idOf('Sales'), 0],
  ]);
});

test('why tells what became of each message, for all chats or one, and never a text', async () => {
  const { relay, recado } = await bench('Sales');
  const chat = { chatId: '77@lid' as ChatId, kind: 'direct', name: 'Caio', number: '5511988880001' } as const;
  relay.chatList.push({
    ...chat,
    username: null,
    rule: null,
    heldUntil: null,
    mutedUntil: null,
    asksSince: null,
    automaticAt: null,
    lastMessageAt: 1,
    lastSkip: null,
  });
  relay.outcomeList = [
    { ...chat, outcome: 'answered', sentAt: 5, at: 9 },
    { ...chat, outcome: 'too-old', sentAt: 4, at: 4 },
  ];
  const { terminal } = await recado(['why', '+55 11 98888-0001', '--json']);
  expect(terminal.objects).toMatchObject([
    { chatId: '77@lid', outcome: 'answered', reason: null, sentAt: 5 },
    { chatId: '77@lid', outcome: 'too-old', reason: 'too-old', sentAt: 4 },
  ]);
  expect(relay.acts.at(-1)).toEqual(['outcomes', relay.idOf('Sales'), { limit: 50, chatId: '77@lid' }]);
  expect((await recado(['why', '--language', 'en'])).out).toContain('the message was old already');
});

test('what is unanswered is listed, a chat is answered on the owner’s word, and given back', async () => {
  const { relay, recado } = await bench('Sales');
  const chat = { chatId: '77@lid' as ChatId, kind: 'direct', name: 'Caio', number: '5511988880001' } as const;
  relay.chatList.push({
    ...chat,
    username: null,
    rule: null,
    heldUntil: null,
    mutedUntil: null,
    asksSince: null,
    automaticAt: null,
    lastMessageAt: 1,
    lastSkip: null,
  });
  relay.unansweredList = [{ ...chat, reason: 'agent-error', messages: 2, oldestAt: 5, newestAt: 6 }];
  expect((await recado(['unanswered', '--json'])).terminal.objects).toMatchObject([
    { chatId: '77@lid', reason: 'agent-error', messages: 2, oldestAt: 5, newestAt: 6 },
  ]);
  const { out } = await recado(['unanswered', '--language', 'en']);
  expect(out).toContain('Caio');
  expect(out).toContain('To have one answered all the same');
  expect((await recado(['answer', '77@lid', '--json'])).terminal.objects).toEqual([{ chatId: '77@lid', messages: 2 }]);
  expect((await recado(['release', '77@lid', '--json'])).terminal.objects).toEqual([
    { chatId: '77@lid', released: true, heldUntil: null },
  ]);
  expect((await recado(['take', '77@lid', '--json'])).terminal.objects).toEqual([
    { chatId: '77@lid', heldUntil: 900_000 },
  ]);
  expect((await recado(['open', '77@lid', '--json'])).terminal.objects).toEqual([
    { chatId: '77@lid', address: 'https://wa.me/5511988880001' },
  ]);
});
