/**
 * Acknowledges plainly. Baileys 7.0.0-rc14 does not know the top-level `<status>`, which is owed an ack and comes again at every login without
 * one; and it answers with an error what `shouldIgnoreJid` drops and what it cannot decrypt. For WhatsApp an error is a refusal: one
 * account's whole offline queue was withheld after one (Baileys#2779). whatsmeow acks such messages plainly, beside its retry receipt.
 * Remove when Baileys acks `<status>`, drops without an error, and asks again without one.
 */
import { type BinaryNode, NACK_REASONS, type WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';

type Acking = Pick<WASocket, 'sendMessageAck'>;

/** An error of 0 is none: Baileys leaves it out of the ack. The table is a plain exported object, read at each ack. */
const PLAIN = { ParsingError: 0, UnhandledError: 0, MissingMessageSecret: 0 };

/** Before each socket; more than once is fine. */
export function refuseNothing(): void {
  Object.assign(NACK_REASONS, PLAIN);
}

/** Has every status acknowledged, whatever is in it. */
export function ackStatuses(socket: Acking & Pick<WASocket, 'ws'>, log: Log): void {
  socket.ws.on('CB:status', (stanza: BinaryNode) => ackPlainly(socket, stanza, log));
}

export function ackPlainly(socket: Acking, stanza: BinaryNode, log: Log): void {
  // On a connection that is going WhatsApp sends the stanza again with the next one.
  socket.sendMessageAck(stanza).catch((err: unknown) => log.debug({ err }, 'an acknowledgement could not be sent'));
}
