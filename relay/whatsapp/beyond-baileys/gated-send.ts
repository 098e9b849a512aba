/**
 * A text that is asked in its last moment whether it may leave. Between the call and the bytes Baileys 7.0.0-rc14 looks up devices, keys
 * and tokens, which may take as long as WhatsApp takes to answer, and it cannot be told to stop. What it does last, in the very tick in
 * which it hands the stanza to the connection, is to add the nodes that its caller wants in it: here they are none, and counting them asks.
 * Remove when a send of Baileys can be aborted until its bytes are written.
 */
import { type BinaryNode, generateWAMessage, type WASocket } from '@whiskeysockets/baileys';
import type { Answer } from '../sending.ts';

type Socket = Pick<WASocket, 'relayMessage' | 'user' | 'waUploadToServer'>;

/** `leaving` throws where the text may not leave: this rejects then, and nothing was written. */
export async function sendGated(
  socket: Socket,
  { chatId, messageId, text, disappearsAfter = 0 }: Answer,
  leaving: () => void,
): Promise<void> {
  const timer = disappearsAfter > 0 ? { ephemeralExpiration: disappearsAfter } : {};
  const { message } = await generateWAMessage(
    chatId,
    { text, linkPreview: null },
    { userJid: socket.user?.id ?? '', messageId, upload: socket.waUploadToServer, ...timer },
  );
  if (!message) throw new Error('no message was made of the text');
  await socket.relayMessage(chatId, message, { messageId, additionalNodes: askedWhenCounted(leaving) });
}

function askedWhenCounted(leaving: () => void): BinaryNode[] {
  return new Proxy<BinaryNode[]>([], {
    get: (nodes, name): unknown => {
      if (name === 'length') leaving();
      return Reflect.get(nodes, name);
    },
  });
}
