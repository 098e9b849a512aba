/** Who exists: users by number and by LID, and their devices. */
import { jidDecode } from '@whiskeysockets/baileys';
import { Device, type DeviceKeys } from './device.ts';

export class User {
  readonly number: string;
  readonly lid: string;
  name: string;
  /** Whether messages carry the sender's other address too. */
  tellsOtherAddress = true;
  readonly devices = new Map<number, Device>();
  #nextDevice = 1;

  constructor(number: string, lid: string, name: string) {
    this.number = number;
    this.lid = lid;
    this.name = name;
  }

  addPhone(keys: DeviceKeys): Device {
    const phone = new Device(this, 0, keys, null, null);
    this.devices.set(0, phone);
    return phone;
  }

  nextDeviceId(): number {
    return this.#nextDevice++;
  }

  get companions(): readonly Device[] {
    return [...this.devices.values()].filter((device) => device.id !== 0);
  }
}

export class Directory {
  readonly #byNumber = new Map<string, User>();
  readonly #byLid = new Map<string, User>();

  add(user: User): void {
    if (this.#byNumber.has(user.number) || this.#byLid.has(user.lid))
      throw new Error('this number or LID exists already');
    this.#byNumber.set(user.number, user);
    this.#byLid.set(user.lid, user);
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
