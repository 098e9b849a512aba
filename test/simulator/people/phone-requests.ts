/** What a phone answers when one of its linked devices asks it for the content of a message that came without. */
import { proto } from '@whiskeysockets/baileys';
import type { ReceivedMessage } from './received-message.ts';

/** The numbers of WhatsApp's PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE and PLACEHOLDER_MESSAGE_RESEND. */
const RESPONSE = 17;
const RESEND = 4;

/** Null where the message asks for nothing that a phone has. `requestId`: the id of the message that asked. */
export function answerRequest(
  request: proto.IMessage,
  requestId: string,
  find: (id: string) => ReceivedMessage | undefined,
): proto.IMessage | null {
  const asked = request.protocolMessage?.peerDataOperationRequestMessage;
  if (asked?.peerDataOperationRequestType !== RESEND) return null;
  const results = (asked.placeholderMessageResendRequest ?? []).flatMap(({ messageKey }) => {
    const found = find(messageKey?.id ?? '');
    if (!found || !messageKey) return [];
    const whole = { key: messageKey, message: found.content, messageTimestamp: Math.floor(Date.now() / 1_000) };
    return [{ placeholderMessageResendResponse: { webMessageInfoBytes: proto.WebMessageInfo.encode(whole).finish() } }];
  });
  if (results.length === 0) return null;
  return {
    protocolMessage: {
      type: RESPONSE,
      peerDataOperationRequestResponseMessage: {
        peerDataOperationRequestType: RESEND,
        stanzaId: requestId,
        peerDataOperationResult: results,
      },
    },
  };
}
