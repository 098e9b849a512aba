/**
 * Linking a device: references on a clock, the phone's signature, the device's counter-signature.
 * Follows the ADV scheme: the account signs the device's identity, the device signs back, the server checks both.
 */
import { createHmac } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { isSignedBy, type KeyPair, sign } from '../wire/curve.ts';
import { bytesOf, child, node, SERVER_JID, type Stanza } from '../wire/stanza.ts';
import type { DeviceKeys, User } from './device.ts';

const ACCOUNT_PREFIX = Buffer.from([6, 0]);
const DEVICE_PREFIX = Buffer.from([6, 1]);
/** Of an account that Meta hosts: before what is proven, and before what is signed. */
const HOSTED_PREFIX = Buffer.from([6, 5]);

/** What an unlinked device said of itself when it connected. */
export type Registration = {
  readonly keys: DeviceKeys;
  readonly noiseKey: Buffer;
  /** For the phone's list of linked devices. */
  readonly shown: { readonly os: string; readonly platformType: number };
};

/** A QR text taken apart, as the phone's camera hands it on. */
export type ScannedCode = {
  readonly ref: string;
  readonly noiseKey: Buffer;
  readonly identity: Buffer;
  readonly advSecret: Buffer;
};

export function readCode(text: string): ScannedCode {
  const [ref, noiseKey, identity, advSecret] = text.slice(text.indexOf('#') + 1).split(',');
  if (!ref || !noiseKey || !identity || !advSecret) throw new Error('this is no code to link a device');
  return {
    ref,
    noiseKey: Buffer.from(noiseKey, 'base64'),
    identity: Buffer.from(identity, 'base64'),
    advSecret: Buffer.from(advSecret, 'base64'),
  };
}

export function readRegistration(payload: proto.IClientPayload, noiseKey: Buffer): Registration {
  const data = payload.devicePairingData;
  if (!data?.eIdent || !data.eRegid || !data.eSkeyId || !data.eSkeyVal || !data.eSkeySig) {
    throw new Error('an incomplete registration');
  }
  const { os, platformType } = proto.DeviceProps.decode(data.deviceProps ?? Buffer.alloc(0));
  return {
    noiseKey,
    shown: { os: os ?? '', platformType: platformType ?? 0 },
    keys: {
      registrationId: Buffer.from(data.eRegid).readUInt32BE(0),
      identity: Buffer.from(data.eIdent),
      signedPreKey: {
        id: Buffer.from(data.eSkeyId).readUIntBE(0, 3),
        key: Buffer.from(data.eSkeyVal),
        signature: Buffer.from(data.eSkeySig),
      },
      preKeys: new Map(),
    },
  };
}

export function pairDevice(id: string, refs: readonly string[]): Stanza {
  return node('iq', { id, from: SERVER_JID, type: 'set', xmlns: 'md' }, [
    node(
      'pair-device',
      {},
      refs.map((ref) => node('ref', {}, Buffer.from(ref))),
    ),
  ]);
}

/** The phone's part: it signs the device's identity, and proves with the code's secret that it read the code. */
export function pairSuccess(
  id: string,
  user: User,
  deviceId: number,
  phoneKey: KeyPair,
  code: ScannedCode,
  hosted: boolean,
): { readonly stanza: Stanza; readonly details: Buffer } {
  const type = hosted ? proto.ADVEncryptionType.HOSTED : proto.ADVEncryptionType.E2EE;
  const details = Buffer.from(
    proto.ADVDeviceIdentity.encode({
      rawId: deviceId,
      timestamp: Math.floor(Date.now() / 1_000),
      keyIndex: deviceId,
      accountType: type,
      deviceType: type,
    }).finish(),
  );
  const identity = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: phoneKey.public,
    accountSignature: sign(phoneKey, Buffer.concat([hosted ? HOSTED_PREFIX : ACCOUNT_PREFIX, details, code.identity])),
  }).finish();
  const proven = proto.ADVSignedDeviceIdentityHMAC.encode({
    details: identity,
    hmac: createHmac('sha256', code.advSecret)
      .update(hosted ? HOSTED_PREFIX : '')
      .update(identity)
      .digest(),
    ...(hosted && { accountType: type }),
  }).finish();
  const stanza = node('iq', { id, from: SERVER_JID, type: 'set' }, [
    node('pair-success', {}, [
      node('device-identity', {}, proven),
      node('device', { jid: `${user.number}:${deviceId}@s.whatsapp.net`, lid: `${user.lid}:${deviceId}@lid` }),
      node('platform', { name: user.business === null ? 'android' : 'smba' }),
      ...(user.business === null ? [] : [node('biz', { name: user.business })]),
    ]),
  ]);
  return { stanza, details };
}

/** The device's answer; throws where its signature is missing or wrong. Returns the identity as peers will receive it. */
export function checkPairSign(answer: Stanza, details: Buffer, identity: Buffer, phoneKey: Buffer): Buffer {
  const bytes = bytesOf(child(answer, 'pair-device-sign'), 'device-identity');
  if (!bytes) throw new Error('the device did not sign');
  const signed = proto.ADVSignedDeviceIdentity.decode(bytes);
  const { keyIndex } = proto.ADVDeviceIdentity.decode(details);
  if (child(child(answer, 'pair-device-sign'), 'device-identity')?.attrs['key-index'] !== String(keyIndex))
    throw new Error('the device names another key index');
  // WhatsApp knows the account's key; its clients leave it out (whatsmeow pair.go, zapo WaPairingFlow.ts).
  if (signed.accountSignatureKey?.length) throw new Error("the device repeats the account's key");
  const message = Buffer.concat([DEVICE_PREFIX, details, identity, phoneKey]);
  if (!signed.deviceSignature || !isSignedBy(identity, message, signed.deviceSignature)) {
    throw new Error("the device's signature is wrong");
  }
  return Buffer.from(proto.ADVSignedDeviceIdentity.encode({ ...signed, accountSignatureKey: phoneKey }).finish());
}
