/** A conversation that keeps nothing: on, everyone is answered; a test gives the parts that it looks at. */
import type { Inbound } from '../../relay/inbound.ts';

export function fakeInbound(parts: Partial<Inbound> = {}): Inbound {
  return {
    takeIn: async () => undefined,
    messageChanged: async () => undefined,
    ownerSeen: async () => undefined,
    ownerRead: async () => undefined,
    saidNothing: async () => undefined,
    united: async () => undefined,
    linkOpened: () => undefined,
    caughtUp: () => undefined,
    linkClosed: () => undefined,
    numberGone: async () => undefined,
    numberTaken: async () => undefined,
    addressBookChanged: async () => undefined,
    restricted: async () => undefined,
    restriction: { until: null, retryAt: null },
    keepsText: () => true,
    isOn: true,
    ...parts,
  };
}
