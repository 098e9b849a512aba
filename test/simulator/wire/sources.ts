/**
 * What says that WhatsApp sends a stanza so: every kind that the simulator sends has a row, and what has none is not sent.
 * W: whatsmeow (2026-08-21). Z: zapo (2026-08-19). B: Baileys 7.0.0-rc14, `lib/`. Issues are of the project's own tracker.
 */
import { child, children, type Stanza } from './stanza.ts';

/** Kind → where it is seen. The same rows stand in docs/simulator.md. */
export const SOURCES: ReadonlyMap<string, string> = new Map([
  ['ack message', 'W send.go: `error`, `phash`, `t`; B Socket/messages-recv.js handleBadAck'],
  [
    'call',
    'W call.go handleCallEvent: `<offer call-id call-creator>`, `<terminate reason>`; B Socket/messages-recv.js',
  ],
  [
    'failure',
    'W connectionevents.go handleConnectFailure: `reason`, `expire`, `code`, `logout_message_header`, `_subtext`',
  ],
  ['ib dirty', 'B Socket/chats.js: `type` account_sync, `timestamp`; Baileys#2740'],
  ['ib downgrade_webclient', 'W connectionevents.go handleIB; B Socket/socket.js'],
  ['ib edge_routing', 'B Socket/socket.js; Z WaIncomingNodeCoordinator'],
  ['ib offline', 'W connectionevents.go handleIB: `count`; B Socket/socket.js'],
  ['ib offline_preview', 'W connectionevents.go handleIB: `count`, `message`, `notification`, `receipt`, `appdata`'],
  [
    'ib thread_metadata',
    'Z client/events/offline.ts (1f0de19): after the preview, `<item from t>` for each chat; B lets it pass',
  ],
  ['iq error', 'W request.go parseIQError: `code`, `text`'],
  ['iq result', 'W request.go: the answer to a query, under its id'],
  ['iq set pair-device', 'W pair.go handlePairDevice; B Socket/socket.js'],
  [
    'iq set pair-success',
    'W pair.go handlePairSuccess: `device-identity`, `device`, `platform`, `biz`; B Utils/validate-connection.js',
  ],
  ['message broadcast', 'W message.go parseMessageSource: `from` a list, `participant` its writer'],
  ['message channel', 'W message.go handlePlaintextMessage: `from` a newsletter, `server_id`, `<plaintext>`'],
  [
    'message direct',
    'W message.go: `sender_pn`, `sender_lid`, `recipient`, `notify`, `edit`, `<enc>`; Z fake-server FakePeer.ts: `<device-identity>` may be there',
  ],
  ['message group', 'W message.go: `participant`, `participant_pn`, `addressing_mode`'],
  ['message peer', 'W message.go: `category` peer, from the own phone'],
  ['message unavailable', 'W message.go decryptMessages: `<unavailable type>` without `<enc>`'],
  [
    'notification crsc_continuation',
    'W pair-passkey.go: `<primary_ephemeral_identity>`; Z, after the prologue of a linking with a passkey',
  ],
  [
    'notification account_sync',
    'W notification.go handleAccountSyncNotification; B Socket/messages-recv.js: `<disappearing_mode>`',
  ],
  [
    'notification companion_reg_refresh',
    'Z WaPairingFlow.ts handleCompanionRegRefreshNotification: `<companion_reg_refresh>` or `<pair-device-rotate-qr>`; Baileys#2737, #2765',
  ],
  ['notification encrypt', 'W notification.go handleEncryptNotification: `<identity/>`'],
  [
    'notification link_code_companion_reg',
    'W pair-code.go handleCodePairNotification: `primary_hello`; Z WaPairingFlow.ts: `refresh_code force_manual_refresh`; Baileys#2600: without content',
  ],
  [
    'notification mex',
    'W notification.go handleMexNotification; B Socket/messages-recv.js: `<update op_name>`; Z mex-notification.ts: `UsernameSetNotification`',
  ],
  [
    'notification passkey_prologue_request',
    'W pair-passkey.go; Z, the request that comes to a device that shows a code',
  ],
  ['notification privacy_token', 'W notification.go handlePrivacyTokenNotification: `<tokens><token type t>`'],
  ['notification server_sync', 'W notification.go handleAppStateNotification: each `<collection>`'],
  ['receipt', 'W receipt.go parseReceipt: a delivery has no type'],
  ['receipt inactive', 'W receipt.go SetForceActiveDeliveryReceipts: from a device that is not in the foreground'],
  ['receipt played', 'W types/presence.go ReceiptTypePlayed'],
  ['receipt read', 'W receipt.go parseReceipt'],
  [
    'receipt read-self',
    'W types/presence.go ReceiptTypeReadSelf: what the account itself has read, where it shows nobody',
  ],
  ['receipt retry', 'W retry.go: `<retry count id t v>`, `<registration>`, from the second on `<keys>`'],
  ['status', 'W message.go handleUnencryptedMessage, client.go; whatsapp-rust#1101: a top-level tag, owed an ack'],
  ['stream:error ack', 'Z protocol/stream.ts; whatsapp-rust#633, #659; Baileys#1910: no code'],
  ['stream:error code', 'W connectionevents.go handleStreamError: 401, 503, 515; Z protocol/stream.ts: 516'],
  [
    'stream:error conflict',
    'W connectionevents.go handleStreamError: `replaced`, `device_removed`; Z goes by the child alone',
  ],
  ['stream:error xml-not-well-formed', 'Z protocol/stream.ts'],
  ['success', 'W connectionevents.go handleConnectSuccess: `t`, `lid`; B Socket/socket.js'],
  ['xmlstreamend', 'Z protocol/stream.ts; B Socket/socket.js'],
]);

export function kindOf(stanza: Stanza): string {
  const { tag, attrs } = stanza;
  const [first] = children(stanza);
  switch (tag) {
    case 'iq':
      return attrs.type === 'set' ? `iq set ${first?.tag ?? ''}` : `iq ${attrs.type ?? ''}`;
    case 'ack':
      return `ack ${attrs.class ?? ''}`;
    case 'ib':
      return `ib ${first?.tag ?? ''}`;
    case 'notification':
      return `notification ${attrs.type ?? ''}`;
    case 'receipt':
      return attrs.type ? `receipt ${attrs.type}` : 'receipt';
    case 'message':
      return `message ${messageKind(stanza)}`;
    case 'stream:error':
      return `stream:error ${first?.tag ?? 'code'}`;
    default:
      return tag;
  }
}

function messageKind(stanza: Stanza): string {
  const { from = '', category } = stanza.attrs;
  if (category === 'peer') return 'peer';
  if (child(stanza, 'unavailable')) return 'unavailable';
  if (from.endsWith('@g.us')) return 'group';
  if (from.endsWith('@newsletter')) return 'channel';
  return from.endsWith('@broadcast') ? 'broadcast' : 'direct';
}
