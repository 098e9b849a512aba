/** What the pairing says, as one shape; loaded only by a browser that is not paired. */
import type { Refusal } from '../relay-connection/connection-state.ts';
import type { PairingFault } from '../relay-connection/pairing.ts';

export type PairWords = {
  readonly title: string;
  readonly lede: string;
  readonly stepStart: string;
  readonly stepCode: string;
  readonly another: string;
  readonly codeHint: string;
  readonly where: string;
  readonly whereText: string;
  readonly act: string;
  readonly pairing: string;
  readonly port: string;
  readonly portText: string;
  readonly refusals: Readonly<Record<Exclude<Refusal, 'not-paired'>, string>>;
  readonly faults: Readonly<Record<PairingFault | 'not-a-port', string>>;
};
