/** A page may not speak to the relay, an extension's alone: on the demo's page such sockets go through the demo's server. */
const RELAY = 'ws://127.0.0.1:';

class RelaySocket extends WebSocket {
  constructor(url: string | URL) {
    const address = new URL(url);
    super(address.href.startsWith(RELAY) && address.host !== location.host ? `ws://${location.host}/relay/` : address);
  }
}

globalThis.WebSocket = RelaySocket;
