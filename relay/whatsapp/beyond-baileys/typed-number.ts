/**
 * Asked for letters to link with, Baileys 7.0.0-rc14 writes the number into the credentials as if the device were linked already: after a
 * drop it would log in as a device that does not exist, and be told that it was unlinked. And it gives the letters before WhatsApp has
 * heard of them: typed into the phone by then they are wrong, and whether WhatsApp refuses is not told at all.
 * Remove when Baileys sets `me` at `pair-success` alone, and waits for WhatsApp's answer.
 */
import type { AuthenticationCreds, WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';

/** Whether WhatsApp has really linked the device: only then is there a signed identity of it. */
export function isLinked({ account, me }: Pick<AuthenticationCreds, 'account' | 'me'>): boolean {
  return account !== undefined && account !== null && me !== undefined;
}

/** A device that was not linked is nobody's: the next socket begins anew. */
export function forgetTypedNumber(creds: AuthenticationCreds): void {
  if (isLinked(creds)) return;
  delete creds.me;
  creds.pairingCode = undefined;
  creds.registered = false;
}

type Asking = Pick<WASocket, 'ws' | 'requestPairingCode'>;

/** Eight letters that WhatsApp knows of for the phone of `number` (digits); null where it refuses. Rejects without an answer in `ms`. */
export async function requestLetters(socket: Asking, clock: Clock, number: string, ms: number): Promise<string | null> {
  const answered = Promise.withResolvers<boolean>();
  const onKnown = (): void => answered.resolve(true);
  // A device that is not linked yet asks nothing else.
  const onRefused = (): void => answered.resolve(false);
  const timer = clock.after(ms, () => answered.reject(new Error('WhatsApp did not answer')));
  socket.ws.on('CB:iq,,link_code_companion_reg', onKnown);
  socket.ws.on('CB:iq,type:error', onRefused);
  try {
    const [letters, isKnown] = await Promise.all([socket.requestPairingCode(number), answered.promise]);
    return isKnown ? letters : null;
  } finally {
    timer.cancel();
    socket.ws.off('CB:iq,,link_code_companion_reg', onKnown);
    socket.ws.off('CB:iq,type:error', onRefused);
  }
}
