/** English: the popup's screens about chats: who is answered, and why there was no answer. */
export const chats = {
  reasons: {
    note: 'Only the reasons, never the text of a message.',
    none: 'Everything that came while the agent was on has been answered.',
    loading: 'Asking the relay…',
    failed: 'The relay did not answer. Go back and try again.',
    group: 'Group',
    someone: 'Someone without a name',
    off: 'Off',
    ignoredOne: '1 message ignored, nothing kept.',
    ignoredMany: '{count} messages ignored, nothing kept.',
  },
  now: {
    thinking: 'The agent has been thinking for {seconds} s.',
    noAnswer: 'No answer from the agent for {seconds} s.',
    heldOne: 'One chat is yours until {at}.',
    heldMany: '{count} chats are yours, the last one until {at}.',
    giveBack: 'Give back',
    see: 'See',
  },
  answered: {
    chats: 'Chat by chat',
    none: 'No chats yet. They show up here when someone writes while the agent is on.',
    held: 'Yours until {at}',
    rests: 'Rests until {at}',
    giveBack: 'Give back to the agent',
    byScope: 'As above',
    username: '{name}: chosen by themselves',
    always: 'Answer here',
    never: 'Never here',
    more: 'Show more chats',
  },
};
