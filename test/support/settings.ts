/** Settings for tests: every default of the catalogue, a simulated WhatsApp, and what a test changes. */
import { NUMBER_SETTINGS, type NumberSettings, type Settings } from '../../relay/settings/catalogue.ts';
import type { Sources } from '../../relay/settings/resolution.ts';
import { SETTING_NAMES } from '../../relay/settings/setting-names.ts';

/** As if nobody had chosen anything. */
export const DEFAULT_SOURCES = Object.fromEntries(SETTING_NAMES.map((name) => [name, 'default'])) as Sources;

type Simulated = { readonly url: string; readonly rootKey: Uint8Array };

export function testSettings(
  home: string,
  simulated: Simulated | null,
  changes: Partial<NumberSettings> = {},
): Settings {
  const numbers = Object.fromEntries(Object.entries(NUMBER_SETTINGS).map(([name, setting]) => [name, setting.default]));
  return {
    ...(numbers as NumberSettings),
    // Tests about something else do not wait for a person's pace.
    paceSeconds: 0,
    piecesSeconds: 0,
    gapSeconds: 0,
    home,
    language: 'pt-BR',
    logLevel: 'debug',
    readReceipts: 'no',
    typing: 'no',
    automaticWords: 'yes',
    passkeyLinking: 'yes',
    proxy: null,
    noProxy: null,
    systemCertificates: 'no',
    whatsappVersion: null,
    simulated,
    ...changes,
  };
}
