/** A socket tells the link that opened it these events. */
import type { BinaryNode, WAMessage } from '@whiskeysockets/baileys';
import type { RestrictionEnd } from '../../inbound.ts';
import type { SavedPerson } from '../beyond-baileys/contact-sync.ts';
import type { Me } from '../chat-id.ts';
import type { CeremonyFault } from './passkey/passkey-ceremony.ts';
import type { SocketClose } from './socket-close.ts';

export type SocketEvents = {
  code(text: string): void;
  /** WhatsApp has asked for another secret of this device, and it is written: base64. Codes with the former one are dead. */
  secretRenewed(secret: string): void;
  phoneCodeTyped(): void;
  phoneCodeWorn(byHand: boolean): void;
  phoneCodeFailed(): void;
  /** The phone has scanned; the credentials name the account now. */
  scanned(me: Me): void;
  /** WhatsApp asks for a passkey: the phone has scanned. */
  passkey(): void;
  passkeyContinued(code: string, proven: boolean): void;
  passkeyFailed(fault: CeremonyFault): void;
  /** What WhatsApp's clock shows, epoch ms: said at each login. */
  serverTime(at: number): void;
  opened(): void;
  /** So many stanzas still wait at WhatsApp for this device. */
  catchingUp(left: number): void;
  /** Comes once, after `opened`: what waited at WhatsApp has been handed on. */
  caughtUp(): void;
  /** Comes once: WhatsApp does not hand over what waits, or does not say that this was all (`whole`). */
  queueStuck(whole: boolean): void;
  /** Comes once, after everything that was received has been handed on. */
  closed(close: SocketClose): void;
  /** `live`: as they were sent; otherwise from WhatsApp's queue. */
  messages(messages: readonly WAMessage[], live: boolean): void;
  /** A message's stanza has arrived: nothing of it is decrypted yet. */
  stanza(stanza: BinaryNode): void;
  /** A receipt has arrived: somebody has a message, or has read it. */
  receipt(stanza: BinaryNode): void;
  /** A message came without its content: only the phone has it, or the phone is asked for it. */
  contentMissing(stanza: BinaryNode, where: 'phone-only' | 'asked'): void;
  /** Everyone in the address book, each time that it has changed. */
  contacts(people: readonly SavedPerson[]): void;
  /** What somebody calls themselves; null: nothing any more. */
  username(jid: string, username: string | null): void;
  /** Two addresses of one person. */
  alias(one: string, other: string): void;
  restricted(until: RestrictionEnd): void;
};
