/**
 * `sippulse`: an agent of the SipPulse AI platform, through its threads. One thread per chat, kept as a note;
 * its `uid` is the chat's keyed hash, never the number.
 *
 * Settings: `agentId` (agt_…), `baseUrl`, `prefix`, `allowPrivateHttp`; `key` is required, sent as `api-key`.
 * The platform has no way to add a message without running the agent, so the owner's words travel as marked lines
 * at the head of the next message, and in `additional_instructions` when a thread is opened.
 */
import * as v from 'valibot';
import type { AgentResult, Turn } from '../turn.ts';
import { type AgentDeps, answerInTime, defineAdapter } from './adapter.ts';
import { ConversationNote, toldIn } from './conversation-note.ts';
import { type Fault, fault } from './fault.ts';
import { type Call, type HttpReply, withinTime } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';
import { allowPrivateHttp, joinUrl, requiredText, textOr, urlText } from './setting-schemas.ts';
import { readRun } from './sippulse-run.ts';
import { asOneText, explainMarks } from './speakers.ts';

const entries = {
  agentId: requiredText('the id of the agent on the platform, agt_…'),
  baseUrl: v.optional(urlText('the address of the platform'), 'https://api.sippulse.ai'),
  prefix: textOr('/v1', 'the part of the address before /threads; may be empty'),
  allowPrivateHttp,
};

type SipPulseSettings = v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>;
type Thread = { readonly id: string; readonly isNew: boolean };

/** A thread that is closed or unknown says so with one of these; a new one takes its place, once. */
const THREAD_GONE = new Set([404, 409, 410, 422]);

export const sippulse = defineAdapter({
  name: 'sippulse',
  meaning: 'an agent of the SipPulse AI platform',
  countsTokens: true,
  readsFiles: false,
  entries,
  key: { required: true, meaning: 'made under Configurações → API Keys of the platform' },
  create: (settings, secret, deps) => {
    const platform = new Platform(settings, secret ?? '', deps);
    return {
      repeatable: true,
      answer: (turn, signal) =>
        answerInTime(deps, settings.allowPrivateHttp, signal, (call) => platform.answer(turn, call)),
      check: (signal) =>
        withinTime(deps, settings.allowPrivateHttp, signal, async (call) => {
          // Lists models and runs nothing: the cheapest call known that looks at the key.
          const reply = await call.send(platform.request('GET', '/v1/openai/models', null));
          if (reply.type === 'fault') return reply;
          if (reply.status === 404) return { type: 'reached', detail: 'the key was not looked at' };
          return faultOfReply(reply) ?? { type: 'ok', detail: 'reached; the key is taken' };
        }),
    };
  },
});

class Platform {
  readonly #settings: SipPulseSettings;
  readonly #key: string;
  readonly #note: ConversationNote;

  constructor(settings: SipPulseSettings, key: string, deps: AgentDeps) {
    this.#settings = settings;
    this.#key = key;
    this.#note = new ConversationNote(deps, [settings.agentId, settings.baseUrl]);
  }

  async answer(turn: Turn, call: Call): Promise<AgentResult> {
    const kept = await this.#note.read(turn);
    const thread = kept === null ? await this.#open(turn, call) : { id: kept, isNew: false };
    if ('type' in thread) return { ...thread, usage: null };
    const reply = await this.#run(thread, turn, call);
    if (reply.type === 'fault') return { ...reply, usage: null };
    if (thread.isNew || !THREAD_GONE.has(reply.status)) return readRun(reply);
    const fresh = await this.#open(turn, call);
    if ('type' in fresh) return { ...fresh, usage: null };
    const second = await this.#run(fresh, turn, call);
    return second.type === 'fault' ? { ...second, usage: null } : readRun(second);
  }

  request(method: 'GET' | 'POST', path: string, body: object | null) {
    return {
      method,
      url: joinUrl(this.#settings.baseUrl, path),
      headers: {
        'api-key': this.#key,
        accept: 'application/json, text/event-stream',
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    };
  }

  #run(thread: Thread, turn: Turn, call: Call): Promise<HttpReply | Fault> {
    const path = `${this.#settings.prefix}/threads/${encodeURIComponent(thread.id)}/run`;
    return call.send(this.request('POST', path, { role: 'user', content: toldIn(turn, thread.isNew) }));
  }

  async #open(turn: Turn, call: Call): Promise<Thread | Fault> {
    const owner = turn.context.filter((line) => line.author === 'owner');
    const body = {
      agent_id: this.#settings.agentId,
      uid: turn.chatKey,
      additional_instructions: [explainMarks(turn.chatKey), asOneText(owner, turn.chatKey)]
        .filter(Boolean)
        .join('\n\n'),
    };
    let reply = await call.send(this.request('POST', `${this.#settings.prefix}/threads`, body));
    // The platform's pages disagree on whether opening a thread has the prefix.
    if (reply.type === 'reply' && (reply.status === 404 || reply.status === 405) && this.#settings.prefix) {
      reply = await call.send(this.request('POST', '/threads', body));
    }
    if (reply.type === 'fault') return reply;
    const refused = faultOfReply(reply);
    if (refused) return refused;
    const id = at(parseJson(reply.body), 'id');
    if (typeof id !== 'string' || id === '') return fault('odd-answer', 'a thread was opened without an id');
    await this.#note.keep(turn, id);
    return { id, isNew: true };
  }
}
