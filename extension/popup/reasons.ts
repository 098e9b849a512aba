/** Groups what got no answer by chat: the newest first, each with every reason it met. Pure. */
import type { listSkips } from '../../shared/contract/commands/chat-commands.ts';
import type { ReplyOf } from '../../shared/contract/commands/command.ts';
import type { ShownChat } from './latest-chat.ts';

export type Reasons = ReplyOf<typeof listSkips>;
type Skip = Reasons['skips'][number];

export type SkippedChat = {
  readonly chat: string;
  readonly isGroup: boolean;
  readonly name: string | null;
  readonly number: string | null;
  /** How it stands now; null for a group, and for a chat of which nothing is kept. */
  readonly standing: ShownChat | null;
  /** The latest first. */
  readonly skips: readonly Skip[];
  /** When the latest of them was skipped, epoch ms. */
  readonly at: number;
};

/** `kept`: chats that were among them and must stay in their place, although what they met has gone. */
export function skippedChats({ skips, chats }: Reasons, kept: readonly SkippedChat[]): readonly SkippedChat[] {
  const standing = new Map(chats.map((chat) => [chat.chat, chat]));
  const byChat = new Map<string, Skip[]>();
  for (const skip of skips) byChat.set(skip.chatId, [...(byChat.get(skip.chatId) ?? []), skip]);
  const skipped = [...byChat].map(([chat, met]): SkippedChat => {
    const sorted = met.toSorted((one, other) => other.at - one.at);
    const [latest] = sorted;
    return {
      chat,
      isGroup: latest?.kind === 'group',
      name: latest?.name ?? null,
      number: latest?.number ?? null,
      standing: standing.get(chat) ?? null,
      skips: sorted,
      at: latest?.at ?? 0,
    };
  });
  const gone = kept.filter(({ chat }) => !byChat.has(chat));
  return [...skipped, ...gone.map((each) => ({ ...each, standing: standing.get(each.chat) ?? each.standing }))];
}

/** Chats that were skipped today and have no answer since. */
export function countToday(chats: readonly SkippedChat[], now: number): number {
  const today = new Date(now).toDateString();
  return chats.filter(({ at, standing }) => new Date(at).toDateString() === today && standing?.outcome !== 'answered')
    .length;
}
