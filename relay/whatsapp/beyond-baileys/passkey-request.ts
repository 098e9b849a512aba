/**
 * Hears that WhatsApp asks for a passkey while a device is linked: since June 2026, of some accounts. Baileys 7.0.0-rc14 knows nothing of
 * it, and before a device has an account its acknowledgement fails; the phone waits.
 * Remove when Baileys tells of `passkey_prologue_request`.
 */
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';

type Listening = Pick<WASocket, 'ws' | 'sendNode' | 'authState'>;

/** What came with it: the question to the passkey, or nothing, and then it is to be asked for. */
export function onPasskeyRequest(socket: Listening, log: Log, asked: (options: Uint8Array | null) => void): void {
  socket.ws.on('CB:notification,type:passkey_prologue_request', (stanza: BinaryNode) => {
    acknowledge(socket, log, stanza);
    asked(bytesIn(stanza, 'passkey_request_options'));
  });
}

/** The phone goes on: it shows a key of its own. Null where it shows none. */
export function onPasskeyContinuation(socket: Listening, log: Log, heard: (identity: Uint8Array | null) => void): void {
  socket.ws.on('CB:notification,type:crsc_continuation', (stanza: BinaryNode) => {
    acknowledge(socket, log, stanza);
    heard(bytesIn(stanza, 'primary_ephemeral_identity'));
  });
}

/** The bytes within the child of that name; null where there is none. */
export function bytesIn({ content }: BinaryNode, tag: string): Uint8Array | null {
  const child = Array.isArray(content) ? content.find((each) => each.tag === tag) : undefined;
  return child?.content instanceof Uint8Array ? child.content : null;
}

function acknowledge(socket: Listening, log: Log, { attrs }: BinaryNode): void {
  // With an account, as behind a pairing code, Baileys does it itself.
  if (socket.authState.creds.me) return;
  const { id = '', from = '', type = '' } = attrs;
  socket
    .sendNode({ tag: 'ack', attrs: { id, to: from, class: 'notification', type } })
    .catch((err: unknown) => log.debug({ err }, 'a notification could not be acknowledged'));
}
