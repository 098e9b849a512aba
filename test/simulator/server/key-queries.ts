/** Key bundles: what devices upload, and what others are given to start a Signal session. */
import { createHash } from 'node:crypto';
import { isSignedBy, withType } from '../wire/curve.ts';
import { bytesOf, child, children, node, type Stanza, seconds, uint } from '../wire/stanza.ts';
import type { Device, PublicPreKey, SignedPreKey } from './device.ts';
import type { Directory } from './directory.ts';

export function countPreKeys(device: Device): Stanza {
  return node('count', { value: String(device.keys.preKeys.size) });
}

export function keyDigest(device: Device): Stanza {
  const hash = createHash('sha1').update(device.keys.identity).update(device.keys.signedPreKey.key).digest();
  return node('digest', {}, [
    node('registration', {}, uint(device.keys.registrationId, 4)),
    node('type', {}, Buffer.from([5])),
    node('identity', {}, device.keys.identity),
    signedPreKeyNode(device.keys.signedPreKey),
    node('hash', {}, hash),
  ]);
}

export function uploadPreKeys(device: Device, query: Stanza): undefined {
  const identity = bytesOf(query, 'identity');
  if (!identity?.equals(device.keys.identity)) throw new Error('pre-keys of another identity');
  for (const key of children(child(query, 'list'))) {
    const id = bytesOf(key, 'id')?.readUIntBE(0, 3);
    const value = bytesOf(key, 'value');
    if (id === undefined || value?.length !== 32) throw new Error('a pre-key without id or value');
    device.keys.preKeys.set(id, { id, key: value });
  }
  device.keys.signedPreKey = checkedSignedPreKey(device, child(query, 'skey'));
  return undefined;
}

export function rotateSignedPreKey(device: Device, query: Stanza): undefined {
  device.keys.signedPreKey = checkedSignedPreKey(device, child(child(query, 'rotate'), 'skey'));
  return undefined;
}

/** One bundle a device asked for, its one-time key used up. Unknown devices are answered with an error in their place. */
export function keyBundles(directory: Directory, query: Stanza): Stanza {
  const bundles = children(child(query, 'key')).map(({ attrs }) => {
    const jid = attrs.jid ?? '';
    const device = directory.device(jid);
    if (!device) return node('user', { jid }, [node('error', { code: '404', text: 'item-not-found' })]);
    const preKey = device.takePreKey();
    return node('user', { jid, t: seconds() }, [
      node('registration', {}, uint(device.keys.registrationId, 4)),
      node('type', {}, Buffer.from([5])),
      node('identity', {}, device.keys.identity),
      ...(preKey ? [preKeyNode(preKey)] : []),
      signedPreKeyNode(device.keys.signedPreKey),
      ...(device.signedIdentity ? [node('device-identity', {}, device.signedIdentity)] : []),
    ]);
  });
  return node('list', {}, bundles);
}

export function preKeyNode(preKey: PublicPreKey): Stanza {
  return node('key', {}, [node('id', {}, uint(preKey.id, 3)), node('value', {}, preKey.key)]);
}

export function signedPreKeyNode(preKey: SignedPreKey): Stanza {
  return node('skey', {}, [
    node('id', {}, uint(preKey.id, 3)),
    node('value', {}, preKey.key),
    node('signature', {}, preKey.signature),
  ]);
}

function checkedSignedPreKey(device: Device, stanza: Stanza | undefined): SignedPreKey {
  const id = bytesOf(stanza, 'id')?.readUIntBE(0, 3);
  const key = bytesOf(stanza, 'value');
  const signature = bytesOf(stanza, 'signature');
  if (id === undefined || !key || !signature) throw new Error('an incomplete signed pre-key');
  if (!isSignedBy(device.keys.identity, withType(key), signature))
    throw new Error('a signed pre-key with a bad signature');
  return { id, key, signature };
}
