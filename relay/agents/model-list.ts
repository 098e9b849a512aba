/**
 * The models that a server offers, in the order that it names them. The list of OpenAI's shape serves everywhere; a server on this computer
 * is asked for its own as well, which says how large a model is and whether it is loaded: Ollama's, LM Studio's. Never a fault for that one's sake.
 */
import type { OfferedModel } from '../../shared/contract/offered-model.ts';
import type { OfferedModels } from '../turn.ts';
import { hostOf, reachOf } from './address.ts';
import type { Call } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';

/** More than anybody reads through; a server that lists without end ends here. */
const MOST_MODELS = 1_000;
const MOST_ID = 200;

type Headers = Readonly<Record<string, string>>;

/** `url`: where the list of OpenAI's shape is. */
export async function modelsAt(call: Call, url: string, headers: Headers): Promise<OfferedModels> {
  const own = isLoopback(url) ? await ownList(url, (address) => get(call, address, headers)) : null;
  return own === null ? listAt(call, url, headers) : { type: 'models', models: own };
}

/** The list at `url` alone. `idOfEntry`: what an entry's model is called; empty for one that is left out. */
export async function listAt(
  call: Call,
  url: string,
  headers: Headers,
  idOfEntry: (entry: unknown) => string = idOf,
): Promise<OfferedModels> {
  const reply = await get(call, url, headers);
  if (reply.type === 'fault') return reply;
  const fault = faultOfReply(reply);
  if (fault) return fault;
  const body = parseJson(reply.body);
  const listed = at(body, 'data') ?? at(body, 'models') ?? body;
  return { type: 'models', models: modelsIn(listed, (entry) => ({ id: idOfEntry(entry), bytes: null, loaded: null })) };
}

/** What a server's list says of the model that is chosen. One that the list does not name may still work: some list only part of theirs. */
export function checkOfModels(
  offered: OfferedModels,
  model: string,
): { readonly type: 'ok'; readonly detail: string } | (OfferedModels & { readonly type: 'fault' }) {
  if (offered.type === 'fault') return offered;
  if (offered.models.length === 0) return { type: 'ok', detail: 'reached; it lists no models' };
  const isListed = offered.models.some(({ id }) => id === model);
  return { type: 'ok', detail: isListed ? 'reached; it has the model' : 'reached; the model is not in its list' };
}

function get(call: Call, url: string, headers: Headers): ReturnType<Call['send']> {
  return call.send({ method: 'GET', url, headers, body: null });
}

/** Null where the server has no list of its own. */
async function ownList(
  url: string,
  ask: (address: string) => ReturnType<Call['send']>,
): Promise<readonly OfferedModel[] | null> {
  const body = async (path: string): Promise<unknown> => {
    const reply = await ask(new URL(path, url).href);
    return reply.type === 'reply' && reply.status === 200 ? parseJson(reply.body) : null;
  };
  const tags = at(await body('/api/tags'), 'models');
  if (Array.isArray(tags)) {
    const running = at(await body('/api/ps'), 'models');
    const loaded = new Set(Array.isArray(running) ? running.map(idOf) : []);
    return modelsIn(tags, (entry) => ({
      id: idOf(entry),
      bytes: sizeOf(at(entry, 'size')),
      loaded: loaded.has(idOf(entry)),
    }));
  }
  const studio = at(await body('/api/v1/models'), 'models');
  if (!Array.isArray(studio)) return null;
  return modelsIn(studio, (entry) => {
    const instances = at(entry, 'loaded_instances');
    return {
      id: idOf(entry),
      bytes: sizeOf(at(entry, 'size_bytes')),
      loaded: Array.isArray(instances) && instances.length > 0,
    };
  });
}

function modelsIn(listed: unknown, read: (entry: unknown) => OfferedModel): readonly OfferedModel[] {
  if (!Array.isArray(listed)) return [];
  const models = new Map<string, OfferedModel>();
  for (const entry of listed.slice(0, MOST_MODELS)) {
    const model = read(entry);
    if (model.id !== '' && model.id.length <= MOST_ID && !models.has(model.id)) models.set(model.id, model);
  }
  return [...models.values()];
}

/** As each server names it: `id` with OpenAI's, `name` with Ollama's, `key` with LM Studio's. */
function idOf(entry: unknown): string {
  if (typeof entry === 'string') return entry.trim();
  const id = ['id', 'key', 'name', 'model'].map((field) => at(entry, field)).find((value) => typeof value === 'string');
  return typeof id === 'string' ? id.trim() : '';
}

function sizeOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

function isLoopback(text: string): boolean {
  const host = hostOf(new URL(text));
  return host === 'localhost' || (/^[\d.:a-f]+$/i.test(host) && reachOf(host) === 'loopback');
}
