/** What a contact sees of an answer that is being written: each sign that is shown is taken back, on every way out. */
import type { ChatId } from '../../shared/contract/chat.ts';
import type { Outbound } from '../outbound.ts';
import type { Settings } from '../settings/catalogue.ts';

export type TypingSignsDeps = {
  readonly outbound: Pick<Outbound, 'showTyping'>;
  readonly settings: Pick<Settings, 'typing'>;
};

export class TypingSigns {
  readonly #deps: TypingSignsDeps;
  readonly #shown = new Set<ChatId>();

  constructor(deps: TypingSignsDeps) {
    this.#deps = deps;
  }

  /** Only where the owner chose so. */
  async show(chatId: ChatId): Promise<void> {
    const { outbound, settings } = this.#deps;
    if (settings.typing !== 'yes') return;
    this.#shown.add(chatId);
    await outbound.showTyping(chatId, true);
  }

  /** They may have been left by a relay that was killed. */
  suspect(chatIds: Iterable<ChatId>): void {
    if (this.#deps.settings.typing === 'yes') for (const chatId of chatIds) this.#shown.add(chatId);
  }

  /** A message that arrives ends the sign by itself. */
  delivered(chatId: ChatId): void {
    this.#shown.delete(chatId);
  }

  /** Takes back a chat's sign; one that cannot be taken back now goes with the next connection, by `endAll`. */
  async end(chatId: ChatId): Promise<void> {
    if (this.#shown.delete(chatId) && !(await this.#deps.outbound.showTyping(chatId, false))) this.#shown.add(chatId);
  }

  /** All but those of chats in which something is still on its way. Resolves when WhatsApp was told, or could not be. */
  async endAll(except: ReadonlySet<ChatId> = new Set()): Promise<void> {
    await Promise.all([...this.#shown].filter((chatId) => !except.has(chatId)).map((chatId) => this.end(chatId)));
  }
}
