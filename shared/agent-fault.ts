/** What can go wrong with an agent's back end: a closed list; each has a sentence for the owner. Contacts never see one. */
export const AGENT_FAULTS = [
  'key-refused',
  'no-credits',
  'rate-limited',
  'unreachable',
  'too-slow',
  'odd-answer',
  'refused-by-agent',
  'address-refused',
  'not-configured',
] as const;

export type AgentFault = (typeof AGENT_FAULTS)[number];
