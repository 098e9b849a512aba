/**
 * The frames between extension and relay, version 1: JSON objects in WebSocket text frames. PROTOCOL.md is the contract in prose.
 * Client frames are read strictly, and one that is unknown closes the connection; what the relay tells may have fields and
 * events that an older client does not know, and those are ignored.
 */
import * as v from 'valibot';
import { AGENT_FAULTS, SWITCHED_BY } from './agent.ts';
import { DAYS, EdgeSchema } from './schedule.ts';
import { CAUSES, LINK_PHASES, LINK_STATUSES } from './status.ts';

export const WIRE_VERSION = 1;
export const WIRE_PATH = '/wire';
/** Of a client's frame, and of the relay's. */
export const MOST_CLIENT_BYTES = 16_384;
export const MOST_RELAY_BYTES = 262_144;
/** The relay says something at least this often: one that is frozen is known as such within five seconds. */
export const PING_MS = 2_000;

/** Why a connection was closed. 4000 and up are ours. */
export const CLOSE = {
  goingAway: 1001,
  badFrame: 1008,
  /** No client of this relay, or one whose origin changed: pair again. */
  unknownClient: 4401,
  /** The proof did not verify. */
  notProven: 4403,
  /** Nothing said in time, or the pairing took too long. */
  tooLate: 4408,
  /** As many browsers are paired as may be. */
  tooMany: 4429,
  /** This browser has as many connections as it may have. */
  tooManyConnections: 4430,
  /** Unproven, and others wanted in too: try again. */
  crowded: 4503,
  /** A newer extension than this relay, or the other way round. */
  version: 4426,
  revoked: 4410,
  /** No code is waiting, it ran out, or its tries are used up: ask for a new one. */
  noCode: 4404,
  wrongCode: 4406,
  /** Reads too slowly, or asks too much. */
  overrun: 4413,
} as const;

const proof = v.pipe(v.string(), v.maxLength(200), v.regex(/^[\w-]+$/));
const nonce = v.pipe(v.string(), v.length(43), v.regex(/^[\w-]+$/));
const publicKey = v.pipe(v.string(), v.maxLength(200), v.regex(/^[\w-]+$/));
const clientId = v.pipe(v.string(), v.maxLength(40), v.regex(/^cli_\w+$/));
const version = v.pipe(v.number(), v.integer(), v.minValue(1));
const requestId = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Before a client is proven these are all it may say. */
export const HandshakeFrameSchema = v.variant('type', [
  v.strictObject({ type: v.literal('hello'), version, clientId, nonce }),
  v.strictObject({ type: v.literal('proof'), signature: proof }),
  v.strictObject({ type: v.literal('pair'), version, nonce, key: publicKey }),
  v.strictObject({ type: v.literal('pair-proof'), mac: proof, name: v.pipe(v.string(), v.trim(), v.maxLength(60)) }),
]);

/** What a proven client may say. */
export const ClientFrameSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('request'),
    id: requestId,
    command: v.pipe(v.string(), v.maxLength(60)),
    params: v.optional(v.unknown()),
  }),
  v.strictObject({ type: v.literal('cancel'), id: requestId }),
  v.strictObject({ type: v.literal('pong') }),
]);

export const QrSchema = v.object({
  number: v.number(),
  of: v.number(),
  expiresAt: v.number(),
  renewals: v.optional(v.number(), 0),
});

/** Nothing is under way, and nobody is kept. */
export const NOTHING_NOW = { thinkingSince: null, waiting: 0, heldChats: 0, held: [] };

/** A link as every client sees it: that a code is on show, not the code. */
export const LinkSchema = v.object({
  status: v.picklist(LINK_STATUSES),
  // A newer relay may know more of them: then the status stands alone.
  phase: v.fallback(v.picklist(LINK_PHASES), 'resting'),
  cause: v.fallback(v.nullable(v.picklist(CAUSES)), null),
  account: v.nullable(v.object({ number: v.string(), lid: v.nullable(v.string()) })),
  // `letters`: to be typed into the phone. A relay of before knows pictures alone.
  qr: v.nullable(v.object({ kind: v.optional(v.picklist(['picture', 'phone-code']), 'picture'), ...QrSchema.entries })),
  retryAt: v.nullable(v.number()),
  until: v.nullable(v.number()),
  left: v.optional(v.nullable(v.number()), null),
  since: v.number(),
  restrictedUntil: v.nullable(v.number()),
  restrictedRetryAt: v.optional(v.nullable(v.number()), null),
  clockAhead: v.optional(v.nullable(v.number()), null),
});

export const AgentSchema = v.object({
  id: v.string(),
  name: v.string(),
  adapter: v.string(),
  on: v.boolean(),
  switchedAt: v.number(),
  switchedBy: v.fallback(v.picklist(SWITCHED_BY), 'person'),
  /** When it goes on again by itself, epoch ms. */
  backOnAt: v.nullable(v.number()),
  /** The week's times in which it is on; empty where only a person switches it. */
  schedule: v.optional(v.array(v.object({ days: v.array(v.picklist(DAYS)), from: v.string(), to: v.string() })), []),
  /** When the schedule turns the switch next. */
  nextEdge: v.optional(v.nullable(EdgeSchema), null),
  scope: v.nullable(v.string()),
  /** Chats that have a rule of their own to be answered. An older relay does not say. */
  chosenChats: v.optional(v.number(), 1),
  /** Whether the owner's address book has come. */
  contactsKnown: v.optional(v.boolean(), true),
  link: LinkSchema,
  today: v.object({ messages: v.number(), answers: v.number(), inputTokens: v.number(), outputTokens: v.number() }),
  ignoredWhileOff: v.number(),
  skippedToday: v.number(),
  /** How often the connection fell within the last hour. */
  fellLastHour: v.number(),
  /** When an agent that failed is asked again by itself, epoch ms. */
  retryAt: v.optional(v.nullable(v.number()), null),
  /** What happens right now. An older relay does not say. */
  now: v.optional(
    v.object({
      /** Since when the agent has been asked and has not answered, epoch ms. */
      thinkingSince: v.nullable(v.number()),
      /** Chats whose messages get an answer soon. */
      waiting: v.number(),
      /** Chats that the owner keeps for now: how many, and the latest of them. */
      heldChats: v.number(),
      held: v.array(v.object({ chat: v.string(), until: v.number() })),
    }),
    NOTHING_NOW,
  ),
  lastFault: v.nullable(
    v.object({
      fault: v.fallback(v.picklist(AGENT_FAULTS), 'odd-answer'),
      at: v.number(),
      /** What its server answered with, where it did. */
      httpStatus: v.optional(v.nullable(v.number()), null),
    }),
  ),
});

/** Everything the toolbar shows, whole: small enough to be told anew with every change. `at` is when it was true, epoch ms. */
const SnapshotSchema = v.object({ at: v.number(), agents: v.array(AgentSchema) });

/** What is wrong with one setting: its name, and a code of SETTING_PROBLEMS. */
const FieldProblemSchema = v.object({ field: v.string(), problem: v.string() });
/** Why a request was not done: `problems` where settings are why; `names`: what there is to choose from. */
export const ErrorSchema = v.object({
  code: v.string(),
  message: v.string(),
  hint: v.string(),
  problems: v.optional(v.array(FieldProblemSchema)),
  names: v.optional(v.array(v.string())),
});

export type FieldProblem = v.InferOutput<typeof FieldProblemSchema>;
export type WireError = v.InferOutput<typeof ErrorSchema>;

export const RelayFrameSchema = v.variant('type', [
  v.object({ type: v.literal('challenge'), nonce, signature: proof }),
  v.object({
    type: v.literal('welcome'),
    version,
    seq: v.number(),
    snapshot: SnapshotSchema,
  }),
  v.object({ type: v.literal('pair-challenge'), nonce, key: publicKey }),
  v.object({ type: v.literal('paired'), clientId, mac: proof }),
  /** `seq` counts up by one: a gap means that something was missed. */
  v.object({ type: v.literal('event'), seq: v.number(), event: v.literal('snapshot'), snapshot: SnapshotSchema }),
  /** Something before the reply, for the client that asked: a code, a status. */
  v.object({ type: v.literal('progress'), id: requestId, event: v.record(v.string(), v.unknown()) }),
  v.object({ type: v.literal('reply'), id: requestId, ok: v.literal(true), result: v.unknown() }),
  v.object({
    type: v.literal('reply'),
    id: requestId,
    ok: v.literal(false),
    error: ErrorSchema,
  }),
  v.object({ type: v.literal('ping') }),
]);

export type HandshakeFrame = v.InferOutput<typeof HandshakeFrameSchema>;
export type RelayFrame = v.InferOutput<typeof RelayFrameSchema>;
export type Snapshot = v.InferOutput<typeof SnapshotSchema>;
/** One agent as every client sees it. */
export type AgentSnapshot = Snapshot['agents'][number];
