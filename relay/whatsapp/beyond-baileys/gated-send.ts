/**
 * A text that is asked in its last moment whether it may leave. Between the call and the bytes Baileys 7.0.0-rc14 looks up devices, keys
 * and tokens, which may take as long as WhatsApp takes to answer, and it cannot be told to stop. What it does last, in the very tick in
 * which it hands the stanza to the connection, is to add the nodes that its caller wants in it: here counting them asks, whether there are any or not.
 * Remove when a send of Baileys can be aborted until its bytes are written.
 */
import { type BinaryNode, generateWAMessage, type WASocket } from '@whiskeysockets/baileys';
import type { OutgoingAnswer } from '../../outbound.ts';

type Socket = Pick<WASocket, 'relayMessage' | 'user' | 'waUploadToServer'>;

/** `leaving` throws where the text may not leave: this rejects then, and nothing was written. `beside`: nodes that go with it. */
export async function sendGated(
  socket: Socket,
  { chatId, messageId, text, disappearsAfter = 0 }: OutgoingAnswer,
  leaving: () => void,
  beside: readonly BinaryNode[] = [],
): Promise<void> {
  const timer = disappearsAfter > 0 ? { ephemeralExpiration: disappearsAfter } : {};
  const { message } = await generateWAMessage(
    chatId,
    { text, linkPreview: null },
    { userJid: socket.user?.id ?? '', messageId, upload: socket.waUploadToServer, ...timer },
  );
  if (!message) throw new Error('no message was made of the text');
  await socket.relayMessage(chatId, message, { messageId, additionalNodes: askedWhenCounted(beside, leaving) });
}

function askedWhenCounted(beside: readonly BinaryNode[], leaving: () => void): BinaryNode[] {
  let asked = false;
  return new Proxy([...beside], {
    get: (nodes, name): unknown => {
      // Nodes are counted again as they are taken over, in the same tick.
      if (name === 'length' && !asked) {
        asked = true;
        leaving();
      }
      return Reflect.get(nodes, name);
    },
  });
}
