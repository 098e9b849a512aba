/** English: links, agents and chats: what is so, why, and what to do. */
import type { StatusLists } from '../shapes.ts';

export const status = {
  statuses: {
    offline: { label: 'Offline', description: 'Not connected. Click "Scan QR Code" to connect.' },
    connecting: { label: 'Connecting', description: 'QR code ready, waiting for it to be scanned.' },
    connected: { label: 'Connected', description: 'Connected and receiving messages.' },
    reconnecting: { label: 'Reconnecting', description: 'Connection lost, trying to restore it automatically.' },
  },
  phases: {
    preparing: 'Preparing the QR code.',
    phoneCode: 'Code ready. Type it into WhatsApp on the phone.',
    'code-typed': 'Code typed. Finishing with the phone.',
    'code-worn': 'The code is no longer good. WhatsApp wants you to ask for another.',
    'scan-again': 'WhatsApp asked for a new code: scan once more.',
    finishing: 'QR code scanned. Finishing with the phone.',
    'passkey-asked': 'WhatsApp asks for one more step, in the browser: a passkey.',
    'passkey-signing': 'The browser is asking for the passkey.',
    'passkey-phone': 'Passkey accepted. Waiting for the phone.',
    'passkey-comparing': 'Compare the code on both screens.',
    'passkey-finishing': 'Almost there: the phone is finishing.',
    'catching-up': 'Connected. Reading what came while it was away. Nobody is answered before that.',
    'catching-up-left': 'Connected. Reading what came while it was away: {left} to go. Nobody is answered before that.',
    opening: 'Opening the connection to WhatsApp.',
  },
  truths: {
    'no-number': 'No number is linked',
    linking: 'Linking a number',
    answering: 'The agent is answering for you',
    off: 'Only you are answering',
    'line-down': 'The agent is not answering now',
    restricted: 'On, but WhatsApp restricts the number',
    'nobody-chosen': 'On, but nobody has been chosen',
    'contacts-unknown': 'On, but your contacts have not come yet',
    'key-refused': 'On, but the key was refused',
    'agent-failing': 'On, but the agent is failing',
  },
  guidance: {
    cardTitle: 'Personal WhatsApp',
    betaBadge: 'Beta Feature',
    oneNumberPerAgent: 'One number per agent',
    switchedOn: 'On',
    switchedOff: 'Off',
    offUntil: 'Off until {at}',
  },
} satisfies StatusLists;
