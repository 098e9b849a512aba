/** English: the toolbar's button: tooltip, menu, notices. */
export const toolbar = {
  noRelay: 'no contact with the relay',
  notPaired: 'click to pair',
  pairAgain: 'it has to be paired again',
  asks: '1 chat asks for you',
  asksMany: '{count} chats ask for you',
  agents: 'Agents',
  switchOn: 'Switch on',
  switchOff: 'Switch off',
  offForAnHour: 'Off for 1 hour',
  offUntilTomorrow: 'Off until tomorrow at 8',
  unlink: 'Unlink…',
  wentOn: 'The agent {name} is on again, as you asked.',
  wentOff: 'The agent {name} reached a limit and switched itself off.',
  notDelivered: 'The request did not reach the relay. Nothing changed.',
};
