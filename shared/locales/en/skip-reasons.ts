/** English: why a message got no answer. */
import type { SkipReasonWords } from '../shapes.ts';

export const skipReasons: SkipReasonWords = {
  'switched-off': 'the agent was off',
  'too-old': 'the message was old already',
  'owner-wrote': 'you took over the chat',
  'not-in-scope': 'this chat is not answered',
  'in-contacts': 'the person is in your contacts',
  'contacts-unknown': 'the contacts are not known yet',
  group: 'it is a group',
  brake: 'too many answers in this chat',
  'agent-error': 'the agent failed',
  'agent-silent': 'the agent chose not to answer',
  undelivered: 'the answer could not be delivered',
  unconfirmed: 'an answer may have arrived: WhatsApp did not say',
  'nothing-to-answer': 'there was nothing to answer',
  'only-on-phone': 'this kind of message shows only on your phone',
  unreadable: 'it did not arrive readable here; it is on your phone',
  restricted: 'WhatsApp restricts the number',
  'asked-for-you': 'the agent asked for you',
  'same-answer': 'the agent repeated what it had just said',
  deleted: 'its sender deleted it',
  forgotten: 'you had the chat forgotten',
};
