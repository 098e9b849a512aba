/**
 * `openai-compatible`: OpenAI, Ollama, LM Studio, vLLM, OpenRouter, llama.cpp and whatever else speaks chat completions,
 * through the `ai` package. Tools are never offered, and reasoning is never passed on.
 *
 * Settings: `baseUrl` (with /v1 where the server wants it), `model`, `instructions`, `allowPrivateHttp`; `key` is optional.
 * An empty or null content is silence, and so is the word that the instructions name; no choices or a tool call is an odd answer.
 * What is cut off by length is sent up to its last whole sentence.
 */
import type * as v from 'valibot';
import type { AgentResult, Turn, Usage } from '../turn.ts';
import { defineAdapter, headerKeyProblem } from './adapter.ts';
import { problemWithUrl } from './address.ts';
import { fetchThrough, wireFaultIn } from './agent-fetch.ts';
import { resultOf, unfinishedResultOf } from './answer-text.ts';
import { type Call, fault, withinTime } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';
import { instructionsOf, messagesOf } from './openai-messages.ts';
import { allowPrivateHttp, joinUrl, requiredText, textOr, urlText } from './setting-schemas.ts';
import { usageOf } from './token-usage.ts';

const entries = {
  baseUrl: urlText('the address up to, not with, /chat/completions, such as https://api.openai.com/v1'),
  model: requiredText("the model's name as the server calls it"),
  instructions: textOr('', 'what the agent should know and how it should answer'),
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
    answer: async (turn, signal) => {
      const result = await withinTime(deps, settings.allowPrivateHttp, signal, (call) =>
        generate(settings, secret, turn, call),
      );
      return { usage: null, ...result };
    },
    check: (signal) =>
      withinTime(deps, settings.allowPrivateHttp, signal, async (call) => {
        const reply = await call.send({
          method: 'GET',
          url: joinUrl(settings.baseUrl, 'models'),
          headers: secret ? { authorization: `Bearer ${secret}` } : {},
          body: null,
        });
        if (reply.type === 'fault') return reply;
        return faultOfReply(reply) ?? { type: 'ok', detail: describeModels(parseJson(reply.body), settings.model) };
      }),
  }),
});

async function generate(settings: OpenAiSettings, secret: string | null, turn: Turn, call: Call): Promise<AgentResult> {
  // Loaded when a model is asked for the first time: a relay without one does without their weight.
  const [{ createOpenAICompatible }, { generateText }] = await Promise.all([
    import('@ai-sdk/openai-compatible'),
    import('ai'),
  ]);
  const provider = createOpenAICompatible({
    name: 'agent',
    baseURL: joinUrl(settings.baseUrl, ''),
    fetch: fetchThrough(call),
    ...(secret && { apiKey: secret }),
  });
  try {
    const result = await generateText({
      model: provider(settings.model),
      instructions: instructionsOf(settings.instructions, turn.chatKey),
      messages: messagesOf([...turn.context, ...turn.fresh], turn.chatKey),
      abortSignal: call.signal,
      // The client below retries, and knows what may be tried again.
      maxRetries: 0,
    });
    return read(result.text, result.finishReason, usageOf(result.usage.inputTokens, result.usage.outputTokens));
  } catch (error) {
    if (call.signal.aborted) throw error;
    const wrong = wireFaultIn(error) ?? fault('odd-answer', 'the body is no chat completion');
    const pull = wrong.fault === 'model-missing' ? `${wrong.detail}: ollama pull ${settings.model}` : wrong.detail;
    return { ...wrong, detail: pull, usage: null };
  }
}

function read(text: string, reason: string, usage: Usage | null): AgentResult {
  if (reason === 'content-filter') {
    return { ...fault('refused-by-agent', 'the content filter of the service stopped the answer'), usage };
  }
  if (reason === 'length') return unfinishedResultOf(text, usage);
  const result = resultOf(text, usage);
  if (result.type !== 'silence') return result;
  if (reason === 'tool-calls')
    return { ...fault('odd-answer', 'the model called a tool that it was not given'), usage };
  return result;
}

/** A model that the list does not name may still work: some servers list only part of theirs. */
function describeModels(body: unknown, model: string): string {
  const models = at(body, 'data');
  if (!Array.isArray(models)) return 'reached; it lists no models';
  const found = models.some((entry) => at(entry, 'id') === model);
  return found ? 'reached; it has the model' : 'reached; the model is not in its list';
}
