/** What can go wrong with an agent's back end, and what to do about it. */
import type { AgentFaultWords } from '../shapes.ts';

export const agentFaults: AgentFaultWords = {
  'key-refused': { sentence: 'The agent refused the key.', remedy: 'Give it a valid key.' },
  'no-credits': { sentence: "The agent's account has no credits left.", remedy: "Add credits to the agent's account." },
  'rate-limited': { sentence: 'The agent was asked too often.', remedy: "Wait, or raise the account's limit." },
  unreachable: { sentence: 'The agent cannot be reached.', remedy: 'Check its address, and whether it is running.' },
  'server-failed': {
    sentence: "The agent's server answered with an error.",
    remedy: 'Recado tries again by itself. If it stays, look at what that server says.',
  },
  'too-slow': {
    sentence: 'The agent took too long.',
    remedy: 'Check the agent, or raise the setting “Time for the agent”.',
  },
  'odd-answer': {
    sentence: 'The agent answered something that is no message for a person.',
    remedy: 'Check the agent: it may call tools that nobody gave it, or be of another kind.',
  },
  'refused-by-agent': { sentence: 'The agent refused the request.', remedy: "Check the agent's settings." },
  'address-refused': {
    sentence: "The agent's address is not allowed.",
    remedy: 'Use https, or http on this computer alone; the local network needs an explicit yes for this agent.',
  },
  'not-configured': { sentence: 'The agent is not set up yet.', remedy: "Complete the agent's settings." },
  'model-missing': {
    sentence: 'The server does not have this model.',
    remedy: 'On Ollama, fetch it with “ollama pull” and its name. Or choose a model that the server has.',
  },
  'no-model-loaded': {
    sentence: 'No model is loaded on the server.',
    remedy: 'Load one: in LM Studio under “Developer”; a smaller one where memory is short.',
  },
  'wrong-address': {
    sentence: 'There is no agent at this address.',
    remedy:
      'Check it: for Ollama and LM Studio it ends in /v1; in n8n the workflow must be active and the address the one for production.',
  },
  'wrong-server': {
    sentence: 'What answers at this address is not an agent of this kind.',
    remedy: 'Check the address: it may lead to a web page, or to a server of another kind.',
  },
  certificate: {
    sentence: "The certificate of the agent's server does not hold.",
    remedy:
      'Check the address and the date of this computer, or have the certificate renewed. Behind a company’s network or a virus scanner: the setting “Certificates of this computer”.',
  },
  'no-answer': {
    sentence: 'The flow took the message and returned no answer.',
    remedy: 'Let its last step return the text. If it only takes messages in, say so in the agent’s settings.',
  },
  'flow-failed': {
    sentence: 'The flow failed before it answered.',
    remedy: 'Look at its last runs: in n8n and Flowise under “Executions”, in Dify under “Logs”.',
  },
  'cut-off': {
    sentence: 'The agent stopped in the middle of an answer.',
    remedy: 'Raise the most tokens that the model may write. What was sent ends with a whole sentence.',
  },
  'stopped-early': {
    sentence: 'The agent stopped before it had said a whole sentence: nothing was sent.',
    remedy: 'Raise the most tokens that the model may write; one that reasons needs more of them.',
  },
  'too-long': {
    sentence: 'An answer was longer than may be sent: its end was left off.',
    remedy: 'Ask for shorter answers in the instructions, or raise the setting “Messages per answer”.',
  },
  'context-too-long': {
    sentence: 'The conversation is too long for the model, even without what was said before.',
    remedy: 'Choose a model with a longer context, or give it more: num_ctx in Ollama, “Context Length” in LM Studio.',
  },
  'chat-not-public': {
    sentence: 'The flow is there, and nobody may write to it.',
    remedy: 'In n8n, open the Chat Trigger, turn on “Make Chat Publicly Available”, and publish the workflow.',
  },
  'browser-check': {
    sentence: 'In front of the agent stands a check that only a browser passes, such as Cloudflare’s.',
    remedy:
      'Exempt the address from that check (in Cloudflare: Security, a rule that skips it), or use an address without it.',
  },
  'waits-for-person': {
    sentence: 'The flow stopped to ask a person: nothing was sent.',
    remedy: 'Recado cannot answer such a step (“Human Input”). Take it out of the flow, or answer the chat yourself.',
  },
  'asks-for-fields': {
    sentence: 'The app wants a form filled in first: it was not asked.',
    remedy: 'In Dify, make the fields of its form optional, or give each of them a default.',
  },
};
