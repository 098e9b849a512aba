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

const LOOK_MS = 100;
/** As long as a page may take to say where it is. */
const ANSWER_MS = 2_000;
/** A page that is complete and not WhatsApp's after so long: it has led elsewhere. */
const ELSEWHERE_MS = 5_000;

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

/**
 * `failed`: the browser shows an error page of its own, on which no script of an extension runs. Looked at again and again: of a page that
 * loads as fast as this one, the browser's own word may come before anybody listens.
 */
async function loaded(tabId: number): Promise<'there' | 'failed' | 'closed'> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    // Rejected where the tab is closed. The address is told of pages alone that scripts of ours may run on.
    const tab: { readonly status?: string; readonly url?: string } | null = await browser.tabs
      .get(tabId)
      .catch(() => null);
    if (tab === null) return 'closed';
    // At first every tab shows an empty page, which is complete at once.
    const isComplete = tab.status === 'complete' && (tab.url?.startsWith(PASSKEY_ORIGIN) || waitedMs >= ELSEWHERE_MS);
    const origin = isComplete ? await Promise.race([originOf(tabId), pause(ANSWER_MS, null)]) : null;
    if (origin !== null) return origin === PASSKEY_ORIGIN ? 'there' : 'failed';
    await pause(LOOK_MS, null);
  }
}

/** Empty where no script of ours may run. */
async function originOf(tabId: number): Promise<string> {
  const probe = await browser.scripting
    .executeScript({ target: { tabId }, func: () => location.origin })
    .catch(() => []);
  return String(probe[0]?.result ?? '');
}

function pause<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms));
}
