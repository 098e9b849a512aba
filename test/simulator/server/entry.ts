/**
 * Whether WhatsApp lets a client in, by what it says of itself before anything else. The codes are those that whatsmeow lists
 * (`types/events`): 400, 405 for an outdated client, 409 for a user agent that is none. No source tells what else is compared.
 */
import type { proto } from '@whiskeysockets/baileys';
import { isSignedBy, withType } from '../wire/curve.ts';

/** The generation of WhatsApp Web since 2024; Baileys 7.0.0-rc14 names a build of it. */
const LEAST_VERSION = [2, 3000, 1] as const;
const KEY_TYPE = 5;
const KEY_BYTES = 32;
const BUILD_HASH_BYTES = 16;

/** The reason of the refusal; null where it comes in. */
export function judgeEntry({ userAgent, username, devicePairingData }: proto.IClientPayload): string | null {
  if (userAgent?.platform === null || userAgent?.platform === undefined || !userAgent.appVersion) return '409';
  const { primary, secondary, tertiary } = userAgent.appVersion;
  if (isOlder([primary ?? 0, secondary ?? 0, tertiary ?? 0])) return '405';
  if (Number(username ?? 0) > 0) return null;
  return devicePairingData && isRegistration(devicePairingData) ? null : '400';
}

function isOlder(version: readonly [number, number, number]): boolean {
  for (const [at, least] of LEAST_VERSION.entries()) {
    const part = version[at] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

/** Keys of their lengths, and the signed pre-key signed by the identity. */
function isRegistration(data: proto.ClientPayload.IDevicePairingRegistrationData): boolean {
  const { eRegid, eKeytype, eIdent, eSkeyId, eSkeyVal, eSkeySig, buildHash, deviceProps } = data;
  if (!eIdent || !eSkeyVal || !eSkeySig) return false;
  return (
    eRegid?.length === 4 &&
    eKeytype?.length === 1 &&
    eKeytype[0] === KEY_TYPE &&
    eIdent.length === KEY_BYTES &&
    eSkeyId?.length === 3 &&
    eSkeyVal.length === KEY_BYTES &&
    buildHash?.length === BUILD_HASH_BYTES &&
    Boolean(deviceProps?.length) &&
    isSignedBy(eIdent, withType(eSkeyVal), eSkeySig)
  );
}
