/** English: the page that opens once, after the extension is installed. */
export const firstPage = {
  title: 'Welcome to Recado',
  steps: { begin: 'Start', pin: 'Pin', link: 'Link', on: 'Switch on' },
  stepsLabel: 'Steps',
  fine: 'It uses an unofficial library: it may fail at times, and Meta may change the rules at any time.',
  pin: {
    title: 'Pin Recado to the toolbar',
    lede: 'It is where you see and change everything.',
    puzzle: 'Click the puzzle piece',
    pin: 'Beside Recado, click the pin',
    waits: 'Waiting for you to pin it',
    later: 'Pin it later',
  },
  link: { title: 'Link your number', lede: 'Your phone scans a code that is shown here. Have it at hand.' },
  on: {
    title: 'Whom does the agent answer?',
    about: {
      'unknown-people': 'Family, friends and customers you have saved stay with you.',
      listed: 'It begins with nobody; you choose one by one.',
      everyone: 'Family and work included. Groups are left out.',
    },
    on: 'Switch on',
    off: 'Leave it off',
    each: 'Each chat can have a rule of its own.',
  },
  end: {
    title: 'From here on it lives in the toolbar',
    lit: 'A lit note means: whoever writes now gets an answer. Unlit, only you answer.',
    rules: 'For now it uses ready answers, without an account and without cost.',
    chooseAgent: 'Choose an agent with AI',
    close: 'Close',
  },
  stopped: { title: 'Recado is not running', lede: 'It goes on by itself when it runs again.' },
};
