/** What is said of a fault of an agent's back end, and what to do. */
import type { AgentFault } from '../contract/agent.ts';
import type { Advice, AgentFaultWords } from './shapes.ts';

const SERVER_ERRORS = 500;

/** A server that answers with an error of its own was reached. A newer relay may know further faults. */
export function faultAdvice(words: AgentFaultWords, fault: AgentFault, httpStatus: number | null): Advice {
  if (!Object.hasOwn(words, fault)) return words['odd-answer'];
  return words[fault === 'unreachable' && httpStatus !== null && httpStatus >= SERVER_ERRORS ? 'server-failed' : fault];
}
