/** Answers what WhatsApp asks of a device before it is linked: a passkey, the steps of a phone code, another secret. */
import type { BinaryNode, SocketConfig, WASocket } from '@whiskeysockets/baileys';
import type { Clock, Random } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { EarlyNotifications } from '../beyond-baileys/early-notifications.ts';
import { refuseForeignSignatures } from '../beyond-baileys/pair-refusal.ts';
import { PhoneCode } from '../beyond-baileys/phone-code.ts';
import { onRegistrationRefresh } from '../beyond-baileys/registration-refresh.ts';
import type { LinkingTrace } from './linking-trace.ts';
import { PasskeyCeremony } from './passkey/passkey-ceremony.ts';
import type { SignalStore } from './signal-store.ts';
import { DEVICE_TYPE } from './socket-config.ts';
import type { SocketEvents } from './socket-events.ts';

export type LinkingDialogueDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly store: SignalStore;
  readonly events: SocketEvents;
  readonly browser: SocketConfig['browser'];
  /** Writes the credentials. Durable when it resolves; rejects where they were not written. */
  save(): Promise<void>;
};

export type LinkingDialogue = { readonly ceremony: PasskeyCeremony; readonly phoneCode: PhoneCode };

const SECRET_BYTES = 32;

export function beginLinkingDialogue(socket: WASocket, deps: LinkingDialogueDeps): LinkingDialogue {
  const { clock, random, log, store, events, browser, save } = deps;
  refuseForeignSignatures(socket, log);
  const notifications = new EarlyNotifications(socket, log);
  const ceremony = new PasskeyCeremony(socket, notifications, {
    clock,
    log,
    random,
    deviceType: DEVICE_TYPE,
    asked: () => events.passkey(),
    continued: (code, proven) => events.passkeyContinued(code, proven),
    failed: (fault) => events.passkeyFailed(fault),
  });
  const phoneCode = new PhoneCode(socket, notifications, {
    random,
    log,
    browser,
    save: () => save(),
    typed: () => events.phoneCodeTyped(),
    worn: (byHand) => events.phoneCodeWorn(byHand),
    failed: () => events.phoneCodeFailed(),
  });
  onRegistrationRefresh(notifications, async () => {
    // What the phone signs with is agreed on: another secret would undo a link that is about to succeed.
    if (ceremony.sealed || phoneCode.awaitsLink) return null;
    const secret = Buffer.from(random.bytes(SECRET_BYTES)).toString('base64');
    store.state.creds.advSecretKey = secret;
    await save();
    return () => events.secretRenewed(secret);
  });
  return { ceremony, phoneCode };
}

/** Until the connection is open: what comes then is the account's. Baileys' own answers to linking leave without passing here. */
export function traceStanzas(socket: WASocket, trace: LinkingTrace): void {
  const { sendNode, query } = socket;
  let traced = true;
  const note = (way: 'received' | 'sent', stanza: BinaryNode): void => {
    if (traced) trace.stanza(way, stanza);
  };
  socket.ws.on('frame', (frame: BinaryNode | Uint8Array) => {
    if (!(frame instanceof Uint8Array)) note('received', frame);
  });
  Object.assign(socket, {
    sendNode: (stanza: BinaryNode) => {
      note('sent', stanza);
      return sendNode(stanza);
    },
    query: (stanza: BinaryNode, ...rest: [timeoutMs?: number]) => {
      note('sent', stanza);
      return query(stanza, ...rest);
    },
  });
  socket.ev.on('connection.update', ({ connection }) => {
    if (connection === 'open') traced = false;
  });
}
