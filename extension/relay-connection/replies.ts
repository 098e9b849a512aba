/** What the relay answers to what the toolbar asks, judged before it is believed. */
import * as v from 'valibot';

/** The text of a code is a secret and lives only while the panel is open. `expiresAt` in epoch milliseconds. */
export const CodeSchema = v.object({
  event: v.literal('qr'),
  text: v.string(),
  number: v.number(),
  of: v.number(),
  expiresAt: v.number(),
});

export const SwitchReplySchema = v.object({ droppedAnswers: v.number() });

const chat = {
  kind: v.nullable(v.string()),
  name: v.nullable(v.string()),
  number: v.nullable(v.string()),
};

/** A newer relay may know further reasons: those have no words here, and are shown without. */
export const ReasonsSchema = v.object({
  skips: v.array(v.object({ ...chat, chatId: v.string(), reason: v.string(), at: v.number() })),
  off: v.array(v.object({ from: v.number(), until: v.nullable(v.number()), ignored: v.number() })),
});

export const ChatsSchema = v.object({
  chats: v.array(
    v.object({
      ...chat,
      chatId: v.string(),
      rule: v.nullable(v.picklist(['answer', 'never'])),
      lastMessageAt: v.number(),
    }),
  ),
});

export type Code = v.InferOutput<typeof CodeSchema>;
export type Reasons = v.InferOutput<typeof ReasonsSchema>;
export type Chat = v.InferOutput<typeof ChatsSchema>['chats'][number];
