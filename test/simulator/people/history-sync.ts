/** What a phone tells a new companion of the past: chats, the names people give themselves, and which LID is which number. */
import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import type { MediaHost } from '../media-host.ts';
import type { Person } from './person.ts';

/** The numbers of WhatsApp's HistorySyncType. */
export const HISTORY_TYPES = { initialBootstrap: 0, recent: 3, pushName: 4 } as const;

export type PastChat = { readonly person: Person; readonly texts: readonly string[] };

/** The number of WhatsApp's HISTORY_SYNC_NOTIFICATION. */
const NOTIFICATION = 5;

/** Inline, or as a blob on the media host where one is given. */
export function historySync(
  type: keyof typeof HISTORY_TYPES,
  past: readonly PastChat[],
  blobs: MediaHost | null,
): proto.IMessage {
  const syncType = HISTORY_TYPES[type];
  const history = proto.HistorySync.encode({
    syncType,
    progress: 100,
    conversations: type === 'pushName' ? [] : past.map(conversation),
    pushnames:
      type === 'pushName'
        ? past.map(({ person }) => ({ id: `${person.user.lid}@lid`, pushname: person.user.name }))
        : [],
    phoneNumberToLidMappings: past.map(({ person }) => ({
      lidJid: `${person.user.lid}@lid`,
      pnJid: `${person.number}@s.whatsapp.net`,
    })),
  }).finish();
  return {
    protocolMessage: {
      type: NOTIFICATION,
      historySyncNotification: {
        syncType,
        chunkOrder: 1,
        progress: 100,
        ...contentOf(deflateSync(history), blobs),
      },
    },
  };
}

function contentOf(history: Buffer, blobs: MediaHost | null): proto.Message.IHistorySyncNotification {
  if (!blobs) return { initialHistBootstrapInlinePayload: history };
  const { mediaKey, directPath, fileSha256, fileEncSha256, fileLength } = blobs.keep('History', history).reference;
  return { mediaKey, directPath, fileSha256, fileEncSha256, fileLength };
}

function conversation({ person, texts }: PastChat): proto.IConversation {
  const id = `${person.user.lid}@lid`;
  const now = Math.floor(Date.now() / 1_000);
  return {
    id,
    pnJid: `${person.number}@s.whatsapp.net`,
    conversationTimestamp: now,
    messages: texts.map((text, index) => ({
      msgOrderId: index,
      message: {
        key: { remoteJid: id, fromMe: false, id: `OLD${index}${person.number}` },
        messageTimestamp: now - 86_400 + index,
        message: { conversation: text },
      },
    })),
  };
}
