/** The simulator's own door for scripts: HTTP on loopback, JSON in and out. Route → what a person or a fault does. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import * as v from 'valibot';
import type { Person } from './people/person.ts';
import { ENDINGS } from './server/faults.ts';
import type { WhatsApp } from './whatsapp.ts';

const digits = v.pipe(v.string(), v.regex(/^[1-9]\d{7,14}$/, 'a number is 8 to 15 digits, country code first'));
const endings = Object.keys(ENDINGS) as (keyof typeof ENDINGS)[];

type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:number` names a person. */
  readonly path: string;
  readonly meaning: string;
  /** The body's fields, as they stand in `GET /`. */
  readonly body: string;
  run(whatsapp: WhatsApp, person: Person | null, body: unknown): unknown;
};

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/people',
    meaning: 'everyone, with their linked devices',
    body: '',
    run: (whatsapp) => whatsapp.people.map(describe),
  },
  {
    method: 'POST',
    path: '/people',
    meaning: 'someone new, with a phone: to be linked, or to write',
    body: '{"number", "name"?, "lid"?, "addressing"?: "lid"|"pn"}',
    run: (whatsapp, _person, body) => {
      const schema = v.strictObject({
        number: digits,
        name: v.optional(v.string()),
        lid: v.optional(digits),
        addressing: v.optional(v.picklist(['lid', 'pn'])),
      });
      const { number, name, lid, addressing } = v.parse(schema, body);
      return describe(
        whatsapp.account({
          number,
          ...(name ? { name } : {}),
          ...(lid ? { lid } : {}),
          ...(addressing ? { addressing } : {}),
        }),
      );
    },
  },
  {
    method: 'POST',
    path: '/people/:number/scan',
    meaning: "the person's phone scans a code",
    body: '{"code"}',
    run: (_whatsapp, person, body) => person?.scan(v.parse(v.strictObject({ code: v.string() }), body).code),
  },
  {
    method: 'POST',
    path: '/people/:number/unlink',
    meaning: 'removes one linked device, or all, on the phone',
    body: '{"device"?}',
    run: (_whatsapp, person, body) => {
      person?.unlink(v.parse(v.strictObject({ device: v.optional(v.number()) }), body).device);
      return person && describe(person);
    },
  },
  {
    method: 'POST',
    path: '/people/:number/write',
    meaning: 'the person writes from the phone; sentAt is epoch milliseconds',
    body: '{"to": number, "text", "sentAt"?}',
    run: (whatsapp, person, body) => {
      const { to, text, sentAt } = v.parse(
        v.strictObject({ to: digits, text: v.string(), sentAt: v.optional(v.number()) }),
        body,
      );
      return person?.write(personOf(whatsapp, to), text, sentAt === undefined ? {} : { sentAt });
    },
  },
  {
    method: 'GET',
    path: '/people/:number/received',
    meaning: "what the person's phone shows, oldest first",
    body: '',
    run: (_whatsapp, person) => person?.received.map(({ content: _content, ...shown }) => shown),
  },
  {
    method: 'POST',
    path: '/people/:number/contacts',
    meaning: 'saves a contact under a name; null takes it out again',
    body: '{"contact": number, "name": text|null}',
    run: (whatsapp, person, body) => {
      const { contact, name } = v.parse(v.strictObject({ contact: digits, name: v.nullable(v.string()) }), body);
      if (person) whatsapp.saveContact(person, personOf(whatsapp, contact), name);
      return {};
    },
  },
  {
    method: 'POST',
    path: '/people/:number/phone',
    meaning: 'the phone gets or loses its line, or is asked for a passkey when it links',
    body: '{"online"?: boolean, "needsPasskey"?: boolean}',
    run: (_whatsapp, person, body) => {
      const { online, needsPasskey } = v.parse(
        v.strictObject({ online: v.optional(v.boolean()), needsPasskey: v.optional(v.boolean()) }),
        body,
      );
      if (online === true) person?.online();
      if (online === false) person?.offline();
      if (person && needsPasskey !== undefined) person.needsPasskey = needsPasskey;
      return {};
    },
  },
  {
    method: 'POST',
    path: '/lines',
    meaning: 'ends the connections of a person, or all: cut, silence, or with a stanza of WhatsApp',
    body: `{"end": "cut"|"silence"|${endings.map((each) => `"${each}"`).join('|')}, "number"?}`,
    run: (whatsapp, _person, body) => {
      const { end, number } = v.parse(
        v.strictObject({ end: v.picklist(['cut', 'silence', ...endings]), number: v.optional(digits) }),
        body,
      );
      const person = number === undefined ? undefined : personOf(whatsapp, number);
      if (end === 'cut') whatsapp.cut(person);
      else if (end === 'silence') whatsapp.silence(person);
      else whatsapp.endWith(end, person);
      return {};
    },
  },
  {
    method: 'POST',
    path: '/faults',
    meaning: 'what the server does wrong from now on; each field replaces what it was',
    body: '{"refuseLogins"?: reason|null, "expire"?: seconds, "refuseAcks"?: code|null, "withholdAcks"?, "dropSends"?, "deaf"?, "delayMs"?, "ignoreQueries"?: [namespace], "chain"?}',
    run: (whatsapp, _person, body) => setFaults(whatsapp, body),
  },
  {
    method: 'DELETE',
    path: '/faults',
    meaning: 'everything is as it should be again',
    body: '',
    run: (whatsapp) => {
      whatsapp.faults.clear();
      return {};
    },
  },
  {
    method: 'GET',
    path: '/recorded',
    meaning: 'presences, typing, receipts, sends and logins seen',
    body: '',
    run: (whatsapp) => whatsapp.recorded,
  },
  {
    method: 'GET',
    path: '/unknown-queries',
    meaning: 'queries that nobody here understands',
    body: '',
    run: (whatsapp) => whatsapp.unknownQueries,
  },
];

const faultFields = v.strictObject({
  refuseLogins: v.optional(v.nullable(v.string())),
  expire: v.optional(v.number()),
  refuseAcks: v.optional(v.nullable(v.string())),
  withholdAcks: v.optional(v.boolean()),
  dropSends: v.optional(v.boolean()),
  deaf: v.optional(v.boolean()),
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0))),
  ignoreQueries: v.optional(v.array(v.string())),
  chain: v.optional(v.picklist(['none', 'corrupt-leaf', 'corrupt-intermediate', 'foreign-root', 'unbound'])),
});

function setFaults({ faults }: WhatsApp, body: unknown): object {
  const given = v.parse(faultFields, body);
  if (given.refuseLogins !== undefined) faults.refuseLogins(given.refuseLogins, given.expire);
  if (given.refuseAcks !== undefined) faults.ackError = given.refuseAcks;
  if (given.withholdAcks !== undefined) faults.withholdAcks = given.withholdAcks;
  if (given.dropSends !== undefined) faults.dropSends = given.dropSends;
  if (given.deaf !== undefined) faults.deafFromStart = given.deaf;
  if (given.delayMs !== undefined) faults.answerDelayMs = given.delayMs;
  if (given.ignoreQueries) faults.ignoreQueries(...given.ignoreQueries);
  if (given.chain) faults.chainFlaw = given.chain;
  return {};
}

export class ControlApi {
  readonly #whatsapp: WhatsApp;
  #server: Server | null = null;

  constructor(whatsapp: WhatsApp) {
    this.#whatsapp = whatsapp;
  }

  /** Resolves to the port. */
  async start(port: number): Promise<number> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      requireLoopback(request);
      const result = await this.#run(request);
      response.writeHead(200, { 'content-type': 'application/json' }).end(`${JSON.stringify(result ?? {})}\n`);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'failed';
      response.writeHead(400, { 'content-type': 'application/json' }).end(`${JSON.stringify({ error: message })}\n`);
    }
  }

  async #run(request: IncomingMessage): Promise<unknown> {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === '/')
      return ROUTES.map(({ method, path: route, meaning, body }) => ({ method, path: route, meaning, body }));
    const [, number] = /^\/people\/(\d+)\//.exec(path) ?? [];
    const pattern = number ? path.replace(`/${number}/`, '/:number/') : path;
    const route = ROUTES.find((each) => each.method === request.method && each.path === pattern);
    if (!route) throw new Error('there is no such route: GET / lists them all');
    const body: unknown = request.method === 'POST' ? await readJson(request) : {};
    return route.run(this.#whatsapp, number ? personOf(this.#whatsapp, number) : null, body);
  }
}

/** Scripts name this computer and no origin; a web page that reaches out does neither. */
function requireLoopback({ headers }: IncomingMessage): void {
  const named = /^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');
  if (!named || headers.origin !== undefined) throw new Error('this door is for scripts on this computer');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return await json(request);
  } catch (cause) {
    throw new Error('the body is no JSON', { cause });
  }
}

function personOf(whatsapp: WhatsApp, number: string): Person {
  const person = whatsapp.people.find((each) => each.number === number);
  if (!person) throw new Error('nobody has this number: POST /people makes someone');
  return person;
}

function describe(person: Person): object {
  return { number: person.number, lid: person.user.lid, name: person.user.name, companions: person.companions() };
}
