/** Writes to WhatsApp over one socket: texts, signs of writing, read marks, our presence, our own removal. Decides nothing. */
import {
  type BinaryNode,
  isLidUser,
  jidDecode,
  jidNormalizedUser,
  type proto,
  type WASocket,
} from '@whiskeysockets/baileys';
import { isTcTokenExpired } from '@whiskeysockets/baileys/lib/Utils/tc-token-utils.js';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { Log } from '../../log.ts';
import type { OutgoingAnswer } from '../../outbound.ts';
import { csTokenFor } from '../beyond-baileys/cs-token.ts';
import { sendGated } from '../beyond-baileys/gated-send.ts';
import { Acknowledgements, type SendingSocket } from './sending.ts';
import type { SignalStore } from './signal-store.ts';

const PING: BinaryNode = { tag: 'ping', attrs: {} };
/** As many stanzas as Baileys asks for at first. */
const WINDOW = '100';

export class OutgoingStanzas implements SendingSocket {
  readonly #wire: () => WASocket | null;
  readonly #store: SignalStore;
  readonly #log: Log;
  /** Acknowledgements of messages that this socket sent. */
  readonly acknowledgements = new Acknowledgements();

  /** `wire`: Baileys' socket; null before it is opened. */
  constructor(wire: () => WASocket | null, store: SignalStore, log: Log) {
    this.#wire = wire;
    this.#store = store;
    this.#log = log;
  }

  /**
   * Asks for whatever WhatsApp must be asked before a text can be written to a chat: the devices of both sides, and keys for those without
   * a session. False where it named no device. Rejects where it does not answer.
   */
  async prepare(chatId: ChatId): Promise<boolean> {
    const socket = this.#wire();
    const me = this.#store.state.creds.me;
    if (!socket || !me) return false;
    const own = jidNormalizedUser(isLidUser(chatId) && me.lid ? me.lid : me.id);
    const devices = await socket.getUSyncDevices([own, chatId], true, false);
    const user = jidDecode(chatId)?.user;
    if (!devices.some((device) => device.user === user)) return false;
    const others = devices.map(({ jid }) => jid).filter((jid) => jid !== me.id && jid !== me.lid);
    await socket.assertSessions(others, false);
    return true;
  }

  /** Writes a text under an id of ours, without a preview of links in it: that would fetch what a stranger named. */
  async sendText(answer: OutgoingAnswer, leaving: () => void): Promise<void> {
    const socket = this.#wire();
    if (!socket) return;
    const token = await this.#csToken(answer.chatId);
    await sendGated(socket, answer, leaving, token ? [token] : []);
  }

  /** Null where the person's own token goes with the message, or there is none to make. */
  async #csToken(chatId: ChatId): Promise<BinaryNode | null> {
    const { creds, keys } = this.#store.state;
    const lid = isLidUser(chatId) ? chatId : await this.#wire()?.signalRepository.lidMapping.getLIDForPN(chatId);
    if (!lid) return null;
    const { token, timestamp } = (await keys.get('tctoken', [lid]))[lid] ?? {};
    return token?.length && !isTcTokenExpired(timestamp) ? null : csTokenFor(creds, lid);
  }

  /** Tells a contact that something is being written, or no longer. */
  async showTyping(chatId: ChatId, writing: boolean): Promise<void> {
    await this.#wire()?.sendPresenceUpdate(writing ? 'composing' : 'paused', chatId);
  }

  async markRead(chatId: ChatId, messageIds: readonly string[]): Promise<void> {
    await this.#wire()?.readMessages(messageIds.map((id) => ({ remoteJid: chatId, id, fromMe: false })));
  }

  /** A link that looks online silences the owner's phone. */
  async showUnavailable(): Promise<void> {
    await this.#wire()?.sendNode({ tag: 'presence', attrs: { type: 'unavailable' } });
  }

  /** Removes this device at WhatsApp; resolves on its answer, rejects without one. */
  async removeDevice(): Promise<void> {
    const jid = this.#store.state.creds.me?.id;
    const socket = this.#wire();
    if (!socket || !jid) throw new Error('there is no device to remove');
    const answer: unknown = await socket.query({
      tag: 'iq',
      attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'md' },
      content: [{ tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }],
    });
    // A query that timed out resolves to nothing.
    if (answer === undefined) throw new Error('WhatsApp did not answer');
  }

  /** WhatsApp answers it, if the connection is alive. */
  ping(): void {
    const ping = { tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' }, content: [PING] };
    // The watch notices by itself that no answer comes.
    this.#wire()
      ?.query(ping)
      .catch(() => undefined);
  }

  /** Asks for the next stanzas that waited at WhatsApp. */
  askForQueue(): void {
    const ask = { tag: 'ib', attrs: {}, content: [{ tag: 'offline_batch', attrs: { count: WINDOW } }] };
    this.#wire()
      ?.sendNode(ask)
      .catch((err: unknown) => this.#log.debug({ err }, 'a window could not be asked for'));
  }
}

/** An answer of ours as a phone gets it that asks again; undefined where there is none: an empty message would use up the phone's one chance to see it. */
export function retriedMessage(
  sent: Pick<OutgoingAnswer, 'text' | 'disappearsAfter'> | null,
): proto.IMessage | undefined {
  if (!sent) return undefined;
  const { text, disappearsAfter = 0 } = sent;
  if (disappearsAfter === 0) return { conversation: text };
  return { extendedTextMessage: { text, contextInfo: { expiration: disappearsAfter } } };
}
