/** What holds of every answer that leaves and of every message that arrives, whatever is in it. */
import { proto } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { bounded, resultOf, unfinishedResultOf } from '../../relay/agents/answer-text.ts';
import type { HttpReply } from '../../relay/agents/http-client.ts';
import { written } from '../../relay/agents/speakers.ts';
import { readWebhookReply } from '../../relay/agents/webhook-reply.ts';
import { turnOf } from '../../relay/conversation/transcript.ts';
import type { AgentResult } from '../../relay/turn.ts';
import { readMessage } from '../../relay/whatsapp/messages/read-message.ts';
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import answers from '../agents/server-answers.json' with { type: 'json' };
import messages from '../whatsapp/messages/seen-messages.json' with { type: 'json' };
import { mutated, mutatedBytes, PLANTED_KEY } from './mutations.ts';

const BOUNDS = { settings: { answerCharacters: 1_000, answerTexts: 5 }, secret: PLANTED_KEY };
const CONTROL = /(?![\t\n])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/u;
const THOUGHT =
  /<\/?(?:\w{1,20}:)?(?:think|thinking|reasoning|reflection|analysis)>|\[\/?THINK\]|◁\/?think▷|<\|(?:begin|end)_of_thought\|>|<\|(?:im_end|im_start|channel|eot_id)\|>/i;

/** Throws where an answer that would leave breaks a promise. */
function requireFit(result: AgentResult): void {
  if (result.type !== 'answer') return;
  const all = result.texts.join('\n');
  if (CONTROL.test(all) || !all.isWellFormed()) throw new Error('a control character leaves');
  if (THOUGHT.test(all)) throw new Error(`a mark of reasoning leaves: ${THOUGHT.exec(all)?.[0]}`);
  if (result.texts.join('').includes(PLANTED_KEY) || all.includes(PLANTED_KEY)) throw new Error('the key leaves');
  if (/^\s*\[(?:owner|shown) [0-9a-f]{6}\]/im.test(all)) throw new Error('a mark of ours leaves');
  if (result.texts.length > BOUNDS.settings.answerTexts) throw new Error('too many messages');
  if (result.texts.some((text) => text.length > BOUNDS.settings.answerCharacters || text.trim() === ''))
    throw new Error('a message is empty or too long');
}

const contents = answers.map(({ reply }) => reply.body).concat('Oi! Tudo bem?\n\n- um\n- dois', '*a* _b_ ~c~ `d`');

const aReply = fc.record({
  body: mutated(contents),
  status: fc.constantFrom(200, 200, 200, 204, 429, 500),
  contentType: fc.constantFrom('application/json', 'text/html', 'text/plain', 'text/event-stream', ''),
});

/** The same texts as a model's words and as a flow's body. */
const answersHold = fc.property(aReply, fc.boolean(), (parts, isWhole) => {
  const reply: HttpReply = { type: 'reply', retryAfterMs: null, ...parts };
  requireFit(bounded(readWebhookReply(reply, { onlyReceives: false }, ['oi']), BOUNDS));
  const said = isWhole ? resultOf(parts.body, null) : unfinishedResultOf(parts.body, null);
  requireFit(bounded(said, BOUNDS));
});

const ME = { id: '5511999990001:7@s.whatsapp.net', lid: '70000000000001:7@lid' };
const CHAT = '200000000000002@lid' as ChatId;
const MOST_LINES = 100_000;

/** Throws where what a back end would read of a message breaks a promise. */
function requireMarked(message: proto.IMessage): void {
  const key = { remoteJid: CHAT, fromMe: false, id: '3A01' };
  const result = readMessage({ key, message, messageTimestamp: 1_760_000_000 }, ME, true);
  if (result.type === 'ignored') return;
  const line = { row: 1, author: 'contact', message: result.message, open: true, asked: false } as const;
  const parts = {
    agentId: 'agt_1' as AgentId,
    chatId: CHAT,
    hashKey: Buffer.alloc(32, 7),
    ownKey: '',
    answeredThrough: 0,
  };
  const turn = turnOf({ ...parts, lines: [line] })?.turn;
  const read = turn?.fresh[0];
  if (!turn || !read) throw new Error('a message was lost');
  const mark = `[shown ${turn.chatKey.slice(0, 6)}] `;
  const lines = written({ ...read, text: '' }, turn.chatKey).split('\n');
  if (read.shown.length > 0 && lines.some((each) => !each.startsWith(mark))) throw new Error('a line is not marked');
  if (lines.length > MOST_LINES) throw new Error('too many lines');
  if (read.shown.some(({ text }) => CONTROL.test(text))) throw new Error('a control character is shown');
}

const encoded = messages.map(({ message }) => proto.Message.encode(proto.Message.fromObject(message)).finish());
const jsonTexts = messages.map(({ message }) => JSON.stringify(message));

const messageBytesHold = fc.property(mutatedBytes(encoded), (bytes) => {
  const message = decoded(() => proto.Message.decode(bytes));
  if (message) requireMarked(message);
});

const messageTextsHold = fc.property(mutated(jsonTexts), (text) => {
  // As it would come over the wire, with whatever words the change has left in it.
  const message = decoded(() =>
    proto.Message.decode(proto.Message.encode(proto.Message.fromObject(JSON.parse(text))).finish()),
  );
  if (message) requireMarked(message);
});

/** Null where the change has left no message: Baileys refuses these before us. */
function decoded(decode: () => proto.IMessage): proto.IMessage | null {
  try {
    return decode();
  } catch {
    return null;
  }
}

const SPEAKERS = {
  agent: ['assistant', 'ai', 'AIMessage', 'bot', 'model', 'assistente'],
  contact: ['user', 'human', 'HumanMessage', 'customer', 'usuário'],
  other: ['system', 'tool', 'developer', 'function', 'SystemMessage'],
} as const;
type Spoken = { readonly of: keyof typeof SPEAKERS; readonly role: string; readonly form: number };

const spoken: fc.Arbitrary<Spoken> = fc
  .constantFrom(...(Object.keys(SPEAKERS) as (keyof typeof SPEAKERS)[]))
  .chain((of) => fc.record({ of: fc.constant(of), role: fc.constantFrom<string>(...SPEAKERS[of]), form: fc.nat(3) }));

/** A line of a conversation as one of several programs writes it; each says who spoke, and which line it is. */
function lineOf({ of, role, form }: Spoken, at: number): object {
  const content = `${of} ${at}`;
  if (form === 0) return { role, content };
  if (form === 1) return { type: role, content: [{ type: 'text', text: content }] };
  if (form === 2) return { id: at, message: { role, content } };
  return { json: { role, text: content } };
}

/** Of a conversation that is handed back nothing leaves but what the agent said after the last of the contact's. */
const conversationsHold = fc.property(
  fc.array(spoken, { minLength: 1, maxLength: 8 }),
  fc.constantFrom('list', 'messages', 'data', 'text'),
  (lines, place) => {
    const list = lines.map(lineOf);
    const body =
      place === 'list' ? list : place === 'text' ? { output: JSON.stringify({ messages: list }) } : { [place]: list };
    const reply = {
      type: 'reply',
      retryAfterMs: null,
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify(body),
    } as const;
    const result = bounded(readWebhookReply(reply, { onlyReceives: false }, ['oi']), BOUNDS);
    if (result.type !== 'answer') return;
    const last = lines.findLastIndex(({ of }) => of === 'contact');
    for (const text of result.texts) {
      const [of, at] = text.split(' ');
      if (of !== 'agent' || Number(at) < last) throw new Error(`${text} leaves`);
    }
  },
);

const TOKENS = fc
  .tuple(fc.constantFrom('<|', '<｜', '[|'), fc.stringMatching(/^[a-z][a-z_]{3,20}$/))
  .filter(([, name]) => !/tool|function|call|python|action|plugin|interpreter|think|thought|reason/.test(name))
  .map(([open, name]) => `${open}${name}${open === '[|' ? '|]' : open === '<|' ? '|>' : '｜>'}`);
const CITATIONS = fc.constantFrom(
  '【4:0†x】',
  '【12】',
  '[^3^]',
  '[cite: 1, 2]',
  '\uE200cite\uE202turn0search1\uE201',
  ' turn0search1turn1view2',
);
const wrappings: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify({ output: text }),
  (text) => JSON.stringify({ resposta: text, intencao: 'x' }),
  (text) => JSON.stringify([text]),
  (text) => JSON.stringify({ messages: [{ role: 'assistant', content: text }] }),
  (text) => `\`\`\`json\n${JSON.stringify({ reply: { text } })}\n\`\`\``,
  (text) => `<think>x</think>${text}`,
  (text) => `<answer>${text}</answer>`,
];

/** Words in whatever wrapping, with tokens and citations at their ends: the words leave, and nothing else. */
const wrappingsHold = fc.property(
  fc.array(fc.constantFrom(...wrappings), { maxLength: 3 }),
  fc.option(TOKENS),
  fc.option(CITATIONS),
  (layers, token, citation) => {
    const said = layers.reduce((text, wrap) => wrap(text), `R$ 30${citation ?? ''}${token ?? ''}`);
    const result = bounded(resultOf(said, null), BOUNDS);
    if (result.type !== 'answer' || result.texts.join('\n') !== 'R$ 30')
      throw new Error(JSON.stringify([said, result]));
  },
);

export const PROMISES = { answersHold, conversationsHold, wrappingsHold, messageBytesHold, messageTextsHold } as const;
