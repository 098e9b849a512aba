/** The one permission that is not there from the start: WhatsApp's own page, asked for at a click and given back right after. */
import { browser } from 'wxt/browser';
import { PASSKEY_ORIGIN } from '../../shared/contract/passkey.ts';

const PERMISSION = { origins: [`${PASSKEY_ORIGIN}/*`] };
const PAGE = '/passkey.html';

/** Only at a click. False where it was refused. */
export async function askPermission(): Promise<boolean> {
  return browser.permissions.request(PERMISSION).catch(() => false);
}

export async function dropPermission(): Promise<void> {
  // A browser may keep it, as a policy may demand: then there is nothing to give back.
  await browser.permissions.remove(PERMISSION).catch(() => false);
}

/** Gives back what a page that was closed in the middle could not. */
export async function dropSparePermission(): Promise<void> {
  if (!(await browser.permissions.contains(PERMISSION).catch(() => false))) return;
  // Firefox does not tell which pages are open: there the page itself gives it back as it goes.
  const open = await browser.runtime.getContexts?.({ contextTypes: ['TAB'] }).catch(() => null);
  if (open && !open.some((page: { readonly documentUrl?: string }) => page.documentUrl?.includes(PAGE)))
    await dropPermission();
}
