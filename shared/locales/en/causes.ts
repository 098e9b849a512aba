/** English: why a link is as it is, and what to do about it. */
import type { CauseWords, LinkNoteWords } from '../shapes.ts';

export const causes: CauseWords = {
  'not-linked': { sentence: 'No number is linked.', remedy: 'Scan the QR code to link one.' },
  'unlinked-here': { sentence: 'The number was unlinked here.', remedy: 'Scan a new QR code to link it again.' },
  'unlinked-on-phone': {
    sentence: 'The number was unlinked on the phone.',
    remedy: 'Scan a new QR code to link it again.',
  },
  'unlinked-by-whatsapp': {
    sentence: 'WhatsApp has unlinked this device.',
    remedy: 'Scan a new QR code to link it again.',
  },
  'qr-expired': {
    sentence: 'The QR codes of this attempt ran out unscanned.',
    remedy: 'Try again with the phone already at Linked devices.',
  },
  'link-cancelled': { sentence: 'Linking was cancelled.', remedy: 'Scan a new QR code to link.' },
  'number-in-use': {
    sentence: 'This phone number is already connected to another agent.',
    remedy: 'Unlink it from the other agent, or use another number.',
  },
  'phone-code-refused': {
    sentence: 'WhatsApp gave no code for that number.',
    remedy: 'Check the number, or scan the QR code. After several tries wait an hour.',
  },
  'phone-code-too-early': {
    sentence: 'WhatsApp was not ready to give a code yet.',
    remedy: 'Ask for a code again.',
  },
  'phone-code-too-often': {
    sentence: 'WhatsApp wants a pause before it gives another code.',
    remedy: 'Wait an hour, or scan the QR code.',
  },
  'phone-code-not-offered': {
    sentence: 'WhatsApp does not let this account be linked by a typed code.',
    remedy: 'Scan the QR code instead.',
  },
  'phone-code-silent': {
    sentence: 'WhatsApp did not answer when it was asked for a code.',
    remedy: "Check this computer's internet connection, and ask for a code again.",
  },
  'phone-code-expired': {
    sentence: 'The codes of this attempt ran out without linking.',
    remedy: 'Try again with the phone already at Linked devices, Link with phone number.',
  },
  'passkey-required': {
    sentence: 'WhatsApp asks for a passkey to link this account, and that step is switched off here.',
    remedy: 'Switch it on in the options, under Settings, or use another number.',
  },
  'passkey-not-given': {
    sentence: 'The browser brought no passkey: it was refused, not found, or the tab was closed.',
    remedy: 'Have the phone with the passkey at hand, and try again.',
  },
  'passkey-refused': {
    sentence: 'WhatsApp did not accept the passkey.',
    remedy: 'Use the passkey of this very account. After two tries, wait a few hours.',
  },
  'passkey-expired': {
    sentence: 'The time that WhatsApp gives for this step is over.',
    remedy: 'Scan a new QR code when you have the phone and the passkey at hand.',
  },
  'passkey-silent': {
    sentence: 'The passkey was sent, and then nothing more came from WhatsApp.',
    remedy: 'Leave WhatsApp open on the phone and scan again. After two tries, wait a few hours.',
  },
  'passkey-mismatch': {
    sentence: 'The codes were not the same, so nothing was linked.',
    remedy: 'Scan again only on a network that you trust.',
  },
  'link-failed': {
    sentence: 'Linking was not completed, and WhatsApp did not say why.',
    remedy: 'Wait a minute and try again.',
  },
  unlinking: {
    sentence: "Unlinking: WhatsApp has yet to confirm this device's logout.",
    remedy: 'The relay keeps trying by itself. You can also remove the device on the phone.',
  },
  'unlink-unconfirmed': {
    sentence: 'The logout was given up: WhatsApp never confirmed it. This relay no longer holds the number.',
    remedy: 'Look on the phone under Linked devices, and remove Recado there if it is still listed.',
  },
  replaced: {
    sentence: 'Another program took over this connection.',
    remedy: 'Close the other program that uses this same link, then take it back here.',
  },
  'banned-until': {
    sentence: 'WhatsApp has suspended this account until {until}.',
    remedy: 'Open WhatsApp on the phone and read its notice. Scanning again does not help.',
  },
  banned: {
    sentence: 'WhatsApp has blocked this account, or it was moved to another phone.',
    remedy: 'Open WhatsApp on the phone and do what it says. Scanning again does not help.',
  },
  'relay-outdated': { sentence: 'WhatsApp no longer accepts this version of Recado.', remedy: 'Update Recado.' },
  'multi-device-off': {
    sentence: 'This account does not allow linked devices yet.',
    remedy: 'On the phone, open Settings, Linked devices, and turn the feature on.',
  },
  unreachable: {
    sentence: 'WhatsApp cannot be reached. The relay tries again by itself.',
    remedy: "Check this computer's internet connection.",
  },
  'server-not-trusted': {
    sentence: 'The server that answered did not prove to be WhatsApp.',
    remedy: 'Check whether a network, a proxy or a virus scanner intercepts the connection.',
  },
  'queue-stuck': {
    sentence:
      'WhatsApp has more messages for this device, and does not hand them over. The relay tries again by itself.',
    remedy: 'Until they are read nobody is answered, so that nothing is said twice or over your own words.',
  },
  'connection-lost': { sentence: 'The connection to WhatsApp broke. The relay tries again by itself.', remedy: '' },
  disk: {
    sentence: 'The disk of this computer is full or takes no writing, so nothing is received or answered.',
    remedy: 'Make room on it. The relay goes on by itself then; what is written meanwhile waits at WhatsApp.',
  },
  'whatsapp-unavailable': {
    sentence: 'WhatsApp answered with an error. The relay tries again by itself.',
    remedy: '',
  },
};

/** What is told besides a link's state. */
export const linkNotes: LinkNoteWords = {
  restricted: 'WhatsApp restricts new chats of this number until {until}. Until then they stay unanswered.',
  'restricted-openly':
    "WhatsApp refuses this number's answers, and does not say until when. Recado tries again with the first message after {at}.",
  'clock-ahead':
    'This computer’s clock is {minutes} minutes ahead. Messages are judged by WhatsApp’s; set yours right in the computer’s settings.',
  'clock-behind':
    'This computer’s clock is {minutes} minutes behind. Messages are judged by WhatsApp’s; set yours right in the computer’s settings.',
};
