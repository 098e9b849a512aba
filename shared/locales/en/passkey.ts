/** English: the page of a linking that WhatsApp asks a passkey for. */
export const passkey = {
  title: 'Linking with a passkey',
  fresh: 'New: not yet proven on every account',
  looking: 'Looking for the relay…',
  why: 'WhatsApp asks for a passkey',
  whyText:
    "For some accounts WhatsApp wants one more proof before it links a device. Your phone waits for it. Only a browser can bring it, and only on WhatsApp's own page.",
  steps: [
    'The browser asks whether Recado may use web.whatsapp.com. Recado gives that back right after.',
    'A small page of WhatsApp opens in a new tab. Press the button on it.',
    "The browser asks for your passkey. If it lies in your phone, the browser shows a QR code of its own: scan it with the phone's camera, with Bluetooth on in both.",
    'Keep WhatsApp open on the phone until your number shows up here.',
  ],
  compareLater: 'At the end your phone and this page show a code. They have to be the same.',
  neverSeen:
    'Recado never sees the passkey. It passes on to WhatsApp only the signature that the browser makes with it, and keeps nothing of it.',
  go: 'Go on',
  again: 'It did not work',
  tryAgain: 'Try once more',
  notPermitted: 'Without that permission the browser cannot use the passkey. Nothing was sent; you can try again.',
  notNow: 'This step is no longer waited for. Look at Recado in the toolbar, and scan a new QR code.',
  elsewhere: 'This linking was begun in another browser. Go on there, or cancel it and begin here.',
  wait: 'Go on in the other tab, and on your phone',
  compare: 'Does your phone show the same code?',
  compareText: 'Say yes only if all eight characters are the same. Otherwise somebody may be in between.',
  same: 'Yes, the same',
  notSame: 'No, another one',
  done: '{number} is linked',
  doneText: 'You can close this tab. Recado is in the toolbar, and answers only once you switch it on.',
  failed: 'The number was not linked',
  nothing: 'There is nothing to do here now',
  nothingText: 'This page is for linking a number of which WhatsApp asks a passkey. Begin in the toolbar, at Recado.',
  tab: {
    title: 'One step for WhatsApp',
    text: 'The browser will ask for the passkey of your WhatsApp account. This tab closes by itself.',
    act: 'Use my passkey',
  },
};
