/** English: the week's schedule. */
export const schedule = {
  lede: 'At these times the agent switches itself on, and off again afterwards. What you switch by hand holds until the next of these times.',
  none: 'No times yet: only you switch the agent on and off.',
  from: 'from',
  to: 'to',
  nextDay: 'ends on the next day',
  add: 'Add a time',
  remove: 'Remove this time',
  save: 'Save',
  saved: 'Saved.',
  nextOn: 'It goes on: {at}.',
  nextOff: 'It goes off: {at}.',
  noDay: 'Choose at least one day for each time.',
  firstScope: 'First choose who is answered, in the menu under Who is answered.',
};
