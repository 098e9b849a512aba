/**
 * Answers one request of our extension: wakes the relay where none runs, and has it hand over a code for this extension alone.
 * Trusts nothing that it was given: the caller is who the browser says it is, the request has exactly our shape, and what would be started
 * must be such that nobody else could have changed it.
 */
import * as v from 'valibot';
import { handPairing } from '../../shared/contract/commands/setup-commands.ts';
import { type NativeFault, type NativeReply, NativeRequestSchema } from '../../shared/contract/native-host.ts';
import { CHROMIUM_ID, FIREFOX_ID } from '../../shared/extension-identity.ts';
import { type Clock, wait } from '../clock.ts';

export type NativeHostDeps = {
  /** What the browser has started this program with. */
  readonly args: readonly string[];
  readonly clock: Clock;
  /** Nobody else could have changed what would be started. */
  isSafe(): boolean;
  wake(): void;
  /** One try to reach the relay; null where none answers. */
  ask(command: string, params: object): Promise<unknown>;
};

/** A relay that is woken on a slow computer; the extension waits a little longer. */
const START_MOST_MS = 25_000;
const LOOK_MS = 150;

/** Never rejects. */
export async function answerNative(message: unknown, deps: NativeHostDeps): Promise<NativeReply> {
  const request = v.safeParse(NativeRequestSchema, message);
  if (!request.success || !isFrom(deps.args, request.output.origin)) return fault('not-allowed');
  if (!deps.isSafe()) return fault('unsafe');
  const { wants, origin } = request.output;
  if (wants === 'look') return { type: 'ready' };
  const until = deps.clock.monotonic() + START_MOST_MS;
  let handed = await hand(deps, origin);
  if (handed === null) deps.wake();
  while (handed === null && deps.clock.monotonic() < until) {
    await wait(deps.clock, LOOK_MS);
    handed = await hand(deps, origin);
  }
  if (handed === null) return fault('not-started');
  return { type: 'running', port: handed.port, code: wants === 'pair' ? handed.code : null };
}

/** Chromium names the extension's Origin; Firefox its own manifest and the add-on's id, and the Origin is of this profile alone. */
function isFrom([first, second]: readonly string[], origin: string): boolean {
  const chromium = `chrome-extension://${CHROMIUM_ID}`;
  if (first === `${chromium}/`) return origin === chromium;
  return second === FIREFOX_ID && origin.startsWith('moz-extension://');
}

async function hand(deps: NativeHostDeps, origin: string): Promise<v.InferOutput<typeof handPairing.reply> | null> {
  const reply = v.safeParse(handPairing.reply, await deps.ask(handPairing.name, { origin }));
  return reply.success ? reply.output : null;
}

function fault(code: NativeFault): NativeReply {
  return { type: 'fault', fault: code };
}
