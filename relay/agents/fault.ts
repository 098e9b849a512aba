/** What went wrong with an agent, as a value. */
import type { AgentFault } from '../../shared/contract/agent.ts';

export type Fault = {
  readonly type: 'fault';
  readonly fault: AgentFault;
  readonly detail: string;
  /** How long the server asked to be left alone, milliseconds; left out where it did not. */
  readonly retryAfterMs?: number | null;
  /** The request had reached the server, which may go on with it. */
  readonly mayGoOn?: boolean;
};

/** `detail` never holds a header, an address or a text. */
export function fault(code: AgentFault, detail: string): Fault {
  return { type: 'fault', fault: code, detail };
}
