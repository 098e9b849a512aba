/** English: what is asked before a number is unlinked, and who is answered. */
export const questions = {
  unlink: {
    ask: 'Unlink {number}?',
    leaves: 'Recado leaves the Linked devices of your WhatsApp, and its keys are erased here.',
    back: 'To come back, scan the QR code again.',
    chats: 'The chats on your phone stay as they are.',
    pause: 'Only want a pause? Off is enough: nothing is answered and the number stays linked.',
  },
  scope: {
    ask: 'Whom does the agent answer?',
    'unknown-people': 'Only people who are not in my contacts',
    everyone: 'Everyone who writes',
    listed: 'Only the chats I choose',
    note: 'The contacts are those of your WhatsApp. Chats are chosen in the menu, under Who is answered, and that holds over this.',
  },
};
