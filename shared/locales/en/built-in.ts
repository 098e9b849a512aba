/** English: the rules that ship with the built-in agent: few, and true for every owner. They promise nothing in the owner's name. */
export const builtIn = {
  /** Stands above every answer, so that the contact knows that no person wrote it. */
  notice: 'Automatic answer',
  greeting:
    'Hello! Your message has arrived. A program is answering here for now; the owner of this number may write at any time.',
  away: 'Hello! Your message has arrived. At this hour a personal answer may take a while.',
  /** Said where nothing fits, once the owner is told. */
  told: 'I have told {owner}, who will answer here.',
  /** Words that ask for nothing. */
  greetings: [
    'hi',
    'hello',
    'hey',
    'good morning',
    'good afternoon',
    'good evening',
    'how are you',
    'how is it going',
    'there',
    'ok',
    'okay',
    'yes',
    'no',
    'great',
    'bye',
  ],
  rules: [
    {
      words: ['robot', 'bot', 'human', 'talk to someone', 'talk to a person'],
      answer:
        'You are talking to a program. The owner of this number has been told and can answer right here.\nASK_OWNER',
    },
    {
      words: ['help'],
      answer: 'Write your question in one message: it stays in this chat for the owner of this number.',
    },
    { words: ['thanks', 'thank you'], answer: "You're welcome!" },
  ],
};
