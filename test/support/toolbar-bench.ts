/** Everything that a scene in the toolbar needs: a WhatsApp, a relay, a Chromium, and its popup, paired. */
import type { NumberSettings } from '../../relay/settings/catalogue.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import type { Language } from '../../shared/locales/languages.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type Chromium, type ChromiumOptions, startChromium } from './chromium.ts';
import { loopbackWhatsApp } from './loopback-whatsapp.ts';
import { PopupDriver } from './popup-driver.ts';
import { type RelayBench, startRelayBench } from './running-relay.ts';

export type ToolbarBench = {
  readonly whatsapp: WhatsApp;
  readonly relay: RelayBench;
  readonly chromium: Chromium;
  readonly popup: PopupDriver;
  /** The popup anew, as after the focus was elsewhere. */
  reopen(): Promise<PopupDriver>;
};

export type ToolbarOptions = Omit<ChromiumOptions, 'language' | 'dark'> & {
  readonly settings?: Partial<NumberSettings>;
  readonly places?: readonly Preset[];
  /** The relay's data directory. */
  readonly home?: string;
  readonly language?: Language;
  readonly dark?: boolean;
  /** The popup's page in a tab of its full size. */
  readonly inTab?: boolean;
};

export async function startToolbar(options: ToolbarOptions = {}): Promise<ToolbarBench> {
  const whatsapp = await loopbackWhatsApp();
  const relay = await startRelayBench(whatsapp, {
    ...(options.settings ? { settings: options.settings } : {}),
    ...(options.home ? { home: options.home } : {}),
    ...(options.places ? { places: options.places } : {}),
  });
  const chromium = await startChromium(options);
  const popup = new PopupDriver(await (options.inTab ? chromium.openTab() : chromium.openPopup()));
  await popup.pair(await codeOf(relay), relay.port);
  await popup.page.waitForSelector('.note');
  return { whatsapp, relay, chromium, popup, reopen: async () => new PopupDriver(await chromium.openPopup()) };
}

export async function codeOf(relay: RelayBench): Promise<string> {
  return (await relay.client.ask<{ text: string }>('pair')).text;
}
