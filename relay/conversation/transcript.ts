/** Stored lines → what the agent is shown: pure. The owner's words are marked as the owner's; what is not text is named honestly. */
import { createHmac } from 'node:crypto';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { StoredLine } from '../store/message-ledger.ts';
import type { Line, Turn } from '../turn.ts';

const KEY_BYTES = 16;

export type TurnParts = {
  readonly agentId: AgentId;
  readonly chatId: ChatId;
  readonly hashKey: Uint8Array;
  /** Tells the owner's number from others that the agent had; empty for its first. */
  readonly ownKey: string;
  /** Oldest first. */
  readonly lines: readonly StoredLine[];
  /** The last row that an earlier answer has covered. */
  readonly answeredThrough: number;
};

/**
 * Null where there is nothing to answer: the last word is not the contact's. Fresh is what is open, and what the owner said since the first
 * of it; all that is settled is context. `row` is what the answer will cover.
 */
export function turnOf(parts: TurnParts): { readonly turn: Turn; readonly row: number } | null {
  const { lines, answeredThrough } = parts;
  const first = lines.find(({ open }) => open)?.row ?? Number.POSITIVE_INFINITY;
  const isFresh = ({ open, author, row }: StoredLine): boolean => open || (author === 'owner' && row > first);
  const fresh = lines.filter(isFresh);
  const last = fresh.at(-1);
  if (last?.author !== 'contact') return null;
  const context = lines.filter((line) => !isFresh(line));
  return {
    row: last.row,
    turn: {
      agentId: parts.agentId,
      chatKey: chatKey(parts),
      context: context.map(lineOf),
      missed: context.filter(({ author, row }) => author !== 'agent' && row > answeredThrough).map(lineOf),
      fresh: fresh.map(lineOf),
    },
  };
}

/** 32 hex digits that say nothing about the number to anyone without the relay's key. By it a back end knows a chat of one number of the owner's. */
function chatKey({ agentId, chatId, hashKey, ownKey }: TurnParts): string {
  const own = ownKey === '' ? '' : `\n${ownKey}`;
  return createHmac('sha256', hashKey)
    .update(`chat\n${agentId}\n${chatId}${own}`)
    .digest('hex')
    .slice(0, KEY_BYTES * 2);
}

function lineOf({ author, message }: StoredLine): Line {
  const { kind, text, shown, sentAt, senderName } = message;
  const words = kind === 'text' ? (text ?? '') : `[${kind}]${text ? ` ${text}` : ''}`;
  return { author, text: words, shown, sentAt, senderName: author === 'contact' ? senderName : null };
}
