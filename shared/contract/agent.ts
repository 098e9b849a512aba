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
  'model-missing',
  'no-model-loaded',
  'wrong-address',
  'wrong-server',
  'certificate',
  'no-answer',
  'flow-failed',
  'cut-off',
  'stopped-early',
  'too-long',
  'context-too-long',
  'chat-not-public',
  'browser-check',
  'waits-for-person',
  'asks-for-fields',
] as const;

export type AgentFault = (typeof AGENT_FAULTS)[number];

/** The status that a server refused with, where a fault's detail begins with it (`HTTP 500`); null otherwise. */
export function httpStatusIn(detail: string): number | null {
  const status = /^HTTP (\d{3})\b/.exec(detail)?.[1];
  return status === undefined ? null : Number(status);
}

/** The kinds of back end; `adapters` says what each is. */
export const ADAPTERS = [
  'built-in',
  'openai-compatible',
  'anthropic',
  'gemini',
  'sippulse',
  'dify',
  'flowise',
  'webhook',
] as const;
export type AdapterName = (typeof ADAPTERS)[number];
