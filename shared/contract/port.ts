/** The wire's constants that both sides know. The contract in prose is PROTOCOL.md. */

/** The port at which a relay listens on the loopback addresses unless told otherwise. */
export const DEFAULT_PORT = 47_821;

const MOST_PORT = 65_535;

/** True if a relay could listen there. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= MOST_PORT;
}
