/** Paired browsers, and the key by which they know this relay. */

export type ClientId = string & { readonly ClientId: unique symbol };

/** One paired extension. Times are epoch milliseconds. */
export type ClientRecord = {
  /** `cli_` and ten Crockford characters. */
  readonly id: ClientId;
  /** What the browser calls itself; a label only. */
  readonly name: string;
  /** The extension's own Origin at the pairing: it must be the same ever after. */
  readonly origin: string;
  /** SPKI, base64url. */
  readonly publicKey: string;
  readonly pairedAt: number;
  readonly seenAt: number;
  /** A program of this computer handed the code over; otherwise a person typed it. */
  readonly madeHere: boolean;
};

export interface ClientLedger {
  /** Oldest first. */
  list(): Promise<readonly ClientRecord[]>;
  get(id: ClientId): Promise<ClientRecord | null>;
  /** False, and nothing added, where there are `most` already. */
  add(client: ClientRecord, most: number): Promise<boolean>;
  seen(id: ClientId, now: number): Promise<void>;
  /** False where there is none of this id. */
  revoke(id: ClientId): Promise<boolean>;
  /** The relay's own private key as JWK text; null before the first one was made. */
  relayKey(): Promise<string | null>;
  keepRelayKey(jwk: string): Promise<void>;
}
