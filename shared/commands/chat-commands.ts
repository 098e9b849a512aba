/** Commands about chats: which there are, the rule of each, and why a message got no answer. Names, numbers and reasons, never a text. */
import * as v from 'valibot';
import { CHAT_KINDS, CHAT_RULES } from '../chat.ts';
import { agent, command, nothing, type ReplyOf } from './command.ts';

const MOST_CHATS = 200;

const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_CHATS));
const rule = v.nullable(v.picklist(CHAT_RULES));
/** A chat's id or a phone number. */
const chat = v.pipe(v.string(), v.maxLength(100));

const label = { name: v.nullable(v.string()), number: v.nullable(v.string()) };

export const listSkips = command(
  'skips.list',
  { agent, limit: v.optional(limit, 50) },
  v.object({
    skips: v.array(
      v.object({
        ...label,
        chatId: v.string(),
        kind: v.nullable(v.string()),
        // A newer relay may know further reasons: those have no words here, and are shown without.
        reason: v.string(),
        at: v.number(),
      }),
    ),
    /** The latest times off in which something came; null: until now. */
    off: v.array(v.object({ from: v.number(), until: v.nullable(v.number()), ignored: v.number() })),
  }),
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
        rule,
        lastMessageAt: v.number(),
        lastSkip: v.nullable(v.object({ reason: v.string(), at: v.number() })),
      }),
    ),
  }),
);
export const ruleChat = command('chats.rule', { agent, chat, rule }, v.object({ chat: v.string(), rule }));
export const forgetChat = command('chats.forget', { agent, chat }, nothing);

export type Chat = ReplyOf<typeof listChats>['chats'][number];
