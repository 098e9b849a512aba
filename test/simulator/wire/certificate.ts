/** The certificate chain of a server's static key: root → intermediate → leaf, correctly signed unless asked otherwise. */
import { proto } from '@whiskeysockets/baileys';
import { type KeyPair, newKeyPair, sign } from './curve.ts';

/** What is wrong with the chain. `unbound`: signed correctly, but for another static key. */
export type ChainFlaw = 'none' | 'corrupt-leaf' | 'corrupt-intermediate' | 'foreign-root' | 'unbound';

const ROOT_SERIAL = 0;
const INTERMEDIATE_SERIAL = 7;
const LEAF_SERIAL = 8;

export function certificateChain(root: KeyPair, staticKey: KeyPair, flaw: ChainFlaw): Uint8Array {
  const issuer = flaw === 'foreign-root' ? newKeyPair() : root;
  const intermediate = newKeyPair();
  const leafKey = flaw === 'unbound' ? newKeyPair() : staticKey;
  const intermediateDetails = details(INTERMEDIATE_SERIAL, ROOT_SERIAL, intermediate.public);
  const leafDetails = details(LEAF_SERIAL, INTERMEDIATE_SERIAL, leafKey.public);
  return proto.CertChain.encode({
    intermediate: {
      details: intermediateDetails,
      signature: spoilIf(flaw === 'corrupt-intermediate', sign(issuer, intermediateDetails)),
    },
    leaf: { details: leafDetails, signature: spoilIf(flaw === 'corrupt-leaf', sign(intermediate, leafDetails)) },
  }).finish();
}

function details(serial: number, issuerSerial: number, key: Uint8Array): Uint8Array {
  return proto.CertChain.NoiseCertificate.Details.encode({ serial, issuerSerial, key }).finish();
}

/** Flips one bit: still well-formed, no longer valid. */
function spoilIf(spoil: boolean, signature: Buffer): Buffer {
  const copy = Buffer.from(signature);
  if (spoil) copy.writeUInt8(copy.readUInt8(10) ^ 1, 10);
  return copy;
}
