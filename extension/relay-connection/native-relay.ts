/**
 * The program on this computer that a browser starts for us: it wakes the relay, and hands over a code for this extension alone. The
 * permission for it is asked for at a click, and stays: with it a page can see without a click whether the program is there.
 */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import {
  NATIVE_HOST,
  type NativeFault,
  type NativeReply,
  NativeReplySchema,
  type NativeRequest,
  nativeRequest,
} from '../../shared/contract/native-host.ts';

export type NativeAnswer =
  | NativeReply
  /** The browser knows no such program: Recado is not installed, or not for this browser. */
  | { readonly type: 'absent' }
  /** The person has not given the permission. */
  | { readonly type: 'denied' };

const PERMISSION = { permissions: ['nativeMessaging' as const] };
/** A little longer than the program itself waits for a relay. */
const PATIENCE_MS = 30_000;

/** What a browser says of a program that it has found: it ended, or may not be called. */
const FOUND = /exited|forbidden|disconnected|error when communicating/i;

/** At a click only: browsers ask for nothing otherwise. `isGiven`: the permission is known to be given. Never rejects. */
export async function callNative(wants: NativeRequest['wants'], isGiven: boolean): Promise<NativeAnswer> {
  // Before anything is waited for, or the click would be over.
  if (isGiven || (await browser.permissions.request(PERMISSION).catch(() => false))) return send(wants);
  return { type: 'denied' };
}

/** True if the program is there, whatever a press will make of it; null where nobody knows, since the permission is not given. Asks nobody. */
export async function isNativeThere(): Promise<boolean | null> {
  if (!(await browser.permissions.contains(PERMISSION).catch(() => false))) return null;
  return (await send('look')).type !== 'absent';
}

function send(wants: NativeRequest['wants']): Promise<NativeAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(fault('not-started')), PATIENCE_MS);
    const end = (answer: NativeAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    Promise.resolve()
      .then(() => browser.runtime.sendNativeMessage(NATIVE_HOST, nativeRequest(wants, location.origin)))
      .then((said: unknown) => {
        const reply = v.safeParse(NativeReplySchema, said);
        end(reply.success ? reply.output : fault('not-started'));
      })
      .catch((error: unknown) =>
        end(error instanceof Error && FOUND.test(error.message) ? fault('not-started') : { type: 'absent' }),
      );
  });
}

function fault(code: NativeFault): NativeAnswer {
  return { type: 'fault', fault: code };
}
