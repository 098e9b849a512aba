/** The tab on WhatsApp's page in which the browser is asked for the passkey: opened for it, and closed again whatever comes of it. */
import * as v from 'valibot';
import { browser } from 'wxt/browser';
import {
  PASSKEY_ORIGIN,
  type PasskeyAssertion,
  PasskeyAssertionSchema,
  type PasskeyOptions,
} from '../../shared/contract/passkey.ts';
import { askPasskey, type PasskeyTabWords } from './ask-passkey.ts';

/** A document that does nothing: WhatsApp Web itself could take over a session that its owner has open elsewhere. */
const PAGES = ['/robots.txt', '/'] as const;

/** What `PublicKeyCredential.toJSON()` gives; of it exactly four fields go on. */
const CredentialSchema = v.object({
  id: v.string(),
  rawId: v.string(),
  type: v.string(),
  response: v.object({
    clientDataJSON: v.string(),
    authenticatorData: v.string(),
    signature: v.string(),
    userHandle: v.optional(v.nullable(v.string()), null),
  }),
});
const AnswerSchema = v.variant('type', [
  v.object({ type: v.literal('signed'), credential: CredentialSchema }),
  v.object({ type: v.literal('not-signed'), error: v.string() }),
]);

/** Null where it came to nothing: refused, no passkey, the tab closed, no page there. */
export async function signInTab(
  options: PasskeyOptions,
  words: PasskeyTabWords,
  signal: AbortSignal,
): Promise<PasskeyAssertion | null> {
  for (const page of PAGES) {
    const tab = await browser.tabs.create({ url: `${PASSKEY_ORIGIN}${page}`, active: true });
    const { id } = tab;
    if (id === undefined) return null;
    const close = (): void => {
      // It may be closed already.
      browser.tabs.remove(id).catch(() => undefined);
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      const came = await loaded(id);
      if (came === 'closed') return null;
      if (came === 'failed') continue;
      return await signOn(id, options, words);
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }
  return null;
}

async function signOn(
  tabId: number,
  options: PasskeyOptions,
  words: PasskeyTabWords,
): Promise<PasskeyAssertion | null> {
  // Rejected where the tab is closed before an answer came.
  const results = await browser.scripting
    .executeScript({ target: { tabId }, world: 'MAIN', func: askPasskey, args: [options, words] })
    .catch(() => []);
  const answer = v.safeParse(AnswerSchema, results[0]?.result);
  if (!answer.success || answer.output.type === 'not-signed') return null;
  const { id, rawId, type, response } = answer.output.credential;
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  const picked = { id, rawId, type, response: { clientDataJSON, authenticatorData, signature, userHandle } };
  const assertion = v.safeParse(PasskeyAssertionSchema, picked);
  return assertion.success ? assertion.output : null;
}

/** `failed`: the browser shows an error page of its own, on which no script of an extension runs. */
function loaded(tabId: number): Promise<'there' | 'failed' | 'closed'> {
  return new Promise((resolve) => {
    const end = (outcome: 'there' | 'failed' | 'closed'): void => {
      browser.tabs.onUpdated.removeListener(onUpdated);
      browser.tabs.onRemoved.removeListener(onRemoved);
      resolve(outcome);
    };
    const look = async (): Promise<void> => {
      const probe = await browser.scripting
        .executeScript({ target: { tabId }, func: () => location.origin })
        .catch(() => []);
      end(probe[0]?.result === PASSKEY_ORIGIN ? 'there' : 'failed');
    };
    const onUpdated = (id: number, { status }: { readonly status?: string }): void => {
      if (id === tabId && status === 'complete') void look();
    };
    const onRemoved = (id: number): void => {
      if (id === tabId) end('closed');
    };
    browser.tabs.onUpdated.addListener(onUpdated);
    browser.tabs.onRemoved.addListener(onRemoved);
    // It may have loaded before anybody listened.
    void browser.tabs.get(tabId).then(
      ({ status, url }: { readonly status?: string; readonly url?: string }) => {
        if (status === 'complete' && url?.startsWith(PASSKEY_ORIGIN)) void look();
      },
      () => end('closed'),
    );
  });
}
