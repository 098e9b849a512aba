/**
 * `openai-compatible`: OpenAI, Ollama, LM Studio, vLLM, OpenRouter, llama.cpp and whatever else speaks chat completions. Tools are never
 * offered, and reasoning is never passed on.
 *
 * Settings: `baseUrl` (with /v1 where the server wants it), `model`, `instructions`, `allowPrivateHttp`; `key` is optional.
 * An empty or null content is silence, and so is the word that the instructions name; no choices or a tool call is an odd answer.
 * What is cut off by length is sent up to its last whole sentence.
 */
import type * as v from 'valibot';
import type { AgentResult, Turn } from '../turn.ts';
import { defineAdapter, headerKeyProblem } from './adapter.ts';
import { problemWithUrl } from './address.ts';
import { endedResultOf } from './answer-text.ts';
import { completionOf } from './completion-shapes.ts';
import { type Call, withinTime } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';
import { modelsAt } from './model-list.ts';
import { instructionsOf, messagesOf } from './openai-messages.ts';
import { allowPrivateHttp, joinUrl, modelText, sentencesOr, urlText, withoutEnd } from './setting-schemas.ts';

const entries = {
  baseUrl: urlText('the address up to, not with, /chat/completions, such as https://api.openai.com/v1'),
  model: modelText("the model's name as the server calls it"),
  instructions: sentencesOr('', 'what the agent should know and how it should answer'),
  allowPrivateHttp,
};

type OpenAiSettings = v.InferOutput<v.StrictObjectSchema<typeof entries, undefined>>;

export const openaiCompatible = defineAdapter({
  name: 'openai-compatible',
  meaning: 'a language model behind an OpenAI-compatible address: OpenAI, OpenRouter, Ollama, LM Studio, vLLM',
  entries,
  key: { required: false, meaning: 'sent as a bearer token; local servers may need none' },
  problems: (settings, secret) => {
    const problem = problemWithUrl(settings.baseUrl, settings.allowPrivateHttp);
    return [...(problem ? [{ field: 'baseUrl', problem }] : []), ...headerKeyProblem(secret)];
  },
  create: (settings, secret, deps) => ({
    repeatable: true,
    answer: async (turn, signal) => {
      const result = await withinTime(deps, settings.allowPrivateHttp, signal, (call) =>
        generate(settings, secret, turn, { ...call, now: () => deps.clock.now() }),
      );
      return { usage: null, ...result };
    },
    models: (signal) =>
      withinTime(deps, settings.allowPrivateHttp, signal, (call) =>
        modelsAt(call, pathOf(settings, 'models'), authOf(secret)),
      ),
    check: (signal) =>
      withinTime(deps, settings.allowPrivateHttp, signal, async (call) => {
        const reply = await call.send({
          method: 'GET',
          url: pathOf(settings, 'models'),
          headers: authOf(secret),
          body: null,
        });
        if (reply.type === 'fault') return reply;
        return faultOfReply(reply) ?? { type: 'ok', detail: describeModels(parseJson(reply.body), settings.model) };
      }),
  }),
});

type Asking = Call & { now(): number };

/** A chat that is too long for the model is asked about again with half of what came before, until it fits or nothing is left to leave off. */
async function generate(
  settings: OpenAiSettings,
  secret: string | null,
  turn: Turn,
  call: Asking,
): Promise<AgentResult> {
  for (let context = turn.context; ; context = context.slice(Math.ceil(context.length / 2))) {
    const result = await ask(settings, secret, { ...turn, context }, call);
    if (result.type !== 'fault' || result.fault !== 'context-too-long' || context.length === 0) return result;
  }
}

async function ask(settings: OpenAiSettings, secret: string | null, turn: Turn, call: Asking): Promise<AgentResult> {
  const system = { role: 'system', content: instructionsOf(settings.instructions, turn.chatKey, call.now()) };
  const reply = await call.send({
    method: 'POST',
    url: pathOf(settings, 'chat/completions'),
    headers: { 'content-type': 'application/json', ...authOf(secret) },
    body: JSON.stringify({
      model: settings.model,
      messages: [system, ...messagesOf([...turn.context, ...turn.fresh], turn.chatKey)],
    }),
  });
  if (reply.type === 'fault') return { ...reply, usage: null };
  const completion = faultOfReply(reply) ?? completionOf(reply);
  if (completion.type === 'completion') return endedResultOf(completion.text, completion.ending, completion.usage);
  const { fault: code, detail } = completion;
  const pull = code === 'model-missing' ? `${detail}: ollama pull ${settings.model}` : detail;
  return { ...completion, detail: pull, usage: null };
}

/** Whatever follows the base in manuals, the longest first. */
const PATHS = ['chat/completions', 'completions', 'models', 'responses', 'embeddings'] as const;

function pathOf({ baseUrl }: OpenAiSettings, path: (typeof PATHS)[number]): string {
  return joinUrl(withoutEnd(baseUrl, PATHS), path);
}

function authOf(secret: string | null): Record<string, string> {
  return secret ? { authorization: `Bearer ${secret}` } : {};
}

/** A model that the list does not name may still work: some servers list only part of theirs. */
function describeModels(body: unknown, model: string): string {
  const models = at(body, 'data');
  if (!Array.isArray(models)) return 'reached; it lists no models';
  const found = models.some((entry) => at(entry, 'id') === model);
  return found ? 'reached; it has the model' : 'reached; the model is not in its list';
}
