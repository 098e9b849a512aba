/** What an extension's page tells its background: the pairing or the preferences are new, so its connection has to start over. */
import { browser } from 'wxt/browser';

const CHANGED = 'relay-changed';

export function tellChanged(): void {
  // Where no background listens there is nothing that could be stale.
  browser.runtime.sendMessage(CHANGED).catch(() => undefined);
}

export function onChanged(listener: () => void): void {
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (message === CHANGED) listener();
  });
}
