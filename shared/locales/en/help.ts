/** English: help and limits. */
export const help = {
  limitsTitle: 'What Recado does not do',
  limits: [
    { title: 'It does not start chats', text: 'It only answers those who wrote first.' },
    { title: 'It has no send API', text: 'No program sends messages through it.' },
    { title: 'It does not show chats', text: 'Here are numbers and reasons, not a debug panel.' },
    {
      title: 'It does not guarantee the link',
      text: 'It depends on the linked session: on WhatsApp, the phone and this computer.',
    },
  ],
  stability: {
    title: 'Stability',
    text: 'Recado is beta. It uses an unofficial library, may fail at times, and Meta may change the rules or restrict a number at any time. For serious use have a fallback: another way for people to reach you.',
  },
  expired: {
    title: 'QR Code Expired',
    text: 'Each code lives about 45 seconds and changes by itself, 10 times at most. When all 10 went by unread, the attempt ends. Open Linked devices on the phone, and then click Scan QR Code.',
  },
  inUseText:
    'A number answers through one agent only. Unlink it from the other agent, or use another number. A relay on another computer cannot be seen from here: look there too.',
  unsteadyText: 'In this order:',
  handbook: 'The whole handbook',
  business: {
    title: 'Recado or WhatsApp Business',
    text: 'For a number of your own, on which you talk as well, Recado is simpler. For a company that depends on its messages, use the official API.',
    here: 'Recado',
    there: 'WhatsApp Business (API)',
    rows: [
      { what: 'Company verification', here: 'not needed', there: 'required by Meta' },
      { what: 'Message templates', here: 'none: it only answers', there: 'approved by Meta, to start chats' },
      { what: 'API', here: 'unofficial, by QR code', there: 'official' },
      { what: 'Price', here: 'free, but for the AI model', there: 'per message; since October 2026 answers, too' },
      { what: 'Stability', here: 'may fail at any time', there: 'promised by contract' },
      { what: 'Answering by hand', here: 'on the phone, whenever you like', there: 'in a separate console' },
      { what: 'Who it is for', here: 'people and small businesses', there: 'companies' },
    ],
  },
};
