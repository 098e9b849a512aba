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
import { type AgentDeps, answerInTime, defineAdapter } from './adapter.ts';
import { endedResultOf } from './answer-text.ts';
import { completionOf } from './completion-shapes.ts';
import { type Call, withinTime } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { checkOfModels, listAt, modelsAt } from './model-list.ts';
import { instructionsOf, messagesOf } from './openai-messages.ts';
import { allowPrivateHttp, joinUrl, modelText, sentencesOr, urlText, withoutEnd } from './setting-schemas.ts';
import { askWithLess } from './shorter-context.ts';

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
  countsTokens: true,
  readsFiles: true,
  entries,
  key: { required: false, meaning: 'sent as a bearer token; local servers may need none' },
  create: (settings, secret, deps) => ({
    repeatable: true,
    answer: (turn, signal) =>
      answerInTime(deps, settings.allowPrivateHttp, signal, (call) =>
        askWithLess(turn, (shorter) => ask(settings, secret, shorter, call, deps)),
      ),
    models: (signal) =>
      withinTime(deps, settings.allowPrivateHttp, signal, (call) =>
        modelsAt(call, pathOf(settings, 'models'), authOf(secret)),
      ),
    check: (signal) =>
      withinTime(deps, settings.allowPrivateHttp, signal, async (call) =>
        checkOfModels(await listAt(call, pathOf(settings, 'models'), authOf(secret)), settings.model),
      ),
  }),
});

async function ask(
  settings: OpenAiSettings,
  secret: string | null,
  turn: Turn,
  call: Call,
  { knowledge, clock }: Pick<AgentDeps, 'knowledge' | 'clock'>,
): Promise<AgentResult> {
  const content = instructionsOf(settings.instructions, knowledge, turn.chatKey, clock.now());
  const system = { role: 'system', content };
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
