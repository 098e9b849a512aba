/** The wire's constants that both sides know. The contract in prose is PROTOCOL.md. */

/** Where a relay listens on the loopback addresses unless told otherwise. */
export const DEFAULT_PORT = 47_821;
