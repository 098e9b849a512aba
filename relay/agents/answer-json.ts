/**
 * Reads what JSON says to a person: a flow's body, and what a model puts around its words. It knows the forms that flows, their tools and
 * models write, trusts no shape, and follows no nesting without an end. Knows no request. What is read in which order stands in docs/agents.md.
 */
import { type Completion, completionIn } from './completion-shapes.ts';
import { type Fault, fault } from './fault.ts';
import { type Ending, endingOf } from './finish-reason.ts';
import { faultOfErrorObject, isErrorObject } from './http-fault.ts';
import { at } from './json.ts';
import { ASK_WORD } from './reserved-words.ts';
import { answersIn, namedSpeaker } from './spoken-lines.ts';

export type Said =
  /** `ending`: why the last of them ends where it does. */
  | { readonly type: 'texts'; readonly texts: readonly string[]; readonly ending: Ending }
  /** By choice. */
  | { readonly type: 'silence' }
  /** No word for a contact and none of silence: the flow has failed, or only says that it heard. */
  | { readonly type: 'nothing'; readonly detail: string }
  | Fault;

/** Names under which programs put an answer, in the order in which they are looked at; in any case, with accents or without. */
const TEXT_FIELDS = [
  ...['output', 'text', 'message', 'answer', 'response', 'reply', 'content'],
  ...['resposta', 'respuesta', 'mensagem', 'mensaje', 'texto', 'saida', 'salida', 'resultado', 'conteudo', 'contenido'],
  ...['finalanswer', 'finaloutput', 'outputtext', 'generatedtext', 'completion', 'markdown', 'actioninput'],
];
/** Flows and their tools put an answer under these names when they do not put it under a text's own. */
const CONTAINERS = [
  ...['data', 'dados', 'datos', 'result', 'results', 'json', 'body', 'messages', 'mensagens', 'mensajes', 'payload'],
  ...['items', 'kwargs', 'history', 'chathistory', 'conversation', 'outputs'],
];
/** Under these a word such as `ok` is an answer; elsewhere it says that something was received. */
const STATUS_FIELDS: ReadonlySet<string> = new Set([
  ...['message', 'mensagem', 'mensaje', 'text', 'texto', 'response', 'body', 'data', 'result', 'resultado'],
]);
/** A field that says how a run went. `message` beside it tells of the run; any other text field holds the answer. */
const OUTCOMES = ['success', 'ok', 'status', 'statuscode', 'code', 'sucesso'];
const TOLD_OF_OUTCOME: ReadonlySet<string> = new Set(['message', 'mensagem', 'mensaje']);
/** Fields of our own request: a body that has one hands back what it was sent. */
const ASKED_FIELDS = ['chatinput', 'question', 'pergunta', 'input', 'query', 'prompt'];
const MOST_DEPTH = 8;
/** More fields than that are nobody's answer. */
const MOST_FIELDS = 400;

/** n8n's words where a run went wrong. */
export const FLOW_FAILED =
  /^(?:error in workflow|workflow webhook error\b|there was a problem executing the workflow|.{0,80}\bcancell?ed because it timed out)/i;
/** n8n's answer when the webhook node responds at once: it says nothing to the contact. */
const N8N_STARTED = 'Workflow was started';
export const STARTED = 'n8n answers before the flow has run: let it respond when the last node finishes';
const ACKNOWLEDGEMENT =
  /^(?:ok|okay|accepted|success|successful|sucesso|éxito|received|recebido|recibido|done|true|false|queued|processed|null|undefined|event[ _]received|thank you|message (?:received|queued|accepted|processed)|webhook received|200 ok)$/i;

/** Says whether a text only confirms that something was received. */
function isAcknowledgement(text: string): boolean {
  return ACKNOWLEDGEMENT.test(
    text
      .trim()
      .slice(0, 100)
      .replace(/["'.! ]{1,10}$/, '')
      .replace(/^["' ]{1,10}/, ''),
  );
}

/** `askOwner`, however it is written: a person must answer. */
const ASKS_OWNER = 'askowner';

/** `asked`: what the agent was asked, in every form in which it was sent: given back it is no answer. */
export function saidIn(body: unknown, asked: readonly string[]): Said {
  return new AnswerReader(asked).read(body, 0, true);
}

class AnswerReader {
  readonly #asked: Set<string>;
  #isEcho = false;

  constructor(asked: readonly string[]) {
    this.#asked = new Set(asked.map((text) => text.trim()).filter((text) => text !== ''));
  }

  read(value: unknown, depth: number, mayBeStatus: boolean): Said {
    if (depth > MOST_DEPTH) return fault('odd-answer', 'an answer nested too deep');
    if (typeof value === 'string') return this.#fromText(value, mayBeStatus);
    if (typeof value === 'number') return texts([String(value)]);
    if (typeof value !== 'object' || value === null) return nothing('an acknowledgement');
    return Array.isArray(value) ? this.#fromList(value, depth, mayBeStatus) : this.#fromObject(value, depth);
  }

  #fromText(text: string, mayBeStatus: boolean): Said {
    if (text === N8N_STARTED) return fault('not-configured', STARTED);
    if (FLOW_FAILED.test(text)) return fault('flow-failed', 'the flow reported an error');
    if (text.trim() === '') return { type: 'silence' };
    if (this.#asked.has(text.trim())) {
      this.#isEcho = true;
      return this.#none('');
    }
    return mayBeStatus && isAcknowledgement(text) ? this.#none('an acknowledgement') : texts([text]);
  }

  /** Each of a list is a message of its own; a list of nothing is none. */
  #fromList(list: readonly unknown[], depth: number, mayBeStatus: boolean): Said {
    if (list.length > 0 && list.every((item) => typeof item === 'number'))
      return fault('odd-answer', 'a list of numbers');
    const spoken = answersIn(list);
    const all: string[] = [];
    let ending: Ending = 'whole';
    let isSilent = false;
    for (const item of spoken ?? list) {
      const said = typeof item === 'number' ? nothing('') : this.read(item, depth + 1, mayBeStatus);
      if (said.type === 'fault') return said;
      if (said.type === 'texts') {
        all.push(...said.texts);
        ending = said.ending;
      }
      if (said.type === 'silence') isSilent = true;
    }
    if (all.length > 0) return { type: 'texts', texts: all, ending };
    if (spoken?.length === 0) return this.#none('a conversation that ends with what was asked');
    return isSilent ? { type: 'silence' } : this.#none('an empty list');
  }

  #fromObject(body: object, depth: number): Said {
    if (at(body, 'silence') === true) return { type: 'silence' };
    if (isErrorObject(body)) return failureOf(body);
    if (isStarted(body)) return fault('not-configured', STARTED);
    if (at(body, 'type') === 'Buffer') return fault('odd-answer', 'the bytes of a file');
    const speaker = namedSpeaker(body);
    if (speaker !== null && speaker !== 'agent') return this.#none('words that are not the agent’s');
    if (Array.isArray(at(body, 'choices') ?? at(body, 'candidates'))) return this.#fromCompletion(completionIn(body));
    const rich = at(body, 'richText');
    if (Array.isArray(rich)) return this.#fromText(rich.map((each) => textOfPieces(each, 0)).join('\n'), false);
    const fields = fieldsOf(body);
    const read = this.#fromFields(fields, depth);
    const said = fields.get(ASKS_OWNER) === true ? withAsking(read) : read;
    const reason = at(body, 'finish_reason') ?? at(body, 'stop_reason') ?? at(body, 'done_reason');
    return said.type === 'texts' && reason !== undefined ? { ...said, ending: endingOf(reason) } : said;
  }

  #fromFields(fields: ReadonlyMap<string, unknown>, depth: number): Said {
    for (const name of ASKED_FIELDS) {
      const asked = fields.get(name);
      if (typeof asked === 'string' && asked.trim() !== '') this.#asked.add(asked.trim());
    }
    const tellsOutcome = OUTCOMES.some((name) => fields.has(name));
    const names = [...TEXT_FIELDS, ...CONTAINERS];
    const ordered = tellsOutcome ? [...names.filter((name) => !TOLD_OF_OUTCOME.has(name)), ...TOLD_OF_OUTCOME] : names;
    let isSilent = false;
    for (const name of ordered) {
      const value = fields.get(name);
      if (value === undefined || value === null || typeof value === 'boolean') continue;
      const said = this.read(value, depth + 1, STATUS_FIELDS.has(name));
      if (said.type === 'texts' || said.type === 'fault') return said;
      if (said.type === 'silence') isSilent = true;
    }
    return isSilent ? { type: 'silence' } : this.#none('no text under a known name');
  }

  #fromCompletion(completion: Completion | Fault | null): Said {
    if (completion === null) return this.#none('a completion without a text');
    if (completion.type === 'fault') return completion;
    if (completion.text.trim() === '' && completion.ending === 'whole') return { type: 'silence' };
    return { type: 'texts', texts: [completion.text], ending: completion.ending };
  }

  /** An answer that repeats the question outweighs every other reason. */
  #none(detail: string): Said {
    return nothing(this.#isEcho ? 'the question came back' : detail);
  }
}

/** By their names without case, accents and what stands between words; of two that are alike the first. */
function fieldsOf(body: object): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const key of Object.keys(body).slice(0, MOST_FIELDS)) {
    const name = key
      .normalize('NFD')
      .replace(/[\p{M}\s_-]/gu, '')
      .toLowerCase();
    if (!fields.has(name)) fields.set(name, at(body, key));
  }
  return fields;
}

/** n8n says by a text alone that a node failed and the flow went on. */
function failureOf(body: object): Fault {
  const found = faultOfErrorObject(body);
  const isUnknown = found.fault === 'refused-by-agent' && typeof at(body, 'error') === 'string';
  return isUnknown ? { ...found, fault: 'flow-failed' } : found;
}

function isStarted(body: object): boolean {
  return at(body, 'executionStarted') === true;
}

/** Typebot's bubbles: paragraphs of pieces, each piece with its text. */
function textOfPieces(piece: unknown, depth: number): string {
  const text = at(piece, 'text');
  if (typeof text === 'string') return text;
  const children = at(piece, 'children');
  if (!Array.isArray(children) || depth > MOST_DEPTH) return '';
  return children.map((child) => textOfPieces(child, depth + 1)).join('');
}

/** The same with the word by which a person is asked for. */
function withAsking(said: Said): Said {
  if (said.type === 'fault') return said;
  return texts([...(said.type === 'texts' ? said.texts : []), ASK_WORD]);
}

function texts(said: readonly string[]): Said {
  return { type: 'texts', texts: said, ending: 'whole' };
}

function nothing(detail: string): Said {
  return { type: 'nothing', detail };
}
