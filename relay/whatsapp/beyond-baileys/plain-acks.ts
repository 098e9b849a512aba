/**
 * Acknowledges plainly what is not for us. Baileys 7.0.0-rc14 does not know the top-level `<status>`, which is owed an ack and comes
 * again at every login without one; and it answers every message that `shouldIgnoreJid` drops with `error="500"`, which for WhatsApp is
 * a refusal: one account's whole offline queue was withheld after such a one (Baileys#2779).
 * Remove when Baileys acks `<status>`, and drops without an error.
 */
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';

type Acking = Pick<WASocket, 'sendMessageAck'>;

/** Has every status acknowledged, whatever is in it. */
export function ackStatuses(socket: Acking & Pick<WASocket, 'ws'>, log: Log): void {
  socket.ws.on('CB:status', (stanza: BinaryNode) => ackPlainly(socket, stanza, log));
}

export function ackPlainly(socket: Acking, stanza: BinaryNode, log: Log): void {
  // On a connection that is going WhatsApp sends the stanza again with the next one.
  socket.sendMessageAck(stanza).catch((err: unknown) => log.debug({ err }, 'an acknowledgement could not be sent'));
}
