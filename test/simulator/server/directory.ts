/** Who exists: users by number and by LID, and their devices. */
import { jidDecode } from '@whiskeysockets/baileys';
import type { Device, User } from './device.ts';

export class Directory {
  readonly #byNumber = new Map<string, User>();
  readonly #byLid = new Map<string, User>();

  add(user: User): void {
    if (this.#byNumber.has(user.number) || this.#byLid.has(user.lid))
      throw new Error('this number or LID exists already');
    this.#byNumber.set(user.number, user);
    this.#byLid.set(user.lid, user);
  }

  /** The number gets another LID; the former one is nobody's. */
  changeLid(user: User, lid: string): void {
    if (this.#byLid.has(lid)) throw new Error('this LID exists already');
    this.#byLid.delete(user.lid);
    user.lid = lid;
    this.#byLid.set(lid, user);
  }

  user(jid: string): User | undefined {
    const decoded = jidDecode(jid);
    if (!decoded) return undefined;
    return decoded.server === 'lid' ? this.#byLid.get(decoded.user) : this.#byNumber.get(decoded.user);
  }

  device(jid: string): Device | undefined {
    return this.user(jid)?.devices.get(jidDecode(jid)?.device ?? 0);
  }

  byNumber(number: string): User | undefined {
    return this.#byNumber.get(number);
  }
}
