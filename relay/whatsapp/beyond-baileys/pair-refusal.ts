/**
 * Refuses a link that is signed with another secret than the device has, as after a scan of a code that was just drawn anew. Baileys 7.0.0-rc14
 * drops the connection without a word, and the code on the screen with it; WhatsApp Web answers with an error.
 * Remove when Baileys answers such a `pair-success`.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type BinaryNode, proto, type WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';
import { bytesIn, childOf } from './early-notifications.ts';

const EVENT = 'CB:iq,,pair-success';
const HOSTED_PREFIX = Uint8Array.of(6, 5);

type Linking = Pick<WASocket, 'ws' | 'sendNode' | 'authState'>;

/** To be called while nothing is connected yet. */
export function refuseForeignSignatures({ ws, sendNode, authState }: Linking, log: Log): void {
  const inBaileys = ws.listeners(EVENT);
  ws.removeAllListeners(EVENT);
  ws.on(EVENT, (stanza: BinaryNode) => {
    if (isSigned(stanza, Buffer.from(authState.creds.advSecretKey, 'base64'))) {
      for (const handle of inBaileys) handle(stanza);
      return;
    }
    log.warn('a link was signed with another secret: it is refused');
    const { id = '', from = '' } = stanza.attrs;
    const error = { tag: 'error', attrs: { code: '401', text: 'not-authorized' } };
    sendNode({ tag: 'iq', attrs: { to: from, type: 'error', id }, content: [error] }).catch((err: unknown) =>
      log.debug({ err }, 'the refusal could not be sent'),
    );
  });
}

/** What is no such container at all is for Baileys to judge. */
function isSigned(stanza: BinaryNode, secret: Uint8Array): boolean {
  const success = childOf(stanza, 'pair-success');
  const bytes = success && bytesIn(success, 'device-identity');
  if (!bytes) return true;
  let container: proto.ADVSignedDeviceIdentityHMAC;
  try {
    container = proto.ADVSignedDeviceIdentityHMAC.decode(bytes);
  } catch {
    // Baileys ends the connection over it.
    return true;
  }
  const { details, hmac, accountType } = container;
  if (!details || !hmac) return true;
  const proof = createHmac('sha256', secret);
  if (accountType === proto.ADVEncryptionType.HOSTED) proof.update(HOSTED_PREFIX);
  const expected = proof.update(details).digest();
  return hmac.length === expected.length && timingSafeEqual(hmac, expected);
}
