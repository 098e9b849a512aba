/** What the extension's pages and its background tell each other. */
import { browser } from 'wxt/browser';

/** `changed`: the pairing or the preferences are new, so connections start over. `there`: the relay answers, so nobody waits for it any longer. */
type PageMessage = 'changed' | 'there';

export function tellPages(message: PageMessage): void {
  // If nobody listens, nothing can be stale.
  browser.runtime.sendMessage(message).catch(() => undefined);
}

export function onPageMessage(wanted: PageMessage, listener: () => void): void {
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (message === wanted) listener();
  });
}
