/** What scripts can ask of the simulator: each route with its meaning, its body, and what a person or a fault does then. */
import * as v from 'valibot';
import { messageOf, sentKinds } from './control-messages.ts';
import { richText } from './people/message-content.ts';
import type { Person } from './people/person.ts';
import { ENDINGS, type Ending } from './server/faults.ts';
import type { WhatsApp } from './whatsapp.ts';

const digits = v.pipe(v.string(), v.regex(/^[1-9]\d{7,14}$/, 'a number is 8 to 15 digits, country code first'));
const endings = Object.keys(ENDINGS) as Ending[];

export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:who` is a person's number, or a group's address. */
  readonly path: string;
  readonly meaning: string;
  /** The body's fields, as they stand in `GET /`. */
  readonly body: string;
  /** Throws with a sentence where the body or the address is wrong. */
  run(whatsapp: WhatsApp, body: unknown, who: string): unknown;
};

const faultEntries = {
  refuseLogins: v.optional(v.nullable(v.string())),
  expire: v.optional(v.number()),
  refuseAcks: v.optional(v.nullable(v.string())),
  withholdAcks: v.optional(v.boolean()),
  dropSends: v.optional(v.boolean()),
  neverClosesQueue: v.optional(v.boolean()),
  withholdAfterRefusal: v.optional(v.boolean()),
  lostConfirmations: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  ackPatienceMs: v.optional(v.pipe(v.number(), v.minValue(0))),
  deaf: v.optional(v.boolean()),
  httpStatus: v.optional(v.nullable(v.number())),
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0))),
  ignoreQueries: v.optional(v.array(v.string())),
  refuseCodes: v.optional(v.nullable(v.string())),
  chain: v.optional(v.picklist(['none', 'corrupt-leaf', 'corrupt-intermediate', 'foreign-root', 'unbound'])),
};

function get(path: string, meaning: string, run: (whatsapp: WhatsApp, who: string) => unknown): Route {
  return { method: 'GET', path, meaning, body: '', run: (whatsapp, _body, who) => run(whatsapp, who) };
}

function post<E extends v.ObjectEntries>(
  path: string,
  meaning: string,
  body: string,
  entries: E,
  run: (whatsapp: WhatsApp, body: v.InferOutput<v.StrictObjectSchema<E, undefined>>, who: string) => unknown,
): Route {
  const schema = v.strictObject(entries);
  return {
    method: 'POST',
    path,
    meaning,
    body,
    run: (whatsapp, given, who) => run(whatsapp, v.parse(schema, given), who),
  };
}

export const ROUTES: readonly Route[] = [
  get('/people', 'everyone, with their linked devices', (whatsapp) => whatsapp.people.map(describe)),
  post(
    '/people',
    'someone new, with a phone: to be linked, or to write',
    '{"number", "name"?, "lid"?, "addressing"?: "lid"|"pn"}',
    {
      number: digits,
      name: v.exactOptional(v.string()),
      lid: v.exactOptional(digits),
      addressing: v.exactOptional(v.picklist(['lid', 'pn'])),
    },
    (whatsapp, options) => describe(whatsapp.account(options)),
  ),
  post(
    '/people/:who/scan',
    "the person's phone scans a code",
    '{"code"}',
    { code: v.string() },
    (whatsapp, { code }, who) => whatsapp.person(who).scan(code),
  ),
  post(
    '/people/:who/enter',
    "the person types a device's code of eight characters into the phone",
    '{"code"}',
    { code: v.string() },
    (whatsapp, { code }, who) => whatsapp.person(who).enterCode(code),
  ),
  post(
    '/people/:who/refresh-code',
    'the code that a device shows for this number is no longer good; byHand: its person is to ask for another',
    '{"byHand"?: boolean}',
    { byHand: v.optional(v.boolean(), false) },
    (whatsapp, { byHand }, who) => whatsapp.server.linking.refreshCode(whatsapp.person(who).number, byHand),
  ),
  post(
    '/people/:who/lid',
    'the number gets another LID; with a name it goes to somebody else',
    '{"lid", "name"?}',
    { lid: digits, name: v.exactOptional(v.string()) },
    (whatsapp, { lid, name }, who) => {
      const person = whatsapp.person(who);
      if (name === undefined) person.changeLid(lid);
      else person.recycle(lid, name);
      return describe(person);
    },
  ),
  post(
    '/people/:who/unlink',
    'removes one linked device, or all, on the phone',
    '{"device"?}',
    { device: v.optional(v.number()) },
    (whatsapp, { device }, who) => {
      whatsapp.person(who).unlink(device);
      return describe(whatsapp.person(who));
    },
  ),
  post(
    '/people/:who/write',
    'the person writes from the phone; sentAt is epoch milliseconds',
    '{"to": number, "text", "sentAt"?}',
    { to: digits, text: v.string(), sentAt: v.exactOptional(v.number()) },
    (whatsapp, { to, text, ...options }, who) => whatsapp.person(who).write(whatsapp.person(to), text, options),
  ),
  post(
    '/people/:who/send',
    'the person sends something else; reaction, edit and deletion name the message in "of", theirs or the other\'s ("by")',
    `{"to": number, "kind": ${sentKinds.map((kind) => `"${kind}"`).join('|')}, "text"?, "of"?: id, "by"?: number}`,
    {
      to: digits,
      kind: v.picklist(sentKinds),
      text: v.optional(v.string(), ''),
      of: v.optional(v.string(), ''),
      by: v.optional(digits),
    },
    (whatsapp, { to, kind, text, of, by }, who) => {
      const from = whatsapp.person(who);
      const other = whatsapp.person(to);
      const author = by === undefined ? from : whatsapp.person(by);
      const { message, options } = messageOf(kind, {
        media: whatsapp.media,
        from,
        text,
        of: { id: of, by: author, to: author === from ? other : from },
      });
      return from.send(other, message, options);
    },
  ),
  get('/people/:who/received', "what the person's phone shows, oldest first", (whatsapp, who) =>
    whatsapp.person(who).received.map(({ content: _content, ...shown }) => shown),
  ),
  post(
    '/people/:who/contacts',
    'saves a contact under a name; null takes it out again',
    '{"contact": number, "name": text|null}',
    { contact: digits, name: v.nullable(v.string()) },
    (whatsapp, { contact, name }, who) => whatsapp.saveContact(whatsapp.person(who), whatsapp.person(contact), name),
  ),
  post(
    '/people/:who/past',
    'what the phone will tell of the past to a device that is linked from now on',
    '{"chats": [{"with": number, "texts": [text]}]}',
    { chats: v.array(v.strictObject({ with: digits, texts: v.array(v.string()) })) },
    (whatsapp, { chats }, who) =>
      whatsapp.remember(
        whatsapp.person(who),
        chats.map((chat) => ({ person: whatsapp.person(chat.with), texts: chat.texts })),
      ),
  ),
  post(
    '/people/:who/phone',
    'the phone gets or loses its line, is asked for a passkey when it links, or has so many scans answered by asking for another secret',
    '{"online"?: boolean, "needsPasskey"?: boolean, "refreshes"?: count, "refreshChild"?}',
    {
      online: v.optional(v.boolean()),
      needsPasskey: v.optional(v.boolean()),
      refreshes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      refreshChild: v.optional(v.picklist(['companion_reg_refresh', 'pair-device-rotate-qr'])),
    },
    (whatsapp, { online, needsPasskey, refreshes, refreshChild }, who) => {
      const person = whatsapp.person(who);
      if (online === true) person.online();
      if (online === false) person.offline();
      if (needsPasskey !== undefined) person.needsPasskey = needsPasskey;
      if (refreshes !== undefined) person.refreshes = refreshes;
      if (refreshChild !== undefined) person.refreshChild = refreshChild;
    },
  ),
  post(
    '/people/:who/redeliver',
    'what the linked devices have confirmed comes to them once more',
    '{}',
    {},
    (whatsapp, _body, who) => whatsapp.redeliver(whatsapp.person(who)),
  ),
  post(
    '/groups',
    'a group; answers with its address',
    '{"subject", "members": [number]}',
    { subject: v.string(), members: v.pipe(v.array(digits), v.minLength(1)) },
    (whatsapp, { subject, members }) => {
      const { address } = whatsapp.group(
        subject,
        members.map((number) => whatsapp.person(number)),
      );
      return { address };
    },
  ),
  post(
    '/groups/:who/write',
    'a member writes, and may mention others',
    '{"from": number, "text", "mentions"?: [number]}',
    { from: digits, text: v.string(), mentions: v.optional(v.array(digits), []) },
    (whatsapp, { from, text, mentions }, address) => {
      const group = whatsapp.groups.find((each) => each.address === address);
      if (!group) throw new Error('there is no such group: POST /groups makes one');
      const mentioned = mentions.map((number) => whatsapp.person(number));
      return group.write(whatsapp.person(from), richText(text, { mentions: mentioned }));
    },
  ),
  post(
    '/lines',
    'ends the connections of a person, or all: cut, reset, silence, or with a stanza of WhatsApp',
    `{"end": "cut"|"reset"|"silence"|${endings.map((each) => `"${each}"`).join('|')}, "number"?}`,
    { end: v.picklist(['cut', 'reset', 'silence', ...endings]), number: v.optional(digits) },
    (whatsapp, { end, number }) => {
      const person = number === undefined ? undefined : whatsapp.person(number);
      if (end === 'cut' || end === 'reset' || end === 'silence') whatsapp[end](person);
      else whatsapp.endWith(end, person);
    },
  ),
  post(
    '/faults',
    'what the server does wrong from now on; each field replaces what it was',
    '{"refuseLogins"?: reason|null, "expire"?: seconds, "refuseAcks"?: code|null, "withholdAcks"?, "dropSends"?, "neverClosesQueue"?, "withholdAfterRefusal"?, "lostConfirmations"?: share, "ackPatienceMs"?, "deaf"?, "httpStatus"?: number|null, "delayMs"?, "ignoreQueries"?: [namespace], "refuseCodes"?: code|"silent"|null, "chain"?}',
    faultEntries,
    setFaults,
  ),
  {
    method: 'DELETE',
    path: '/faults',
    meaning: 'everything is as it should be again',
    body: '',
    run: ({ faults, server }) => {
      faults.clear();
      server.linking.answerHellos(null);
    },
  },
  get('/recorded', 'presences, typing, receipts, sends and logins seen', ({ recorded }) => recorded),
  get('/unknown-queries', 'queries that nobody here understands', ({ unknownQueries }) => unknownQueries),
];

function setFaults(
  { faults, server }: WhatsApp,
  given: v.InferOutput<v.StrictObjectSchema<typeof faultEntries, undefined>>,
): void {
  if (given.refuseLogins !== undefined)
    faults.refuseLogins(given.refuseLogins, given.expire === undefined ? {} : { expire: given.expire });
  if (given.refuseAcks !== undefined) faults.ackError = given.refuseAcks;
  if (given.withholdAcks !== undefined) faults.withholdAcks = given.withholdAcks;
  if (given.dropSends !== undefined) faults.dropSends = given.dropSends;
  if (given.neverClosesQueue !== undefined) faults.neverClosesQueue = given.neverClosesQueue;
  if (given.withholdAfterRefusal !== undefined) faults.withholdAfterRefusal = given.withholdAfterRefusal;
  if (given.lostConfirmations !== undefined) faults.lostConfirmations = given.lostConfirmations;
  if (given.ackPatienceMs !== undefined) faults.ackPatienceMs = given.ackPatienceMs;
  if (given.httpStatus !== undefined) faults.httpStatus = given.httpStatus;
  if (given.deaf !== undefined) faults.deafFromStart = given.deaf;
  if (given.delayMs !== undefined) faults.answerDelayMs = given.delayMs;
  if (given.ignoreQueries) faults.ignoreQueries(...given.ignoreQueries);
  if (given.refuseCodes !== undefined) server.linking.answerHellos(given.refuseCodes);
  if (given.chain) faults.chainFlaw = given.chain;
}

function describe(person: Person): object {
  return { number: person.number, lid: person.user.lid, name: person.user.name, companions: person.companions() };
}
