/** What a phone shows of a message it could read. */
import type { proto } from '@whiskeysockets/baileys';

export type ReceivedMessage = {
  readonly id: string;
  /** The sender's number. */
  readonly from: string;
  /** The sender's device: 0 is the phone itself. */
  readonly fromDevice: number;
  /** Number of the chat's other person, or a group's address: where the phone shows it. */
  readonly chat: string;
  readonly text: string;
  readonly kind: string;
  readonly content: proto.IMessage;
  /** Seconds after which the phone lets it disappear; 0 where it stays. */
  readonly disappearsAfter: number;
  /** How often a copy arrived. A phone shows the first only. */
  copies: number;
};

export function textOf(content: proto.IMessage): string {
  return content.conversation ?? content.extendedTextMessage?.text ?? content.imageMessage?.caption ?? '';
}

export function timerOf(content: proto.IMessage): number {
  return content.extendedTextMessage?.contextInfo?.expiration ?? content.imageMessage?.contextInfo?.expiration ?? 0;
}

export function kindOf(content: proto.IMessage): string {
  const [kind] = Object.entries(content)
    .filter(([name, value]) => value !== null && value !== undefined && name !== 'messageContextInfo')
    .map(([name]) => name);
  return kind ?? 'empty';
}
