/**
 * A language model whose service has an interface of its own: a package of the AI SDK makes the request and reads the reply, and knows
 * what each model wants. It sends nothing by itself: the one HTTP client carries every request, with its bounds, its judged addresses and
 * its faults. The packages are large, so a back end's is loaded when it is first asked.
 *
 * Settings of all: `model`, `instructions`, `baseUrl`, `allowPrivateHttp`; `key` is required. Tools are never offered; thoughts stay here.
 */
import type { AnthropicProvider } from '@ai-sdk/anthropic';
import * as v from 'valibot';
import type { BackEnd } from '../store/agent-ledger.ts';
import type { AgentResult, OfferedModels, Turn } from '../turn.ts';
import { type Adapter, type AgentDeps, answerInTime, defineAdapter } from './adapter.ts';
import { endedResultOf } from './answer-text.ts';
import { completionOf } from './completion-shapes.ts';
import { type Fault, fault } from './fault.ts';
import { endingOf } from './finish-reason.ts';
import { type Call, type HttpReply, withinTime } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { checkOfModels } from './model-list.ts';
import { instructionsOf, messagesOf } from './openai-messages.ts';
import { allowPrivateHttp, modelText, sentencesOr, urlText, withoutEnd } from './setting-schemas.ts';
import { askWithLess } from './shorter-context.ts';

/** The interface that all packages of the AI SDK share. */
type LanguageModel = ReturnType<AnthropicProvider['languageModel']>;
type Prompt = Parameters<LanguageModel['doGenerate']>[0]['prompt'];
type Generated = Awaited<ReturnType<LanguageModel['doGenerate']>>;

/** `query`: what a gateway wants behind every path, with its question mark; empty where there is none. */
type Place = { readonly baseUrl: string; readonly query: string; readonly key: string };

type ProviderDefinition = {
  readonly name: BackEnd['adapter'];
  readonly meaning: string;
  readonly keyMeaning: string;
  readonly baseUrl: string;
  /** What follows the address in manuals, the longest first. */
  readonly ends: readonly string[];
  load(): Promise<(place: Place, fetch: typeof globalThis.fetch, model: string) => LanguageModel>;
  models(call: Call, place: Place): Promise<OfferedModels>;
};

/** One that answers in parts has them fetched by the package; a server that never ends is left. */
const MOST_REQUESTS = 20;

export function defineProvider(definition: ProviderDefinition): Adapter {
  return defineAdapter({
    name: definition.name,
    meaning: definition.meaning,
    countsTokens: true,
    readsFiles: true,
    entries: {
      model: modelText("the model's name as the service calls it"),
      instructions: sentencesOr('', 'what the agent should know and how it should answer'),
      baseUrl: v.optional(
        urlText('the address of the service; another one for a gateway that speaks as it does'),
        definition.baseUrl,
      ),
      allowPrivateHttp,
    },
    key: { required: true, meaning: definition.keyMeaning },
    create: (settings, secret, deps) => {
      const place = placeOf(withoutEnd(settings.baseUrl, definition.ends), secret ?? '');
      const models = (signal: AbortSignal) =>
        withinTime(deps, settings.allowPrivateHttp, signal, (call) => definition.models(call, place));
      return {
        repeatable: true,
        answer: (turn, signal) =>
          answerInTime(deps, settings.allowPrivateHttp, signal, async (call) => {
            const makeModel = await definition.load();
            return askWithLess(turn, (shorter) => {
              const carrier = new Carrier(call, place.query);
              const model = makeModel(place, carrier.fetch, settings.model);
              return generate(model, promptOf(settings.instructions, shorter, deps), carrier, call.signal);
            });
          }),
        models,
        check: async (signal) => checkOfModels(await models(signal), settings.model),
      };
    },
  });
}

async function generate(
  model: LanguageModel,
  prompt: Prompt,
  carrier: Carrier,
  abortSignal: AbortSignal,
): Promise<AgentResult> {
  try {
    const generated = await model.doGenerate({ prompt, abortSignal });
    // Neither words nor a reason: what came may be an error, which a package that asks for nothing takes for an answer.
    const isNone = generated.content.length === 0 && generated.finishReason.raw === undefined;
    return isNone ? readAnyway(carrier.reply) : resultOfGenerated(generated);
  } catch {
    abortSignal.throwIfAborted();
    // The package puts what went wrong to words of its own, in which an address or a text may stand.
    return { usage: null, ...(carrier.fault ?? readAnyway(carrier.reply)) };
  }
}

function resultOfGenerated({ content, finishReason, usage }: Generated): AgentResult {
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const [inputTokens, outputTokens] = [usage.inputTokens.total, usage.outputTokens.total];
  const spent =
    inputTokens === undefined && outputTokens === undefined
      ? null
      : { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
  const ending = endingOf(finishReason.raw);
  // A model has a word for silence: an end without any is a failure that these services are known for.
  if (text.trim() === '' && ending === 'whole')
    return { ...fault('odd-answer', 'an answer without a word'), usage: spent };
  return endedResultOf(text, ending, spent);
}

/** Gateways are less exact than the service whose interface they offer: what the package refuses may be an answer all the same. */
function readAnyway(reply: HttpReply | null): AgentResult {
  if (reply === null) return { ...fault('odd-answer', 'the request could not be made'), usage: null };
  const completion = completionOf(reply);
  if (completion.type === 'fault') return { ...completion, usage: null };
  return endedResultOf(completion.text, completion.ending, completion.usage);
}

function promptOf(
  instructions: string,
  turn: Turn,
  { knowledge, clock }: Pick<AgentDeps, 'knowledge' | 'clock'>,
): Prompt {
  return [
    { role: 'system', content: instructionsOf(instructions, knowledge, turn.chatKey, clock.now()) },
    ...messagesOf([...turn.context, ...turn.fresh], turn.chatKey).map(({ role, content }) => ({
      role,
      content: [{ type: 'text' as const, text: content }],
    })),
  ];
}

/** What a package takes for `fetch`. Remembers what came of its last request, as the package tells of it in its own way. */
class Carrier {
  fault: Fault | null = null;
  reply: HttpReply | null = null;
  readonly #call: Call;
  readonly #query: string;
  #requests = 0;

  constructor(call: Call, query: string) {
    this.#call = call;
    this.#query = query;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    this.#requests += 1;
    if (this.#requests > MOST_REQUESTS) return this.#fail(fault('odd-answer', 'the answer has too many parts'));
    const reply = await this.#call.send({
      method: 'POST',
      url: `${String(input)}${this.#query}`,
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : null,
    });
    if (reply.type === 'fault') return this.#fail(reply);
    const refused = faultOfReply(reply);
    if (refused) return this.#fail(refused);
    this.reply = reply;
    return new Response(reply.body, { headers: { 'content-type': reply.contentType || 'application/json' } });
  };

  #fail(found: Fault): never {
    this.fault = found;
    throw new Error(found.fault);
  }
}

/** A package puts its paths right behind the address: so that ends without a slash, and without a query. */
function placeOf(address: string, key: string): Place {
  const { origin, pathname, search } = new URL(address);
  return { baseUrl: `${origin}${pathname.replace(/\/$/, '')}`, query: search, key };
}

/** The address of a service's list of models, with what makes it a whole one. */
export function listUrl({ baseUrl, query }: Place, most: Readonly<Record<string, string>>): string {
  const url = new URL(`${baseUrl}/models${query}`);
  for (const [name, value] of Object.entries(most)) url.searchParams.set(name, value);
  return url.href;
}
