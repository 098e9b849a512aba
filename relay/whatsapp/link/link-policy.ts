/** The durations and counts of a link, from the settings, in milliseconds. */
import type { Settings } from '../../settings/catalogue.ts';
import type { LinkPolicy } from './link-state.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Typing takes longer than scanning; no longer than the socket's references last on the shorter of WhatsApp's two clocks. */
const PHONE_CODE_MS = 150_000;
/** As long as WhatsApp Web gives the phone: one that could not open what it was answered says nothing. */
const TYPED_MS = 60_000;

export function policyOf(settings: Settings): LinkPolicy {
  return {
    codeMs: settings.qrSeconds * SECOND_MS,
    phoneCodeMs: PHONE_CODE_MS,
    typedMs: TYPED_MS,
    codes: settings.qrCodes,
    codeGraceMs: settings.qrGraceSeconds * SECOND_MS,
    panelGraceMs: settings.panelGraceSeconds * SECOND_MS,
    connectMs: settings.connectSeconds * SECOND_MS,
    backoff: {
      firstMs: settings.backoffFirstSeconds * SECOND_MS,
      factor: settings.backoffFactor,
      mostMs: settings.backoffMostSeconds * SECOND_MS,
    },
    stableMs: settings.stableSeconds * SECOND_MS,
    slowMs: settings.outdatedMinutes * MINUTE_MS,
    passkeys: settings.passkeyLinking === 'yes',
  };
}
