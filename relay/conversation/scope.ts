/** Who is answered. Pure. A chat's own rule wins over the agent's scope; without a scope no chat is answered. */
import type { ChatId, ChatRule, Scope } from '../../shared/chat.ts';

export function isInScope(chatId: ChatId, scope: Scope | null, rules: ReadonlyMap<ChatId, ChatRule>): boolean {
  const rule = rules.get(chatId);
  if (scope === null || rule === 'never') return false;
  return scope === 'everyone' || rule === 'answer';
}
