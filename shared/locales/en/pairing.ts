/** English: pairing a browser. */
export const pairing = {
  begin: {
    title: 'An agent answers on your WhatsApp',
    lede: 'It only talks to people who wrote first, and only while you leave it on. Recado stays on this computer.',
    ready: 'Ready on this computer',
    act: 'Start',
    acting: 'Starting…',
    byCode: 'I have a code from the Terminal',
    withoutCode: 'Start without a code',
    faults: {
      absent:
        'Recado is not installed on this computer, or not for this browser. The line for the Terminal starts it too.',
      denied: 'The browser did not let Recado start its program. Press Start again and allow it, or use a code.',
      'not-allowed': 'The program on this computer belongs to another version of Recado. Install Recado again.',
      unsafe:
        'Other users could have changed Recado’s program on this computer, so it was not started. Install Recado again.',
      'not-started': 'Recado’s program did not start. Try again; if it stays so, install Recado again.',
    },
  },
  title: 'First, start the relay',
  lede: 'It is a small program that stays on this computer and looks after the link to WhatsApp.',
  foundTitle: 'Type the code from the Terminal',
  foundLede:
    'Recado’s program on this computer (the relay) is running. What is left is to pair: to tell it that this browser is yours.',
  pin: 'To have Recado always in sight, click the puzzle piece in the toolbar, then the pin beside Recado.',
  forgotten:
    'Everything was forgotten: numbers are unlinked, and keys, chats and copies are erased. To begin anew, pair this browser.',
  forgottenButLogouts:
    'Everything here was forgotten but what tells WhatsApp that your devices are gone: WhatsApp cannot be reached now. It goes when WhatsApp has been told, within 14 days. To begin anew, pair this browser.',
  stepStartHere: 'Paste this line in the Terminal',
  stepStart: "In the Terminal, in Recado's folder, paste this line",
  stepCode: 'Type the code that shows up there',
  another: 'Has the code run out?',
  anotherText: 'In another Terminal, ask for a new one with this line',
  codeHint: 'Ten letters and digits. They work for 2 minutes, and once.',
  codeShown: 'The Terminal in which the relay runs shows it now. Ten letters and digits, good for 2 minutes, and once.',
  showAnother: 'Show another in the Terminal',
  askLine: 'Ask for a code with this line in the Terminal',
  askLineIn: 'Ask for a code: in the Terminal, in Recado’s folder, paste this line',
  where: 'Where is the Terminal?',
  whereText: 'On Windows, press the Windows key and type Terminal. On a Mac, press ⌘ and space and type Terminal.',
  act: 'Pair this browser',
  pairing: 'Pairing…',
  port: 'Is the relay on another port?',
  portText: 'Port number, as the relay shows it at start',
  refusals: {
    'pair-again': 'The relay does not know this browser any more. Pair again.',
    'not-your-relay':
      'This is not the relay you paired with. Nothing was sent to it. If you changed relays, pair again.',
    'other-version': 'The extension and the relay are of different versions. Update both.',
  },
  faults: {
    'not-a-port': 'The port is a number from 1 to 65535. The relay shows it when it starts.',
    'not-a-code': 'That is not a whole code. It has ten letters and digits.',
    'no-relay': 'The relay does not answer on this computer. Is it running?',
    'wrong-code': 'That code does not match. Compare it with the last one that the Terminal shows, or ask for another.',
    'no-code': 'No code is waiting. Ask for a new one in the Terminal.',
    crowded:
      'Another program keeps asking the relay for a connection. Try again; if it happens again, close the other programs and extensions.',
    'too-many': 'Eight browsers are paired already. Remove one in the Terminal, with recado clients.',
    'not-your-relay': 'The program that answered is not the Recado relay. Nothing was paired.',
    'other-version': 'The extension and the relay are of different versions. Update both.',
  },
  noRelay: {
    crowded: 'Recado is open in too many windows',
    crowdedText: 'Close another window or tab of Recado. The relay is there, and the agent goes on as it was.',
    last: 'Last known situation',
    number: 'Number',
    link: 'Connection',
    agent: 'Agent',
    again: 'To start it again, paste in the Terminal',
    wake: 'Start Recado',
    waking: 'Starting…',
    retry: 'Try now',
    byItself: 'Recado also tries by itself, every 5 seconds.',
  },
};
