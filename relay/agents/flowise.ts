/**
 * `flowise`: a flow of Flowise, by the address that it shows for it. One session per chat: the chat's keyed hash, never the number.
 *
 * Settings: `url`, `allowPrivateHttp`; `key` is optional, sent as a bearer token. A run goes on after a hang-up.
 * Flowise answers with 500 whatever went wrong, and with 200 where a step asks its operator: that is no answer.
 */
import * as v from 'valibot';
import type { AgentResult, Turn } from '../turn.ts';
import { type AgentDeps, answerInTime, defineAdapter } from './adapter.ts';
import { resultOf } from './answer-text.ts';
import { ConversationNote, toldAlone } from './conversation-note.ts';
import { eventsOf, isEventStream } from './event-stream.ts';
import { type Fault, fault } from './fault.ts';
import { type Call, type HttpReply, withinTime } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { at, parseNearlyJson } from './json.ts';
import { allowPrivateHttp, urlText, wrong } from './setting-schemas.ts';

/** The last part of every address that Flowise has for a flow, whether to ask it or to look at it. */
const FLOW = /^(.{0,400}?)\/(?:api\/v1\/prediction|(?:v2\/)?(?:agent)?canvas|chatbot)\/([\w-]{1,64})\/?$/;

const entries = {
  url: v.pipe(
    urlText('the address that the flow shows under API, or the one at which it is edited'),
    v.check((address) => FLOW.test(new URL(address).pathname), wrong('address-of-no-flow')),
  ),
  allowPrivateHttp,
};

type FlowiseSettings = v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>;

export const flowise = defineAdapter({
  name: 'flowise',
  meaning: 'a flow of Flowise',
  countsTokens: false,
  readsFiles: false,
  entries,
  key: { required: false, meaning: 'where the flow asks for one: made in Flowise, under API Keys' },
  create: (settings, secret, deps) => {
    const flow = new Flow(settings, secret, deps);
    return {
      repeatable: false,
      answer: (turn, signal) =>
        answerInTime(deps, settings.allowPrivateHttp, signal, (call) => flow.answer(turn, call)),
      check: (signal) =>
        withinTime(deps, settings.allowPrivateHttp, signal, async (call) => {
          // Open to everybody: it says that the flow is there, and runs nothing.
          const reply = await call.send(flow.request('GET', 'chatflows-streaming', null));
          if (reply.type === 'fault') return reply;
          return faultOfFlowise(reply) ?? { type: 'reached', detail: 'the flow is there; it was not run' };
        }),
    };
  },
});

class Flow {
  readonly #settings: FlowiseSettings;
  readonly #key: string | null;
  readonly #note: ConversationNote;

  constructor(settings: FlowiseSettings, key: string | null, deps: AgentDeps) {
    this.#settings = settings;
    this.#key = key;
    this.#note = new ConversationNote(deps, [settings.url]);
  }

  async answer(turn: Turn, call: Call): Promise<AgentResult> {
    const session = turn.chatKey;
    const isNew = (await this.#note.read(turn)) === null;
    const body = { question: toldAlone(turn, isNew), chatId: session, overrideConfig: { sessionId: session } };
    const reply = await call.send(this.request('POST', 'prediction', body));
    if (reply.type === 'fault') return { ...reply, usage: null };
    const result = readFlow(reply);
    if (isNew && result.type !== 'fault') await this.#note.keep(turn, session);
    return result;
  }

  request(method: 'GET' | 'POST', path: 'prediction' | 'chatflows-streaming', body: object | null) {
    const url = new URL(this.#settings.url);
    const [, before = '', id = ''] = FLOW.exec(url.pathname) ?? [];
    url.pathname = `${before}/api/v1/${path}/${id}`;
    url.hash = '';
    return {
      method,
      url: url.href,
      headers: {
        ...(this.#key && { authorization: `Bearer ${this.#key}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    };
  }
}

function readFlow(reply: HttpReply): AgentResult {
  const refused = faultOfFlowise(reply);
  if (refused) return { ...refused, usage: null };
  const said = isEventStream(reply) ? saidInStream(reply.body) : saidInBody(reply);
  if (typeof said !== 'string') return { ...said, usage: null };
  return said.trim() === '' ? { ...fault('no-answer', 'a run without a word'), usage: null } : resultOf(said, null);
}

function saidInBody({ body, contentType }: HttpReply): string | Fault {
  const run = parseNearlyJson(body);
  if (run === undefined) {
    const isPage = contentType === 'text/html' || /^\s{0,20}</.test(body);
    return isPage ? fault('wrong-server', 'the body is a web page') : fault('odd-answer', 'the body is no JSON');
  }
  if (isPaused(run)) return PAUSED;
  const text = at(run, 'text');
  const data = at(run, 'json');
  if (typeof text === 'string') return text;
  // What a flow with a structured output gives; a text for a person is looked for in it.
  if (typeof data === 'object' && data !== null) return JSON.stringify(data);
  return fault('odd-answer', 'no text where one is expected');
}

/** Where the flow is set to stream whatever is asked, or a gateway asks for it. */
function saidInStream(body: string): string | Fault {
  const events = eventsOf(body).map(({ name, data }) => ({ event: at(data, 'event') ?? name, data: at(data, 'data') }));
  if (events.some(({ event }) => event === 'error')) return fault('flow-failed', 'the flow reported an error');
  if (events.some(({ event, data }) => event === 'action' && data !== null)) return PAUSED;
  if (!events.some(({ event }) => event === 'end' || event === 'metadata'))
    return fault('unreachable', 'the stream stopped before its end');
  return events.map(({ event, data }) => (event === 'token' && typeof data === 'string' ? data : '')).join('');
}

const PAUSED = fault('waits-for-person', 'the run has paused');

/** A step waits for the flow's operator: what it says is said to them. */
function isPaused(run: unknown): boolean {
  const action = at(run, 'action');
  if (typeof action === 'object' && action !== null && Object.keys(action).length > 0) return true;
  const steps = at(run, 'agentFlowExecutedData');
  return Array.isArray(steps) && steps.some((step: unknown) => at(step, 'status') === 'STOPPED');
}

const UNAUTHORIZED = /\bunauthorized[.!]?$/i;
const NOT_FOUND = /\bchatflow\b.{0,200}\bnot found\b/i;

function faultOfFlowise(reply: HttpReply): Fault | null {
  const refused = faultOfReply(reply);
  if (!refused || reply.status < 500) return refused;
  const message = at(parseNearlyJson(reply.body), 'message');
  // A server in front of a flow that is not there says nothing of a flow.
  if (typeof message !== 'string') return refused;
  const said = message.slice(0, 1_000).trim();
  if (UNAUTHORIZED.test(said)) return fault('key-refused', `HTTP ${reply.status}`);
  if (NOT_FOUND.test(said)) return fault('wrong-address', `HTTP ${reply.status}`);
  return fault('flow-failed', `HTTP ${reply.status}`);
}
