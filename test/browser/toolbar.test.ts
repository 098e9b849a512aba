/** The whole product from the toolbar: the real popup in a real Chromium, the real relay, and a WhatsApp on loopback. */
import { inChromium, startChromium } from '../support/chromium.ts';
import { playMainScene, setMainStage } from '../support/main-scene.ts';
import { PopupDriver } from '../support/popup-driver.ts';

inChromium(
  'pair, scan, answer, off, on, unlink: all of it from the toolbar (S1–S3, S9, S12–S14, S19, S23–S28)',
  async () => {
    const stage = await setMainStage();
    const chromium = await startChromium();
    await playMainScene(new PopupDriver(await chromium.openPopup()), stage);
  },
);
