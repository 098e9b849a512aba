/** What the server saw devices do beside messages: for tests that ask what was not done. */
import type { Stanza } from '../wire/stanza.ts';

export type Recorded = {
  /** `available` or `unavailable`, as announced. */
  readonly presences: { readonly number: string; readonly device: number; readonly type: string }[];
  /** Pushes that a phone did not get, because a linked device of the same account counted as available. */
  readonly pushesWithheld: { readonly number: string; readonly device: number }[];
  readonly typing: { readonly number: string; readonly to: string; readonly type: string }[];
  readonly receipts: {
    readonly number: string;
    readonly device: number;
    readonly type: string;
    readonly ids: readonly string[];
  }[];
  /** Messages that left a companion, as the server saw them: no content. */
  readonly sends: {
    readonly number: string;
    readonly device: number;
    readonly to: string;
    readonly id: string;
    readonly recipients: number;
    /** What shows that the message belongs to a chat. */
    readonly proof: 'tctoken' | 'cstoken' | null;
  }[];
  /** Stanzas that a device refused: acknowledged with an `error`. */
  readonly refused: {
    readonly number: string;
    readonly device: number;
    readonly class: string;
    readonly id: string;
    readonly error: string;
  }[];
  /** Collections of the app state that a device has asked for, a list each time: each time the phone may show a notice. */
  readonly appStateSyncs: {
    readonly number: string;
    readonly device: number;
    readonly collections: readonly string[];
  }[];
  readonly logins: { readonly number: string; readonly device: number }[];
  readonly connections: { count: number };
  /** What devices that want to be linked say of themselves; `os` is what the phone's list of linked devices shows. */
  readonly registrations: { readonly os: string; readonly platformType: number }[];
  /** What devices say before they are linked. */
  readonly fromUnlinked: Stanza[];
  /** Why the server hung up by itself: a frame that does not verify, a registration that lacks something. */
  readonly hangUps: string[];
};

export function emptyRecord(): Recorded {
  return {
    presences: [],
    pushesWithheld: [],
    typing: [],
    receipts: [],
    sends: [],
    refused: [],
    appStateSyncs: [],
    logins: [],
    connections: { count: 0 },
    registrations: [],
    fromUnlinked: [],
    hangUps: [],
  };
}
