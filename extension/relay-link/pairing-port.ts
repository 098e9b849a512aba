/** Where a relay may be looked for on this computer. */

const MOST_PORT = 65_535;

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= MOST_PORT;
}
