/** The key bundle that goes with a retry receipt, so that the sender can start over. */
import type { DeviceKeys, PublicPreKey } from '../server/device.ts';
import { preKeyNode, signedPreKeyNode } from '../server/key-queries.ts';
import { node, type Stanza } from '../wire/stanza.ts';

export function retryBundle(keys: DeviceKeys, preKey: PublicPreKey): Stanza {
  return node('keys', {}, [
    node('type', {}, Buffer.from([5])),
    node('identity', {}, keys.identity),
    preKeyNode(preKey),
    signedPreKeyNode(keys.signedPreKey),
  ]);
}
