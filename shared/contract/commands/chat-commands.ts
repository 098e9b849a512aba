/** Commands about chats: which there are, the rule of each, and why a message got no answer. Names, numbers and reasons, never a text. */
import * as v from 'valibot';
import { StandingChatSchema } from '../agent-view.ts';
import { CHAT_KINDS, CHAT_RULES } from '../chat.ts';
import { agent, command, nothing, OF_AGENT, type ReplyOf } from './command.ts';

const MOST_CHATS = 200;

const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_CHATS));
const rule = v.nullable(v.picklist(CHAT_RULES));
/** A chat's id or a phone number. */
const chat = v.pipe(v.string(), v.maxLength(100));

const label = { name: v.nullable(v.string()), number: v.nullable(v.string()) };

export const listSkips = command(
  'skips.list',
  // `also`: further chats whose standing is wanted, such as those that were among them before.
  { agent, limit: v.optional(limit, 50), also: v.optional(v.pipe(v.array(chat), v.maxLength(MOST_CHATS)), []) },
  v.object({
    skips: v.array(
      v.object({
        ...label,
        chatId: v.string(),
        kind: v.nullable(v.string()),
        // A newer relay may know further reasons: those have no words here, and are shown without.
        reason: v.string(),
        /** The time of the latest of so many messages, epoch ms. */
        at: v.number(),
        messages: v.optional(v.number(), 1),
      }),
    ),
    /** How the chats with people among them stand now. An older relay does not say. */
    chats: v.optional(v.array(StandingChatSchema), []),
    /** The latest times off in which something came; null: until now. */
    off: v.array(v.object({ from: v.number(), until: v.nullable(v.number()), ignored: v.number() })),
  }),
  OF_AGENT,
);

/** Newest first; `before`: older than this `lastMessageAt`. */
export const listChats = command(
  'chats.list',
  { agent, limit: v.optional(limit, 50), before: v.optional(v.number()) },
  v.object({
    chats: v.array(
      v.object({
        ...label,
        chatId: v.string(),
        kind: v.picklist(CHAT_KINDS),
        /** What the person calls themselves, without the `@`. */
        username: v.optional(v.nullable(v.string()), null),
        rule,
        lastMessageAt: v.number(),
        /** Until when the owner keeps the chat, or a brake rests it: null or past where neither does. */
        heldUntil: v.optional(v.nullable(v.number()), null),
        mutedUntil: v.optional(v.nullable(v.number()), null),
        /** Since when the agent asks for the owner there; null where it does not. */
        asksSince: v.optional(v.nullable(v.number()), null),
        /** When WhatsApp Business last wrote there for the owner: the chat stayed the agent's. */
        automaticAt: v.optional(v.nullable(v.number()), null),
        lastSkip: v.nullable(v.object({ reason: v.string(), at: v.number() })),
      }),
    ),
  }),
  OF_AGENT,
);
export const ruleChat = command('chats.rule', { agent, chat, rule }, v.object({ chat: v.string(), rule }), [
  ...OF_AGENT,
  'no-such-chat',
  'group-not-answered',
]);
/** Gives a chat back that the owner's own words or a brake have taken from the agent; `released`: whether one had. */
export const releaseChat = command(
  'chats.release',
  { agent, chat },
  v.object({ chat: v.string(), released: v.boolean() }),
  [...OF_AGENT, 'no-such-chat'],
);
/** The owner keeps a chat for a while without writing in it; `until`: epoch ms. Somebody must have written there. */
export const takeChat = command('chats.take', { agent, chat }, v.object({ chat: v.string(), until: v.number() }), [
  ...OF_AGENT,
  'no-such-chat',
]);
/** Where WhatsApp opens a chat in which somebody has written; null where its number is not known. It carries no text. */
export const openChat = command(
  'chats.open',
  { agent, chat },
  v.object({ chat: v.string(), address: v.nullable(v.string()) }),
  [...OF_AGENT, 'no-such-chat'],
);
/** Chats whose last words were too old, met a fault or a restriction, latest first: the owner may have them answered. */
export const listUnanswered = command(
  'chats.unanswered',
  { agent, limit: v.optional(limit, 50) },
  v.object({
    chats: v.array(
      v.object({
        ...label,
        chatId: v.string(),
        reason: v.string(),
        messages: v.number(),
        oldestAt: v.number(),
        newestAt: v.number(),
      }),
    ),
  }),
  OF_AGENT,
);
/** Answers what of a chat is unanswered, however old; `messages` says how many are asked about. */
export const answerChat = command(
  'chats.answer',
  { agent, chat },
  v.object({ chat: v.string(), messages: v.number() }),
  [...OF_AGENT, 'no-such-chat', 'may-not-answer', 'nothing-unanswered'],
);
/** What became of each message, newest first; of one chat where one is named. `sentAt` is when WhatsApp says that it was sent. */
export const listOutcomes = command(
  'outcomes.list',
  { agent, chat: v.optional(chat), limit: v.optional(limit, 50) },
  v.object({
    outcomes: v.array(
      v.object({
        ...label,
        chatId: v.string(),
        kind: v.nullable(v.string()),
        /** `answered`, or why it was not: a newer relay may know further reasons. */
        outcome: v.string(),
        sentAt: v.number(),
        at: v.number(),
      }),
    ),
  }),
  [...OF_AGENT, 'no-such-chat'],
);
export const forgetChat = command('chats.forget', { agent, chat }, nothing, [...OF_AGENT, 'no-such-chat']);

export type Chat = ReplyOf<typeof listChats>['chats'][number];
