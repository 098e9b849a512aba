/**
 * Sender keys of groups, after the Signal group protocol: a chain that steps with each message, a signature on each, and a
 * distribution message that lets others follow. Ours from end to end, so that it proves Baileys' own.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { isSignedBy, type KeyPair, newKeyPair, sign, withType } from '../wire/curve.ts';

const VERSION = 0x33;
const SIGNATURE_BYTES = 64;
/** As far as a receiver follows a chain that it has not seen. */
const MOST_STEPS = 2_000;

type Chain = {
  readonly id: number;
  iteration: number;
  chainKey: Buffer;
  readonly signingKey: Uint8Array;
  readonly skipped: Map<number, Buffer>;
};

/** One device's own chain in one group. */
export class OwnSenderKey {
  readonly #id = randomInt(1, 2_147_483_647);
  readonly #signing: KeyPair = newKeyPair();
  #iteration = 0;
  #chainKey: Buffer = randomBytes(32);

  /** Lets whoever gets it read everything from now on. */
  distribution(): Uint8Array {
    const message = proto.SenderKeyDistributionMessage.encode({
      id: this.#id,
      iteration: this.#iteration,
      chainKey: this.#chainKey,
      signingKey: withType(this.#signing.public),
    }).finish();
    return Buffer.concat([Buffer.from([VERSION]), message]);
  }

  encrypt(plaintext: Uint8Array): Buffer {
    const { iv, key } = messageKey(this.#chainKey);
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const body = proto.SenderKeyMessage.encode({ id: this.#id, iteration: this.#iteration, ciphertext }).finish();
    const signed = Buffer.concat([Buffer.from([VERSION]), body]);
    this.#iteration += 1;
    this.#chainKey = nextChainKey(this.#chainKey);
    return Buffer.concat([signed, sign(this.#signing, signed)]);
  }
}

/** What one phone knows of the others' chains, by group and sending device. */
export class SenderKeys {
  readonly #chains = new Map<string, Chain>();

  learn(group: string, sender: string, distribution: Uint8Array): void {
    const { id, iteration, chainKey, signingKey } = proto.SenderKeyDistributionMessage.decode(distribution.subarray(1));
    if (!chainKey || !signingKey) throw new Error('an incomplete sender key');
    const name = `${group} ${sender}`;
    // A chain that is known already leads to every later step, and still has the steps that were skipped.
    if (this.#chains.get(name)?.id === id) return;
    this.#chains.set(name, {
      id: id ?? 0,
      iteration: iteration ?? 0,
      chainKey: Buffer.from(chainKey),
      signingKey,
      skipped: new Map(),
    });
  }

  /** Throws where the chain is unknown, the signature wrong, or the step spent. */
  decrypt(group: string, sender: string, bytes: Buffer): Buffer {
    const chain = this.#chains.get(`${group} ${sender}`);
    const message = proto.SenderKeyMessage.decode(bytes.subarray(1, -SIGNATURE_BYTES));
    if (!chain || chain.id !== message.id) throw new Error('no sender key for this message');
    if (!isSignedBy(chain.signingKey, bytes.subarray(0, -SIGNATURE_BYTES), bytes.subarray(-SIGNATURE_BYTES))) {
      throw new Error('a group message with a bad signature');
    }
    const { iv, key } = messageKey(this.#chainKeyFor(chain, message.iteration ?? 0));
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    return Buffer.concat([decipher.update(message.ciphertext ?? Buffer.alloc(0)), decipher.final()]);
  }

  #chainKeyFor(chain: Chain, iteration: number): Buffer {
    const skipped = chain.skipped.get(iteration);
    if (skipped) {
      chain.skipped.delete(iteration);
      return skipped;
    }
    if (iteration < chain.iteration || iteration - chain.iteration > MOST_STEPS)
      throw new Error('a step that is spent, or too far');
    while (chain.iteration < iteration) {
      chain.skipped.set(chain.iteration, chain.chainKey);
      chain.chainKey = nextChainKey(chain.chainKey);
      chain.iteration += 1;
    }
    const found = chain.chainKey;
    chain.chainKey = nextChainKey(found);
    chain.iteration += 1;
    return found;
  }
}

function nextChainKey(chainKey: Buffer): Buffer {
  return createHmac('sha256', chainKey)
    .update(Buffer.from([2]))
    .digest();
}

function messageKey(chainKey: Buffer): { readonly iv: Buffer; readonly key: Buffer } {
  const seed = createHmac('sha256', chainKey)
    .update(Buffer.from([1]))
    .digest();
  const derived = Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(32), 'WhisperGroup', 48));
  return { iv: derived.subarray(0, 16), key: derived.subarray(16, 48) };
}
