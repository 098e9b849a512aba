/**
 * Whether a chat may be answered: one question, asked when a message comes, before the agent is asked, when its answer is queued, right
 * before bytes leave, and at each resend. Pure: everything that decides is a fact.
 */
import type { ChatKind, ChatRule, Scope, SkipReason } from '../../shared/contract/chat.ts';

export type Facts = {
  /** The switch lets answers go: it is on, or a limit of the day turned it off and this answer had been given before. */
  readonly on: boolean;
  readonly chatKind: ChatKind;
  readonly scope: Scope | null;
  readonly rule: ChatRule | null;
  /** True if the person is in the owner's address book; null while that is not known. */
  readonly saved: boolean | null;
  /** Until when the owner keeps the chat, a brake rests it, WhatsApp restricts the number: epoch ms; null where none does. */
  readonly heldUntil: number | null;
  readonly mutedUntil: number | null;
  readonly restrictedUntil: number | null;
  /** Since when the agent asks for the owner there, epoch ms; null where it does not, or where this is what it says while it asks. */
  readonly asksSince: number | null;
  /** When the owner last wrote in the chat, as WhatsApp dates it; null where nothing is known of it. */
  readonly ownerWroteAt: number | null;
  /** When the newest message to be answered was sent; null where the owner asked for the answer, however old that is. */
  readonly newestAt: number | null;
  /** How old that message may be. */
  readonly freshMs: number;
  readonly now: number;
  /** The same moment as WhatsApp's clock shows it, by which messages are dated. */
  readonly messageNow: number;
};

export function mayAnswer(facts: Facts): 'yes' | SkipReason {
  const { now, messageNow, newestAt, ownerWroteAt } = facts;
  if (!facts.on) return 'switched-off';
  if (facts.chatKind === 'group') return 'group';
  const inScope = scopeVerdict(facts);
  if (inScope !== 'yes') return inScope;
  if (isAhead(facts.heldUntil, now)) return 'owner-wrote';
  if (ownerWroteAt !== null && newestAt !== null && ownerWroteAt >= newestAt) return 'owner-wrote';
  if (facts.asksSince !== null) return 'asked-for-you';
  if (isAhead(facts.restrictedUntil, now)) return 'restricted';
  if (isAhead(facts.mutedUntil, now)) return 'brake';
  if (newestAt !== null && messageNow - newestAt > facts.freshMs) return 'too-old';
  return 'yes';
}

/** A chat's own rule wins over the agent's scope; without a scope no chat is answered. */
export function scopeVerdict({
  scope,
  rule,
  saved,
}: Pick<Facts, 'scope' | 'rule' | 'saved'>): 'yes' | 'not-in-scope' | 'in-contacts' | 'contacts-unknown' {
  if (scope === null || rule === 'never') return 'not-in-scope';
  if (rule === 'answer' || scope === 'everyone') return 'yes';
  if (scope === 'listed') return 'not-in-scope';
  if (saved === null) return 'contacts-unknown';
  return saved ? 'in-contacts' : 'yes';
}

function isAhead(moment: number | null, now: number): boolean {
  return moment !== null && moment > now;
}
