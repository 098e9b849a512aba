/** English: why a command was not done. */
import type { CommandFaultCode } from '../../contract/command-fault.ts';
import type { Advice } from '../shapes.ts';

export const commands = {
  'bad-request': {
    sentence: 'The relay did not understand the request.',
    remedy: 'Use the same version of Recado on both sides: restart the relay.',
  },
  'bad-value': { sentence: 'This will not do; nothing was changed.', remedy: 'Correct it and try again.' },
  'passkey-not-now': { sentence: 'No passkey is waited for now.', remedy: 'Scan a new QR code and begin again.' },
  'passkey-elsewhere': {
    sentence: 'This linking was begun in another browser.',
    remedy: 'Go on there, or cancel it and begin here.',
  },
  'unknown-command': {
    sentence: 'The relay does not know this command.',
    remedy: 'Use the same version of Recado on both sides: restart the relay.',
  },
  'no-such-agent': { sentence: 'There is no agent of that name.', remedy: 'See the names with: {recado} agents' },
  'which-agent': {
    sentence: 'There are several agents, and none was named.',
    remedy: 'See the names with: {recado} agents',
  },
  'no-such-chat': {
    sentence: 'This is no chat, no phone number, and no username that is known.',
    remedy:
      'See the chats with: {recado} chats. A number starts with its country code; a @username is known once it stands in that list.',
  },
  'no-such-client': {
    sentence: 'No browser is paired under this id.',
    remedy: 'See which there are with: {recado} clients.',
  },
  'nothing-unanswered': {
    sentence: 'Nothing of this chat is unanswered.',
    remedy: 'See what is with: {recado} unanswered',
  },
  'group-not-answered': {
    sentence: 'Groups are not answered, so this one cannot be chosen.',
    remedy: 'Choose chats with people. See them with: {recado} chats',
  },
  'may-not-answer': { sentence: 'This chat may not be answered now.', remedy: 'Look at: {recado} why' },
  'not-linked': { sentence: 'This agent is not linked to a number.', remedy: 'To link one: {recado} link' },
  'already-linked': {
    sentence: 'This agent is linked to a number already.',
    remedy: 'To change the number, unlink it first: {recado} unlink',
  },
  'who-is-answered': {
    sentence: 'This agent is switched on for the first time: who is to be answered?',
    remedy:
      'Use --answer unknown-people (only people who are not in your contacts), listed (only chats chosen with: {recado} chats answer) or everyone.',
  },
  'name-taken': { sentence: 'There is an agent of that name already.', remedy: 'Choose another name.' },
  'bad-settings': {
    sentence: "The agent's settings will not do; nothing was changed.",
    remedy: 'Correct them and try again.',
  },
  'key-again': {
    sentence: "The key is needed again: the agent's address changes, and the stored key is the old one's.",
    remedy: 'Give the key of the new address, or remove the stored one.',
  },
  'last-agent': { sentence: 'This is the only agent.', remedy: 'Add another one first, or edit this one.' },
  'no-price': {
    sentence: 'What this agent spends cannot be counted in this currency: no price in it is known.',
    remedy:
      'Type in what a million tokens cost in this currency, or set a limit of tokens. An agent that does not tell its tokens can have neither.',
  },
  'no-such-file': { sentence: 'There is no file of that name.', remedy: 'See which there are.' },
  'reads-no-files': {
    sentence: 'This kind of agent reads no files of Recado.',
    remedy: 'Put them where the agent was made.',
  },
  'files-too-large': {
    sentence: 'The files are too large, or too many.',
    remedy: 'A file may have 64 kB, all together 256 kB, in 20 files at the most.',
  },
  'file-broken': { sentence: 'The file did not come whole; nothing was changed.', remedy: 'Add it again.' },
  'no-such-setting': {
    sentence: 'There is no setting of that name.',
    remedy: 'See them all with: {recado} settings',
  },
  'setting-refused': {
    sentence: 'This value will not do; nothing was changed.',
    remedy: "Choose one within the setting's bounds.",
  },
  'setting-fixed': {
    sentence: 'This setting comes from the command line or the environment, and cannot be changed from here.',
    remedy: 'Start the relay without that option, or change it there.',
  },
  'settings-unreadable': {
    sentence: "The relay's settings.json cannot be read; nothing was changed.",
    remedy: 'Correct it, or move it out of the data directory.',
  },
  'store-failed': { sentence: 'The relay could not write its data.', remedy: 'Check the disk with: {recado} doctor' },
  'disk-full': {
    sentence: 'The disk is full.',
    remedy: 'Make room on it: the relay goes on by itself, and nothing was lost.',
  },
  'disk-read-only': {
    sentence: 'The disk takes no writing.',
    remedy: 'Check the data directory with: {recado} doctor',
  },
  failed: { sentence: 'The relay could not do this.', remedy: 'relay.log in the data directory says more.' },
} satisfies Readonly<Record<CommandFaultCode, Advice>>;
