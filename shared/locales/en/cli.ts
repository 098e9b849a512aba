/** English: the command line. */
export const cli = {
  faults: {
    usage: { sentence: '{detail}', remedy: 'See how it is used: {recado} --help' },
    'settings-wrong': { sentence: '{detail}', remedy: 'See all settings with: {recado} settings' },
    'relay-not-running': { sentence: 'The relay is not running.', remedy: 'Start it in another terminal: {start}' },
    'relay-silent': {
      sentence: 'The relay is there and does not answer.',
      remedy: 'Wait a little. If it stays so, close it and start it again: {start}',
    },
    'relay-in-use': {
      sentence: 'Another relay uses this data directory already.',
      remedy: 'Use the one that runs, or stop it first; RECADO_HOME chooses another directory.',
    },
    'port-taken': {
      sentence: 'Another program on this computer uses port {port} already.',
      remedy: 'Stop that program, or choose another port with RECADO_PORT.',
    },
    'port-refused': {
      sentence: 'This computer keeps port {port} for itself.',
      remedy: 'Choose another one above 1023 with RECADO_PORT; Windows keeps whole ranges of them.',
    },
    'relay-held': {
      sentence: 'Another program holds the data in {home}: a backup, a virus scanner, or a relay that is just ending.',
      remedy: 'Wait until it is done, then start again: {start}',
    },
    'relay-damaged': {
      sentence: "The relay's data is damaged. It does not start, to avoid creating a second identity.",
      remedy: 'Restore a copy of {home}, or move it elsewhere and link the numbers again.',
    },
    'relay-lost': {
      sentence:
        "The relay had data here, and it is gone, empty or another relay's. It does not start, to avoid creating a second identity.",
      remedy:
        'Put a copy of recado.sqlite back into {home}. To start over on purpose, move {home} elsewhere, start again, and remove the old device on the phone, under Linked devices.',
    },
    'home-not-ours': {
      sentence: '{place} is not empty, and what is in it is not of a relay.',
      remedy: 'Choose an empty or a new directory with RECADO_HOME.',
    },
    'home-not-a-file': {
      sentence: 'Something else stands in the place of {place}, such as a link.',
      remedy: 'Move it away, or choose another directory with RECADO_HOME.',
    },
    'home-not-owned': {
      sentence: '{place} belongs to another user.',
      remedy: 'Run the relay as that user, or choose a directory of your own with RECADO_HOME.',
    },
    'home-open-to-others': {
      sentence: 'Other users can write to {place}, so what is in it cannot be trusted.',
      remedy: 'Look at it, then close it with: chmod go-rwx {place}',
    },
    'relay-newer': { sentence: 'The data was written by a newer Recado than this one.', remedy: 'Update Recado.' },
    'relay-not-writable': {
      sentence: 'The relay cannot write to the data directory {home}.',
      remedy: 'Check its owner and modes, or choose another one with RECADO_HOME.',
    },
    'relay-disk-full': { sentence: 'The disk is full.', remedy: 'Make room and start again.' },
    'relay-disk-failing': {
      sentence: 'The disk with {home} could not be read or written.',
      remedy: 'Check that disk: is it mounted, and not read-only?',
    },
    'relay-failed': { sentence: 'The relay did not start.', remedy: 'See what is wrong with: {recado} doctor' },
    'relay-crashed': {
      sentence: 'The relay met an error that it did not expect, and has stopped in order. Nothing was lost.',
      remedy: 'Start it again: {start}. What happened stands in relay.log in the data directory.',
    },
    'odd-reply': {
      sentence: "The relay's reply was not understood.",
      remedy: 'Use the same version of Recado on both sides: restart the relay.',
    },
    'no-attempt': {
      sentence: 'Nothing was linked since the relay started.',
      remedy:
        'Try to link once more, then run this again: the relay remembers its latest three attempts while it runs.',
    },
    'not-a-number': {
      sentence: 'This is no whole phone number.',
      remedy: 'Begin with the country code, such as 5511999990001.',
    },
    'link-rests': { sentence: '{detail}', remedy: '{remedy} To scan all the same: {recado} link --again' },
    'key-as-argument': {
      sentence: 'A key on the command line can be seen by other programs and stays in the history.',
      remedy: 'Use --ask-key, --key-stdin or --key-env NAME. If the key was a real one, replace it.',
    },
    'key-empty': { sentence: 'No key was read.', remedy: 'Check where it was to come from.' },
    'key-twice': { sentence: 'The key comes from more than one place.', remedy: 'Choose one of them.' },
    'yes-needed': {
      sentence: 'This cannot be undone, and there is no terminal to confirm on.',
      remedy: 'Confirm with --yes.',
    },
    interrupted: { sentence: 'Interrupted.', remedy: '' },
  },
  start: {
    running: 'The relay is running on 127.0.0.1:{port}.',
    data: 'Data: {home}',
    nextLink:
      'Next: click Recado in the toolbar of your browser. Without a browser, in another terminal: {recado} link',
    nextOn:
      'Next: switch the agent on in Recado, in the toolbar of your browser. Without a browser, in another terminal: {recado} on',
    answering: 'Linked and switched on. To see how it is: {recado} status',
    toolbar: "In the browser's toolbar, once:",
    inChrome:
      'Chrome, Edge, Chromium: open chrome://extensions, switch on Developer mode, click Load unpacked and choose {folder}',
    inFirefox:
      'Firefox: open about:debugging#/runtime/this-firefox, click Load Temporary Add-on and choose {folder}/manifest.json',
    askCode: 'Then ask for a code with: {recado} pair',
    code: 'Click Recado in the toolbar and type {code} (it works for 2 minutes; another one: {recado} pair)',
    nextCode: 'Another code: {code} (good for 2 minutes)',
    askedCode:
      'A browser asks for a code: type {code} in Recado’s popup (good for 2 minutes). If you did not open it, do nothing.',
    noMoreCodes: 'Nobody typed a code. When you want to pair: {recado} pair',
    restarted: 'The relay was started again at 127.0.0.1:{port}.',
    restarts: 'The relay restarts now. To see how it is: {recado} status',
    toStop: 'To stop it: Ctrl-C. Nothing is lost.',
    stopping: 'Stopping…',
    stopped: 'The relay has stopped.',
  },
  status: {
    switch: 'agent {state}',
    today: 'Today: messages {messages}, answers {answers}, tokens {tokens}',
    ignored: 'Ignored while off: {count}',
    retry: 'Next try: {at}',
    triesAgain: 'The agent failed; it is asked again: {at}',
    scope: {
      'unknown-people': 'answers only people who are not in your contacts',
      everyone: 'answers everyone',
      listed: 'answers chosen chats only',
    },
  },
  link: {
    phoneCode: 'Code {number}/{of}: {text}',
    letterSteps: 'There tap "Link with phone number instead", and type the code.',
    sameAgain: 'WhatsApp wants you to ask for another code. To do so, run the same command once more.',
    enterForCode: 'Press Enter for another code: ',
    passkey:
      'This account needs one step in the browser: open Recado in the toolbar of a paired browser, and go on there. This command goes on by itself when it is done.',
    follow: 'On the phone: {steps}',
    code: 'QR code {number}/{of}',
    left: '{seconds} s left',
    linked: 'Connected: {number}',
    nextOn: 'The agent is off. To switch it on: {recado} on',
    cancelling: 'Cancelling…',
    toCancel: 'Ctrl-C cancels.',
    handedOver:
      "The number of {from} is {to}'s now. Nothing was scanned again; see whom it answers with: {recado} status",
    reconnecting: 'Taking the connection back. To see how it is: {recado} status',
    unlinked: 'Unlinked. The credentials are destroyed.',
  },
  switch: {
    on: '{agent}: on.',
    off: '{agent}: off. The number stays linked.',
    until: 'It goes on again by itself: {at}.',
    dropped: 'Answers dropped: {count}',
    ask: 'Who is to be answered? 1 = only people who are not in your contacts, 2 = only chats that you choose, 3 = everyone who writes [1]: ',
    askAgain: 'Answer 1, 2 or 3.',
  },
  schedule: {
    none: '{agent}: no schedule. The switch is moved by hand alone.',
    is: '{agent}: on {spans}.',
    nextOn: 'It goes on: {at}.',
    nextOff: 'It goes off: {at}.',
    never: 'It is on at all times of the week.',
  },
  unanswered: {
    none: 'Nothing is unanswered.',
    line: '{count} since {at}: {reason}',
    toAnswer: 'To have one answered all the same: {recado} answer <chat>',
    asked: 'The agent is asked about {count} message(s) of this chat.',
  },
  why: { none: 'No messages yet.', answered: 'answered' },
  agents: {
    added: 'Agent added: {agent}',
    edited: 'Agent changed: {agent}',
    removed: 'Agent removed: {agent}',
    key: 'Key (not shown): ',
    keyOptional: 'Key (not shown; empty = none): ',
    keyStored: 'key stored',
    keyNone: 'no key',
    testBegins: 'Talk to {agent} here; WhatsApp stays out of it. An empty line ends it.',
    you: 'you> ',
    nothingSent: '(nothing would be sent: {reason})',
    message: 'Message {number} of {of}:',
    tokens: '(took {seconds} s, {tokens} tokens)',
    took: '(took {seconds} s)',
    confirmRemove: 'Remove {agent} with all that is its own? If it is linked, its number is unlinked. [y/N] ',
  },
  chats: {
    none: 'No chats yet.',
    group: 'group',
    rules: { answer: 'answer', never: 'never', none: '' },
    ruled: {
      answer: 'This chat will be answered.',
      never: 'This chat will never be answered.',
      none: "The agent's own choice holds again.",
    },
    forgotten: 'The chat is forgotten.',
    taken: 'The chat is yours until {at}.',
    noNumber: 'The number of this person is not known here: find the chat on your phone.',
    released: 'The chat is the agent’s again.',
    notHeld: 'The chat was the agent’s already.',
    held: 'yours until {at}',
    automatic: 'WhatsApp Business wrote for you on {at}: the agent goes on',
    muted: 'rests until {at}',
    skipped: 'unanswered: {reason}',
    more: 'There are more: {recado} chats --before {before}',
  },
  clients: {
    code: 'Type this in the browser: {code}',
    codeLife: 'It works for 2 minutes, and once.',
    none: 'No browser is paired. To pair one: {recado} pair',
    pairedAt: 'paired {at}',
    seenAt: 'seen {at}',
    revoked: 'The browser is removed. It sees and changes nothing any more.',
    unnamed: 'Unnamed browser',
  },
  export: {
    written: 'Copy written: {path} ({size} KiB)',
    holds: 'It has the stored chats and no key. Only this user can read it.',
  },
  forget: {
    askTexts: 'Erase all stored texts? Nothing brings them back. [y/N] ',
    askEverything: 'Unlink all numbers and erase agents, keys, texts and copies? Nothing brings them back. [y/N] ',
    texts: 'The texts are erased.',
    everything: 'Everything is erased. The relay is like new.',
    allButLogouts:
      'Everything here is erased but what tells WhatsApp that the devices are gone: WhatsApp cannot be reached now. That goes when WhatsApp has been told, within 14 days. To erase it now, without telling WhatsApp: recado forget --all --now',
    yes: ['y', 'yes'],
    leftAlone: 'Nothing was erased.',
  },
  doctor: {
    linkingFile: 'Written: {path}',
    linkingHolds:
      "It says what passed between WhatsApp and this device: the protocol's own words, times and lengths; everything else as a hash. No secret, no number, no name: you may show it to whoever helps you.",
    more: 'More about it: {page}',
    ok: 'ok',
    note: 'note',
    warning: 'warning',
    failed: 'failed',
    relayRunning: 'The relay is running.',
    relayNotRunning: { sentence: 'The relay is not running.', remedy: 'Start it with: {start}' },
    directory: 'The data directory {home} is yours alone and can be written.',
    directoryMissing: {
      sentence: 'The data directory {home} does not exist yet.',
      remedy: 'The relay makes it when it starts: {start}',
    },
    directoryNotOurs: {
      sentence: 'This user cannot write to the data directory {home}.',
      remedy: 'Check its owner and modes, or choose another one with RECADO_HOME.',
    },
    directoryOpen: {
      sentence: 'Other users can read {path}, where the WhatsApp credentials are.',
      remedy: 'Run: chmod go-rwx "{path}"',
    },
    disk: '{free} of the disk are free.',
    diskLow: { sentence: 'Only {free} of the disk are left.', remedy: 'Make room soon.' },
    diskFull: { sentence: 'The disk is full ({free} free).', remedy: 'Make room: the relay cannot write.' },
    clock: 'The clock is right ({seconds} s apart).',
    clockUnknown: 'The clock could not be compared: nobody answered with the time.',
    clockWrong: {
      sentence: 'The clock is {seconds} s apart from WhatsApp.',
      remedy: 'Set date and time: “off until”, schedules and certificates go by them.',
    },
    clockBack: {
      sentence: "The clock is behind the relay's last write.",
      remedy: "Set this computer's date and time.",
    },
    port: 'The relay answers on port {port}.',
    portFree: 'Port {port} is free.',
    portAny: 'The relay takes any free port.',
    portOther: {
      sentence: 'Another relay answers on port {port}: that of another data directory.',
      remedy: 'Stop it, or choose another port with RECADO_PORT.',
    },
    portTaken: {
      sentence: 'Another program uses port {port}.',
      remedy: 'Stop it, or choose another port with RECADO_PORT.',
    },
    proxy: 'WhatsApp and agents are reached through the proxy {proxy}.',
    whatsapp: 'WhatsApp can be reached.',
    whatsappSimulated: 'The simulated WhatsApp at {host} can be reached.',
    whatsappUnreachable: {
      sentence: 'WhatsApp ({host}) cannot be reached.',
      remedy: "Check this computer's internet connection, firewall and proxy.",
    },
    whatsappNotTrusted: {
      sentence: 'Whoever answers for {host} did not prove to be WhatsApp.',
      remedy:
        'A network, a proxy or a virus scanner intercepts the connection. If it is one that you trust: RECADO_SYSTEM_CERTIFICATES=yes',
    },
    agent: 'The agent {agent} can be reached.',
    agentReached: {
      sentence: 'The address of the agent {agent} answers. Whether its flow does shows only when it runs.',
      remedy: 'Talk to it with: {recado} agents test "{agent}". That runs the flow.',
    },
    agentsUnknown: 'The agents were not checked: the relay does that while it runs.',
    link: '{agent}: {label}. {description}',
    healthy: 'All is well.',
    worth: 'It works, with {count} point(s) worth a look.',
    broken: '{count} problem(s) to solve.',
  },
  settings: {
    name: 'name',
    value: 'value',
    source: 'source',
    unit: 'unit',
    default: 'default',
    environment: 'environment',
    flag: 'flag',
    effect: 'takes effect',
    atOnce: 'at once',
    afterRestart: 'after a restart',
    meaning: 'meaning',
  },
  /** Why a line could not be understood, by what the parser calls it. */
  misuse: {
    unknownOption: 'There is no option {name}.',
    unknownCommand: 'There is no command {name}.',
    missingArgument: '{name} is missing.',
    optionMissingArgument: 'The value of {name} is missing.',
    excessArguments: 'There are more words than this command takes.',
    invalidArgument: '{name} does not take this value.',
    conflictingOption: '{name} does not go with another option here.',
    other: 'This cannot be understood.',
    near: 'Did you mean {nearest}?',
    allowed: 'It takes: {allowed}.',
  },
  /** What is wrong with the settings that a command was given; `{unit}` brings its own blank. */
  settingsProblems: {
    'file-unreadable': { sentence: '{setting} is not a JSON object.', remedy: 'Correct it, or move it away.' },
    'value-kind': { sentence: '{setting} must be a number or a text.', remedy: 'See each with: {recado} settings' },
    unknown: { sentence: 'There is no setting called {setting}.', remedy: '' },
    'unknown-near': { sentence: 'There is no setting called {setting}.', remedy: 'Did you mean {nearest}?' },
    number: {
      sentence: '{setting} must be a number from {least} to {most}{unit}.',
      remedy: 'Left out, it is {usual}.',
    },
    'whole-number': {
      sentence: '{setting} must be a whole number from {least} to {most}{unit}.',
      remedy: 'Left out, it is {usual}.',
    },
    choice: { sentence: '{setting} must be one of {choices}.', remedy: '' },
    version: {
      sentence: '{setting} must be three numbers with dots, such as {example}.',
      remedy: 'Left out, the tested version is announced.',
    },
    proxy: {
      sentence: '{setting} must be the address of a proxy at http:// or https://, such as {example}.',
      remedy: 'Where none is wanted: RECADO_PROXY=none',
    },
    'simulated-half': {
      sentence: '{url} and {key} go together.',
      remedy: 'Set both for a simulated WhatsApp, or neither for the real one.',
    },
    'simulated-address': {
      sentence: '{setting} must be a ws:// address on this machine (127.0.0.1, [::1] or localhost).',
      remedy: 'It is for tests alone: the real WhatsApp needs no address.',
    },
    'simulated-key': {
      sentence: '{setting} must be 64 hexadecimal digits.',
      remedy: 'The simulator prints it when it starts.',
    },
  },
};
