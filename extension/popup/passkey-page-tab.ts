/** The page of the passkey, in a tab of its own: this popup closes as soon as the browser asks for something. */
import { browser } from 'wxt/browser';

export function openPasskeyPage(agent: string): void {
  const page = browser.runtime.getURL('/passkey.html');
  void browser.tabs.create({ url: `${page}#${new URLSearchParams({ agent }).toString()}` });
}
