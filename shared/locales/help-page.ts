/** Where the documents explain a trouble: the headings of docs/troubleshooting.md, by their anchors. The pages ship with the extension. */

import type { Cause } from '../contract/status.ts';
import type { Language } from './languages.ts';

export const TROUBLES = [
  'relay-not-running',
  'pairing',
  'code-not-accepted',
  'passkey',
  'not-linked',
  'number-in-use',
  'unlinking',
  'reconnecting',
  'replaced',
  'restricted',
  'server-not-trusted',
  'outdated',
  'disk',
  'clock',
  'nobody-answered',
  'agent',
  'twice',
  'waiting',
  'phone-silent',
  'strange-number',
] as const;

export type Trouble = (typeof TROUBLES)[number];

export const CAUSE_TROUBLES: Readonly<Record<Cause, Trouble>> = {
  'not-linked': 'not-linked',
  'unlinked-here': 'not-linked',
  'unlinked-on-phone': 'not-linked',
  'unlinked-by-whatsapp': 'not-linked',
  'qr-expired': 'code-not-accepted',
  'link-cancelled': 'not-linked',
  'number-in-use': 'number-in-use',
  'phone-code-refused': 'code-not-accepted',
  'phone-code-too-early': 'code-not-accepted',
  'phone-code-too-often': 'code-not-accepted',
  'phone-code-not-offered': 'code-not-accepted',
  'phone-code-silent': 'code-not-accepted',
  'phone-code-expired': 'code-not-accepted',
  'passkey-required': 'passkey',
  'passkey-not-given': 'passkey',
  'passkey-refused': 'passkey',
  'passkey-expired': 'passkey',
  'passkey-silent': 'passkey',
  'passkey-mismatch': 'passkey',
  'link-failed': 'code-not-accepted',
  unlinking: 'unlinking',
  'unlink-unconfirmed': 'unlinking',
  replaced: 'replaced',
  'banned-until': 'restricted',
  banned: 'restricted',
  'relay-outdated': 'outdated',
  'multi-device-off': 'code-not-accepted',
  unreachable: 'reconnecting',
  'server-not-trusted': 'server-not-trusted',
  'connection-lost': 'reconnecting',
  'queue-stuck': 'reconnecting',
  disk: 'disk',
  'whatsapp-unavailable': 'reconnecting',
};

/** The documents are in English and Portuguese. */
function documentsLanguage(language: Language): 'en' | 'pt-BR' {
  return language === 'pt-BR' ? 'pt-BR' : 'en';
}

/** Within the extension: `docs/en/troubleshooting.html#disk`. */
export function helpPage(language: Language, trouble: Trouble): string {
  return `docs/${documentsLanguage(language)}/troubleshooting.html#${trouble}`;
}

/** The first page of the documents, within the extension. */
export function handbookPage(language: Language): string {
  return `docs/${documentsLanguage(language)}/first-steps.html`;
}
