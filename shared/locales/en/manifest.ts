/** English: what the browser says about the extension, in its lists and settings. */
export const manifest = {
  description: 'Answers your own WhatsApp number with an AI agent: link it, see it, switch it off, cut it.',
  switchCommand: 'Switch the agent on or off',
};
