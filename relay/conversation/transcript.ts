/** Stored lines → what the agent is shown: pure. The owner's words are marked as the owner's; what is not text is named honestly. */
import { createHmac } from 'node:crypto';
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
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

export type Question = {
  readonly turn: Omit<Turn, 'attempt'>;
  /** The first of what is asked. */
  readonly firstRow: number;
  /** What an answer covers. */
  readonly row: number;
};

/**
 * Null where there is nothing to answer: the last word is not the contact's. Fresh is what is open, and what the owner said since the first
 * of it; all that is settled is context. The id stays the same as
 * long as the question does.
 */
export function turnOf(parts: TurnParts): Question | null {
  const { lines, answeredThrough } = parts;
  const first = lines.find(({ open }) => open)?.row ?? Number.POSITIVE_INFINITY;
  const isFresh = ({ open, author, row }: StoredLine): boolean => open || (author === 'owner' && row > first);
  const fresh = lines.filter(isFresh);
  const last = fresh.at(-1);
  if (last?.author !== 'contact') return null;
  const context = lines.filter((line) => !isFresh(line));
  return {
    firstRow: fresh[0]?.row ?? last.row,
    row: last.row,
    turn: {
      // An edited message makes another question.
      id: hashed(parts, `turn\n${JSON.stringify(fresh.map(({ message }) => [message.messageId, message.text]))}`),
      agentId: parts.agentId,
      chatKey: hashed(parts, 'chat'),
      context: context.map((line) => lineOf(line, parts)),
      missed: context
        .filter(({ author, row }) => author !== 'agent' && row > answeredThrough)
        .map((line) => lineOf(line, parts)),
      fresh: fresh.map((line) => lineOf(line, parts)),
    },
  };
}

/** 32 hex digits that say nothing to anyone without the relay's key. By that of a chat a back end knows it, for one number of the owner's. */
function hashed({ agentId, chatId, hashKey, ownKey }: TurnParts, what: string): string {
  const [kind = '', ...rest] = what.split('\n');
  const own = ownKey === '' ? [] : [ownKey];
  return createHmac('sha256', hashKey)
    .update([kind, agentId, chatId, ...own, ...rest].join('\n'))
    .digest('hex')
    .slice(0, KEY_BYTES * 2);
}

function lineOf({ author, message }: StoredLine, parts: TurnParts): Line {
  const { messageId, kind, text, shown, sentAt, senderName } = message;
  const words = kind === 'text' ? (text ?? '') : `[${kind}]${text ? ` ${text}` : ''}`;
  const id = hashed(parts, `message\n${messageId}`);
  return { id, author, text: words, shown, sentAt, senderName: author === 'contact' ? senderName : null };
}
