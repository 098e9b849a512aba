/**
 * What the extension and a program that the browser starts for it say to each other: one message there, one back, and the program ends.
 * It wakes the relay where none runs, and hands over a code for this extension alone.
 */
import * as v from 'valibot';
import { ExtensionOriginSchema } from './extension-origin.ts';
import { isPort } from './port.ts';

/** The name under which browsers find the program: letters, digits, dots. */
export const NATIVE_HOST = 'app.recado.relay';

const VERSION = 1;

export const NativeRequestSchema = v.strictObject({
  version: v.literal(VERSION),
  /** `look`: only whether all is there. `start`: a relay that runs. `pair`: a code as well. */
  wants: v.picklist(['look', 'start', 'pair']),
  /** Of the extension that asks. Chromium tells the program whose it is; Firefox does not. */
  origin: ExtensionOriginSchema,
});
export type NativeRequest = v.InferOutput<typeof NativeRequestSchema>;

const NATIVE_FAULTS = [
  /** Another extension, or a message that is none of ours. */
  'not-allowed',
  /** Something of the installation could have been changed by others: nothing is started. */
  'unsafe',
  /** Not installed as it was, or it does not start. */
  'not-started',
] as const;
export type NativeFault = (typeof NATIVE_FAULTS)[number];

export const NativeReplySchema = v.variant('type', [
  /** To `look`: it can be started. */
  v.object({ type: v.literal('ready') }),
  v.object({
    type: v.literal('running'),
    port: v.pipe(v.number(), v.check(isPort)),
    /** A secret, used at once; null where none was wanted. */
    code: v.nullable(v.pipe(v.string(), v.maxLength(24))),
  }),
  // A newer program may know further faults.
  v.object({ type: v.literal('fault'), fault: v.fallback(v.picklist(NATIVE_FAULTS), 'not-started') }),
]);
export type NativeReply = v.InferOutput<typeof NativeReplySchema>;

export function nativeRequest(wants: NativeRequest['wants'], origin: string): NativeRequest {
  return { version: VERSION, wants, origin };
}
