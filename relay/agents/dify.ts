/**
 * `dify`: an app of Dify, in its cloud or on a server of one's own: a chatbot, an agent or a chatflow. One conversation per chat, kept as a
 * note; its `user` is the chat's keyed hash, never the number. Asked as a stream always, as agents answer no other way; what the stream
 * says is read in dify-stream.ts.
 *
 * Settings: `baseUrl`, `allowPrivateHttp`; `key`, which names the app as well, is required. A run goes on after a hang-up.
 */
import * as v from 'valibot';
import type { AgentResult, Turn } from '../turn.ts';
import { type AgentDeps, answerInTime, defineAdapter } from './adapter.ts';
import { ConversationNote, toldAlone } from './conversation-note.ts';
import { type DifyRun, faultOfDify, readDifyRun } from './dify-stream.ts';
import { type Fault, fault } from './fault.ts';
import { type Call, withinTime } from './http-client.ts';
import { at, parseJson } from './json.ts';
import { allowPrivateHttp, joinUrl, urlText, withoutEnd } from './setting-schemas.ts';

const entries = {
  baseUrl: v.optional(urlText('the address of the service, with /v1'), 'https://api.dify.ai/v1'),
  allowPrivateHttp,
};

type DifySettings = v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>;

/** What follows the address in manuals. */
const ENDS = ['chat-messages', 'parameters', 'info'] as const;
/** More than a form has that a person fills in. */
const MOST_FIELDS = 100;
const FIELD_NAME = /^\w{1,40}$/;

export const dify = defineAdapter({
  name: 'dify',
  meaning: 'an app made with Dify: a chatbot, an agent or a chatflow',
  countsTokens: true,
  readsFiles: false,
  entries,
  key: { required: true, meaning: 'made in the app, under API Access; it says which app answers' },
  create: (settings, secret, deps) => {
    const app = new App(settings, secret ?? '', deps);
    return {
      repeatable: false,
      answer: (turn, signal) => answerInTime(deps, settings.allowPrivateHttp, signal, (call) => app.answer(turn, call)),
      check: (signal) =>
        withinTime(deps, settings.allowPrivateHttp, signal, async (call) => {
          const refused = await app.formFault(call);
          return refused ?? { type: 'ok', detail: 'reached; the key is taken' };
        }),
    };
  },
});

class App {
  readonly #settings: DifySettings;
  readonly #key: string;
  readonly #note: ConversationNote;

  constructor(settings: DifySettings, key: string, deps: AgentDeps) {
    this.#settings = settings;
    this.#key = key;
    this.#note = new ConversationNote(deps, [settings.baseUrl]);
  }

  async answer(turn: Turn, call: Call): Promise<AgentResult> {
    const kept = await this.#note.read(turn);
    if (kept !== null) {
      const run = await this.#run(turn, kept, call);
      // One that is unknown there, or was broken by a failure before, takes no message any more.
      if (!run.isConversationGone) return run.result;
    }
    // A stream to an app that waits for the fields of its form may never end: so they are looked at first.
    const refused = await this.formFault(call);
    if (refused) return { ...refused, usage: null };
    const run = await this.#run(turn, null, call);
    if (run.conversation !== null && run.result.type !== 'fault') await this.#note.keep(turn, run.conversation);
    return run.result;
  }

  /** What keeps the app from being asked; null where nothing does. Runs nothing. */
  async formFault(call: Call): Promise<Fault | null> {
    const reply = await call.send(this.#request('GET', 'parameters', null));
    if (reply.type === 'fault') return reply;
    const refused = faultOfDify(reply);
    if (refused) return refused;
    const form = at(parseJson(reply.body), 'user_input_form');
    if (!Array.isArray(form)) return null;
    const fields = form
      .slice(0, MOST_FIELDS)
      .flatMap((field: unknown) => (typeof field === 'object' && field !== null ? Object.values(field) : []));
    const missing = fields.filter(isAskedFor).map((field) => at(field, 'variable'));
    if (missing.length === 0) return null;
    const names = missing.filter((name) => typeof name === 'string' && FIELD_NAME.test(name));
    return fault('asks-for-fields', names.slice(0, 5).join(', '));
  }

  async #run(turn: Turn, conversation: string | null, call: Call): Promise<DifyRun> {
    const body = {
      query: toldAlone(turn, conversation === null),
      inputs: {},
      user: turn.chatKey,
      response_mode: 'streaming',
      conversation_id: conversation ?? '',
      // A title would be one more question to a model.
      auto_generate_name: false,
    };
    const reply = await call.send(this.#request('POST', 'chat-messages', body));
    if (reply.type === 'fault')
      return { result: { ...reply, usage: null }, conversation: null, isConversationGone: false };
    const run = readDifyRun(reply);
    return conversation === null ? { ...run, isConversationGone: false } : run;
  }

  #request(method: 'GET' | 'POST', path: (typeof ENDS)[number], body: object | null) {
    return {
      method,
      url: joinUrl(withoutEnd(this.#settings.baseUrl, ENDS), path),
      headers: { authorization: `Bearer ${this.#key}`, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    };
  }
}

/** A field of the form without which the app does not run. */
function isAskedFor(field: unknown): boolean {
  const usual = at(field, 'default');
  return at(field, 'required') === true && (usual === undefined || usual === null || usual === '');
}
