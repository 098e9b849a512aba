/**
 * The frames between extension and relay, version 1: JSON objects in WebSocket text frames. PROTOCOL.md is the contract in prose.
 * Client frames are read strictly, and one that is unknown closes the connection; what the relay tells may have fields and
 * events that an older client does not know, and those are ignored.
 */
import * as v from 'valibot';
import { AgentSchema } from './agent-view.ts';

export const WIRE_VERSION = 1;
export const WIRE_PATH = '/wire';
/** The longest frame of a client, and of the relay. */
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
  /** The client said nothing in time, or the pairing took too long. */
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
  /** Nobody reads along where the relay runs. */
  noTerminal: 4405,
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
  // A browser that is not paired wants a code to be shown where the relay runs.
  v.strictObject({ type: v.literal('ask-code'), version }),
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

/** Everything the toolbar shows, whole: small enough to be told anew with every change. `at` is when it was true, epoch ms. */
export const SnapshotSchema = v.object({ at: v.number(), agents: v.array(AgentSchema) });

/** What is wrong with one setting: its name, and a code of the setting problems. */
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
