/**
 * One agent as others may see it, and its link. One schema; what a list of agents tells and what every browser is told are cut by it:
 * a field that one of them does not name does not leave the relay.
 */
import * as v from 'valibot';
import type { AgentFault } from './agent.ts';
import { CHAT_RULES } from './chat.ts';
import { EdgeSchema, SpanSchema } from './schedule.ts';
import { CAUSES, CODE_KINDS, LINK_PHASES, LINK_STATUSES } from './status.ts';
import { SWITCHED_BY } from './switched-by.ts';

export const QrSchema = v.object({
  number: v.number(),
  of: v.number(),
  expiresAt: v.number(),
  renewals: v.optional(v.number(), 0),
});

/** The moment in which nothing is under way and no chat is held. */
export const NOTHING_NOW = {
  answering: null,
  catchingUp: null,
  waiting: 0,
  forOwner: 0,
  heldChats: 0,
  asks: 0,
  held: [],
};

/** Whose chat it is: labels only, null where none is known. The name is the one that people give themselves. */
const labels = {
  chat: v.string(),
  name: v.nullable(v.string()),
  number: v.nullable(v.string()),
  username: v.nullable(v.string()),
};

/** A chat with a person as it stands, and what became of what was written there. No text. */
export const StandingChatSchema = v.object({
  ...labels,
  rule: v.fallback(v.nullable(v.picklist(CHAT_RULES)), null),
  /** Epoch ms: when something was last written there. */
  lastMessageAt: v.number(),
  /** What became of the latest message; null while it waits for an answer. A newer relay may know further ones. */
  outcome: v.nullable(v.string()),
  outcomeAt: v.nullable(v.number()),
  /** True if the agent is asked about it, or its answer is on its way. */
  answering: v.boolean(),
  /** Until when the agent may still answer what waits, epoch ms. */
  openUntil: v.nullable(v.number()),
  /** Messages that wait: for the agent, for the owner who keeps the chat, or for the owner's word to be answered after all. */
  waiting: v.number(),
  heldUntil: v.nullable(v.number()),
  mutedUntil: v.nullable(v.number()),
  /** Since when the agent asks for the owner there, epoch ms; null where it does not. */
  asksSince: v.optional(v.nullable(v.number()), null),
  /** When the agent answers what waits unless the owner does before, epoch ms; null where it does not leave them that time. */
  answersAt: v.optional(v.nullable(v.number()), null),
});

/** A link as every client sees it: that a code is on show, not the code. */
const LinkSchema = v.object({
  status: v.picklist(LINK_STATUSES),
  // A newer relay may know more of them: then the status stands alone.
  phase: v.fallback(v.picklist(LINK_PHASES), 'resting'),
  cause: v.fallback(v.nullable(v.picklist(CAUSES)), null),
  account: v.nullable(v.object({ number: v.string(), lid: v.nullable(v.string()) })),
  qr: v.nullable(v.object({ kind: v.picklist(CODE_KINDS), ...QrSchema.entries })),
  retryAt: v.nullable(v.number()),
  until: v.nullable(v.number()),
  left: v.optional(v.nullable(v.number()), null),
  since: v.number(),
  restrictedUntil: v.nullable(v.number()),
  restrictedRetryAt: v.optional(v.nullable(v.number()), null),
  clockAhead: v.optional(v.nullable(v.number()), null),
});

/** A newer relay may know further faults: what puts them to words has some for those, and the popup opens without the list. */
const fault = v.custom<AgentFault>((code) => typeof code === 'string');

/** What went wrong with the back end last, if it has not worked since. */
const FaultSchema = v.object({
  fault,
  /** Epoch ms. */
  at: v.number(),
  /** What its server answered with, where it did. */
  httpStatus: v.optional(v.nullable(v.number()), null),
});

/** What every paired browser is told of an agent, with each change. */
export const AgentSchema = v.object({
  id: v.string(),
  name: v.string(),
  adapter: v.string(),
  /** What answers, as its server calls it; null where the back end has no such choice. */
  model: v.optional(v.nullable(v.string()), null),
  on: v.boolean(),
  switchedAt: v.number(),
  switchedBy: v.fallback(v.picklist(SWITCHED_BY), 'person'),
  /** When it goes on again by itself, epoch ms. */
  backOnAt: v.nullable(v.number()),
  /** The week's times in which it is on; empty where only a person switches it. */
  schedule: v.optional(v.array(SpanSchema), []),
  /** When the schedule turns the switch next. */
  nextEdge: v.optional(v.nullable(EdgeSchema), null),
  scope: v.nullable(v.string()),
  /** So many minutes the owner has to answer themselves before the agent does; 0: none. */
  ownerMinutes: v.optional(v.number(), 0),
  /** Chats that have a rule of their own to be answered. An older relay does not say. */
  chosenChats: v.optional(v.number(), 1),
  /** True if the owner's address book has come. */
  contactsKnown: v.optional(v.boolean(), true),
  link: LinkSchema,
  /** How much a day may bring before the agent turns itself off. An older relay does not say. */
  limits: v.optional(v.nullable(v.object({ answers: v.number(), tokens: v.number() })), null),
  /** Money spent today and this month, and how much of it is allowed; in millionths. Null where nothing is known of it. */
  cost: v.optional(
    v.nullable(
      v.object({
        currency: v.string(),
        day: v.number(),
        month: v.number(),
        dayLimit: v.nullable(v.number()),
        monthLimit: v.nullable(v.number()),
        /** False where a limit in money can never be reached, since nothing is counted in its currency. */
        capsHold: v.boolean(),
      }),
    ),
    null,
  ),
  today: v.object({ messages: v.number(), answers: v.number(), inputTokens: v.number(), outputTokens: v.number() }),
  /** Messages that came while the switch was off, since it was last switched. */
  ignoredWhileOff: v.number(),
  /** Messages that got no answer today; of a group, or a chat that is not to be answered, one. */
  skippedToday: v.number(),
  /** How often the connection fell within the last hour. */
  fellLastHour: v.number(),
  /** When an agent that failed is asked again by itself, epoch ms. */
  retryAt: v.optional(v.nullable(v.number()), null),
  /** What happens right now. An older relay does not say. */
  now: v.optional(
    v.object({
      /** The chat about which the agent has been asked longest and has not answered, and since when, epoch ms. */
      answering: v.optional(v.nullable(v.object({ ...labels, since: v.number() })), null),
      /** Chats in which people wrote while the connection was away, until all are dealt with. */
      catchingUp: v.optional(v.nullable(v.object({ done: v.number(), of: v.number() })), null),
      /** Chats whose messages get an answer soon. */
      waiting: v.number(),
      /** Chats in which the owner has time to answer first. */
      forOwner: v.optional(v.number(), 0),
      /** Chats that the owner keeps for now: how many, and the latest of them. */
      heldChats: v.number(),
      /** Chats in which the agent asks for the owner. */
      asks: v.optional(v.number(), 0),
      held: v.array(v.object({ chat: v.string(), until: v.number() })),
    }),
    NOTHING_NOW,
  ),
  /** The last time that the connection was away for long, where that is not long ago, epoch ms; and chats that came too late by it. */
  outage: v.optional(v.nullable(v.object({ from: v.number(), until: v.number(), tooLate: v.number() })), null),
  /** The latest chats with people, newest first; before them those that ask for the owner. */
  recent: v.optional(v.array(StandingChatSchema), []),
  lastFault: v.nullable(FaultSchema),
});

const { qr: _code, ...reported } = LinkSchema.entries;
/** A link without its code: that comes as progress of `link` alone. */
export const report = v.object(reported);

/** An agent with its settings, for whoever asks for them; its key is not among them. */
export const AgentViewSchema = v.object({
  ...AgentSchema.entries,
  settings: v.record(v.string(), v.unknown()),
  hasKey: v.boolean(),
  link: report,
  /** Chats in which the agent is asked right now, and answers on their way. */
  thinking: v.number(),
  sending: v.number(),
  lastFault: v.nullable(v.object({ ...FaultSchema.entries, detail: v.string() })),
});
